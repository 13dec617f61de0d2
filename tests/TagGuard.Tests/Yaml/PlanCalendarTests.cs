using TagGuard.Facts;
using TagGuard.Keys;
using TagGuard.Plans;

namespace TagGuard.Tests.Yaml;

/// <summary>The key `calendar`, and the files it names.</summary>
public sealed class PlanCalendarTests : IDisposable
{
    readonly string _folder = Directory.CreateTempSubdirectory("calendar-").FullName;

    public void Dispose() => Directory.Delete(_folder, recursive: true);

    [Fact]
    public void APlanWithoutACalendarHasOrdinaryDaysOnly() => Assert.Same(Calendar.None, SomePlan.Read(SomePlan.Of()).Calendar.Days);

    [Fact]
    public void CountriesFilesAndEventsBecomeOneCalendar()
    {
        File("own/shop.csv", "date,name,kind\n2024-11-11,Singles' Day,shopping\n2024-02-10,launch,release\n");
        var calendar = Read("""
            calendar:
              countries: [CN, gb]
              files: [own/shop.csv]
              effect: report_only
              effects: { holiday: exclude, billing: widen }
              widen: 3
              events:
                - { date: 2024-11-11, name: Double 11, kind: shopping, effect: widen, days_after: 2 }
                - { day_of_month: -1, name: month-end, kind: billing }
                - { weekdays: [monday, sunday], name: imports }
            """).Calendar.Days;

        Assert.Equal(3, calendar.Widening);
        Assert.Equal(
            new CalendarDay(new(2024, 2, 10), "Spring Festival 春节, launch", "holiday", CalendarEffect.Exclude),
            calendar.On(new(2024, 2, 10)));
        Assert.Equal(CalendarEffect.ReportOnly, calendar.On(new(2024, 2, 18))?.Effect);
        Assert.Equal("Christmas Day", calendar.On(new(2010, 12, 25))?.Name);
        Assert.Equal(
            ("Singles' Day, Double 11, imports", CalendarEffect.Widen),
            (calendar.On(new(2024, 11, 11))?.Name, calendar.On(new(2024, 11, 11))?.Effect));
        Assert.Equal("2 days after Double 11", calendar.On(new(2024, 11, 13))?.Name);
        Assert.Equal(("month-end", CalendarEffect.Widen), (calendar.On(new(2024, 4, 30))?.Name, calendar.On(new(2024, 4, 30))?.Effect));
        Assert.True(calendar.IsOrdinary(new(2024, 11, 18)));
        Assert.Equal(new DateOnly(2024, 12, 31), calendar.KnownUntil);
    }

    [Fact]
    public void ACalendarsFileIsPartOfThePlansHash()
    {
        const string Text = "calendar: { files: [a.csv] }";
        File("a.csv", "date,name,kind\n2026-01-01,a,holiday\n");
        var before = Read(Text).Hash;
        File("a.csv", "date,name,kind\n2026-01-02,a,holiday\n");

        Assert.NotEqual(before, Read(Text).Hash);
    }

    [Fact]
    public void AGateDoesNotLookAtTheCalendar()
    {
        var head = SomePlan.Reader().ReadHead(File("plan.yaml", SomePlan.Of(top: "name: p\ncalendar: { files: [nowhere.csv], nonsense: true }")));

        Assert.Same(Calendar.None, head.Calendar.Days);
    }

