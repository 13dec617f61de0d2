using TagGuard.Adapters.Csv;
using TagGuard.Keys;
using TagGuard.Tests.Support;

namespace TagGuard.Tests.Csv;

/// <summary>The calendars that come with the program.</summary>
public class ShippedCalendarTests
{
    public static TheoryData<string> Files() =>
        [.. Directory.GetFiles(Repository.Path("jobs/calendars"), "*.csv").Select(file => Path.GetFileName(file)).Order()];

    [Theory, MemberData(nameof(Files))]
    public void AFileHasNoMistakeNamesItsSourceAndItsLicenceAndIsInOrder(string file)
    {
        var text = File.ReadAllText(Repository.Path($"jobs/calendars/{file}"));
        var days = new CalendarFile((line, message) => Assert.Fail($"{file}:{line}: {message}")).Read(text);

        Assert.Matches("^# Made by: node generate.mjs [A-Z]{2}.*\n# Source: .*Licence", text);
        Assert.Equal(days.OrderBy(day => day.Date).ThenBy(day => day.Name, StringComparer.Ordinal), days);
        Assert.All(days, day => Assert.Contains(day.Kind, new[] { "holiday", "workday", "bank" }));
        // No year within is missing, and none has more days off than there are in any country.
        var years = days.GroupBy(day => day.Date.Year).ToList();
        Assert.Equal(Enumerable.Range(years[0].Key, years.Count), years.Select(year => year.Key));
        Assert.All(years, year => Assert.InRange(year.Count(), 3, 45));
    }

    [Theory]
    [InlineData("cn", "2024-02-10", "holiday", "Spring Festival")]
    [InlineData("cn", "2024-02-17", "holiday", "Spring Festival")]
    [InlineData("cn", "2024-02-04", "workday", "Make-up day for Spring Festival")]
    [InlineData("cn", "2015-09-03", "holiday", "Anti-Fascist")]
    [InlineData("cn", "2026-10-10", "workday", "国庆节")]
    [InlineData("gb", "2010-12-25", "holiday", "Christmas Day")]
    [InlineData("gb", "2010-08-30", "holiday", "Summer bank holiday")]
    [InlineData("gb", "2022-09-19", "holiday", "Queen Elizabeth")]
    [InlineData("us", "2025-11-27", "holiday", "Thanksgiving")]
    [InlineData("de", "2025-10-03", "holiday", "National Holiday")]
    [InlineData("jp", "2024-01-02", "bank", "January 2nd")]
    [InlineData("fr", "2024-07-14", "holiday", "Bastille Day")]
    [InlineData("sg", "2025-10-20", "holiday", "Deepavali")]
    [InlineData("hk", "2025-10-07", "holiday", "Mid-Autumn")]
    [InlineData("in", "2026-01-26", "holiday", "Republic Day")]
    public void AKnownDayIsInItsFile(string country, string date, string kind, string name)
    {
        var day = Assert.Single(Days(country), day => day.Date == DateOnly.Parse(date, System.Globalization.CultureInfo.InvariantCulture));

        Assert.Equal(kind, day.Kind);
        Assert.Contains(name, day.Name, StringComparison.Ordinal);
    }

    [Fact]
    public void AMakeUpDayIsOnAWeekend()
    {
        var days = Days("cn").Where(day => day.Kind == "workday").ToList();
        Assert.NotEmpty(days);
        Assert.All(days, day => Assert.True(day.Date.DayOfWeek is DayOfWeek.Saturday or DayOfWeek.Sunday, $"{day} is no weekend."));
    }

    static IReadOnlyList<NamedDay> Days(string country) =>
        new CalendarFile((line, message) => Assert.Fail(message)).Read(File.ReadAllText(Repository.Path($"jobs/calendars/{country}.csv")));
}