    /// <summary>Mistakes in `calendar` at line 2.</summary>
    [Theory]
    [InlineData("{}", 1, "lists no day", "`countries: [CN]`")]
    [InlineData("{ widen: 3 }", 1, "lists no day")]
    [InlineData("{ countries: [CN], widen: 1 }", 30, "widen 1 is how many times as far", "above 1")]
    [InlineData("{ countries: [CN], widen: 50 }", 30, "at most 10", "`effect: exclude`")]
    [InlineData("{ countries: [CN], effect: exlude }", 38, "`effect` should be one of report_only, widen, exclude", "did you mean `exclude`?")]
    [InlineData("{ countries: [CN], effects: { holiday: none } }", 50, "should be one of report_only, widen, exclude")]
    [InlineData(
        "{ countries: [CN], effects: { holidays: widen } }",
        41,
        "of the kind `holidays`",
        "did you mean `holiday`?",
        "There are holiday, workday")]
    [InlineData("{ countries: [CN, XX] }", 29, "No calendar of `XX` comes with the program", "CN, DE, FR, GB", "`files`")]
    [InlineData("{ countries: [../plans/cn] }", 25, "No calendar of `../plans/cn`")]
    [InlineData("{ countries: CN }", 24, "should be a list")]
    [InlineData("{ countries: CN, effects: { holiday: widen } }", 24, "should be a list")]
    [InlineData("{ countries: [CN, [x]], effects: { shopping: widen } }", 29, "Item 2 of `countries`")]
    [InlineData("{ files: [nowhere.csv] }", 21, "nowhere.csv is not there", "relative to the plan's folder")]
    [InlineData("{ files: [/tmp] }", 21, "/tmp cannot be read", "`ls -l`")]
    [InlineData("{ files: [/dev/zero] }", 21, "larger than 4 MB")]
    [InlineData("{ files: [\"${env:HDFS_PASSWORD}\"] }", 21, "would be stored")]
    [InlineData("{ events: [{ kind: x, date: 2026-01-01 }] }", 22, "`name` is missing in item 1 of `events`")]
    [InlineData("{ events: [{ name: x }] }", 22, "Event \"x\" has no day", "`date: 2026-11-11`", "`day_of_month: 1`")]
    [InlineData("{ events: [{ name: x, date: 2026-01-01, every: \"01-01\" }] }", 51, "has `date` and `every`", "make an event of each")]
    [InlineData("{ events: [{ name: x, weekdays: [monday], day_of_month: 2 }] }", 33, "has `day_of_month` and `weekdays`")]
    [InlineData("{ events: [{ name: x, every: \"02-30\" }] }", 33, "`02-30` is not a day of a year", "`every: \"06-18\"`")]
    [InlineData("{ events: [{ name: x, every: 2026-06-18 }] }", 33, "is not a day of a year")]
    [InlineData("{ events: [{ name: x, day_of_month: 0 }] }", 33, "no day 0", "-1 for its last day")]
    [InlineData("{ events: [{ name: x, day_of_month: 32 }] }", 47, "from -1 to 31")]
    [InlineData("{ events: [{ name: x, day_of_month: 1, days_before: 14, days_after: 14 }] }", 33, "every day of a month", "use fewer")]
    [InlineData("{ events: [{ name: x, date: 2026-01-01, days_before: -1 }] }", 64, "from 0 to 60")]
    [InlineData("{ events: [{ name: x, date: 2026-01-01, until: 2025-12-31 }] }", 51, "not before it")]
    [InlineData("{ events: [{ name: x, every: \"01-01\", until: 2026-12-31 }] }", 49, "begins on `date`")]
    [InlineData("{ events: [{ name: x, date: 2026-01-01, until: 2027-06-01 }] }", 51, "not more than a year later")]
    [InlineData("{ events: [{ name: x, weekdays: [monday], days_after: 1 }] }", 53, "add them to `weekdays`")]
    [InlineData("{ events: [{ name: x, weekdays: [mondy] }] }", 44, "did you mean `monday`?")]
    [InlineData("{ events: [{ name: x, kind: \"\", date: 2026-01-01 }] }", 33, "cannot be blank")]
    public void AMistakeIsToldAtItsPlaceWithTheCure(string calendar, int column, params string[] parts)
    {
        var mistake = Assert.Single(SomePlan.Mistakes(SomePlan.Of(top: $"name: p\ncalendar: {calendar}")));

        Assert.Equal((2, column), (mistake.Line, mistake.Column));
        Assert.All(parts, part => Assert.Contains(part, mistake.Message, StringComparison.Ordinal));
        Assert.EndsWith(".", mistake.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void MistakesOfThePlanAndOfItsCalendarsFilesAreToldAtOnceEachInItsFile()
    {
        var first = File("a.csv", "date,name,kind\n2026-13-01,a,holiday\n2026-01-02,b,holiday\n2026-01-03,,holiday\n");
        var second = File("b.csv", "date,name\n");
        File(
            "c.csv",
            "date,name,kind\n2026-01-01,caf\u00e9,holiday\n"u8.ToArray().Select(b => b == 0xC3 ? (byte)0xE9 : b).Where(b => b != 0xA9).ToArray());
        var plan = File(
            "plan.yaml",
            SomePlan.Of("- { nonsense: 1 }", top: "name: p\ncalendar: { files: [b.csv, a.csv, c.csv], effects: { nothing: widen } }"));

        var mistakes = Assert.Throws<PlanException>(() => SomePlan.Reader().Read(plan)).Mistakes;

        Assert.Equal(
            [(plan, 9), (plan, 9), (first, 2), (first, 4), (second, 1), (Path.Combine(_folder, "c.csv"), 2)],
            mistakes.Select(mistake => (mistake.File, mistake.Line)));
        Assert.Contains("UTF-8", mistakes[^1].Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("\0")]
    [InlineData("\u202E")]
    [InlineData("\u0085")]
    public void ACharacterOfACalendarThatIsNotShownIsAMistakeWithItsLine(string hidden)
    {
        var calendar = File("a.csv", $"date,name,kind\n2026-01-02,b,holiday\n2026-01-03,c{hidden},holiday\n");
        var plan = File("plan.yaml", SomePlan.Of(top: "name: p\ncalendar: { files: [a.csv] }"));

        var mistake = Assert.Single(Assert.Throws<PlanException>(() => SomePlan.Reader().Read(plan)).Mistakes);

        Assert.Equal((calendar, 3), (mistake.File, mistake.Line));
    }

    Plan Read(string calendar) => SomePlan.Reader().Read(File("plan.yaml", SomePlan.Of(top: "name: p\n" + calendar)));

    string File(string name, string text) => File(name, System.Text.Encoding.UTF8.GetBytes(text));

    string File(string name, byte[] bytes)
    {
        var file = Path.Combine(_folder, name);
        Directory.CreateDirectory(Path.GetDirectoryName(file)!);
        System.IO.File.WriteAllBytes(file, bytes);
        return file;
    }
}
