using TagGuard.RealServerTests.Support;

namespace TagGuard.RealServerTests.EndToEnd;

/// <summary>The calendars that are published with the program, and the plan's own.</summary>
public sealed class CalendarTests
{
    [Fact]
    public async Task ThePublishedCalendarsAreFoundAndTheDoctorTellsHowFarTheyReach()
    {
        using var small = With("{ countries: [GB, US] }").Write(SmallWarehouse.First, 1);
        (await small.Tagguard.RunAsync("init")).Expect(0);

        Assert.Contains(
            "ok     calendar: its files reach to 2030-12-31",
            (await small.Tagguard.RunAsync("doctor")).Expect(0).Error,
            StringComparison.Ordinal);
    }

    [Fact]
    public async Task ACalendarThatHasEndedIsToldByTheDoctor()
    {
        using var small = With("{ countries: [GB], files: [own.csv] }").Write(SmallWarehouse.First, 1);
        await File.WriteAllTextAsync(
            Path.Combine(small.Folder, "own.csv"),
            "date,name,kind\n2019-11-11,sale,shopping\n",
            TestContext.Current.CancellationToken);
        (await small.Tagguard.RunAsync("init")).Expect(0);

        Assert.Contains(
            "NOTE   calendar: one of its files ends with 2019",
            (await small.Tagguard.RunAsync("doctor")).Expect(0).Error,
            StringComparison.Ordinal);
    }

    [Fact]
    public async Task AMistakeInACalendarsFileExitsWith3WithItsLineAndDoesNotStopAGate()
    {
        using var small = With("{ files: [own.csv] }");
        (await small.Tagguard.RunAsync("run", "--date", "2026-01-01")).Expect(3);
        await File.WriteAllTextAsync(
            Path.Combine(small.Folder, "own.csv"),
            "date,name,kind\n2019-11-11,sale,shopping\n2026-13-01,sale,shopping\n",
            TestContext.Current.CancellationToken);

        Assert.Contains("own.csv:3:1: \"2026-13-01\" is "
            + "not a date", (await small.Tagguard.RunAsync("init")).Expect(3).Error, StringComparison.Ordinal);

        await File.WriteAllTextAsync(
            Path.Combine(small.Folder, "own.csv"),
            "date,name,kind\n2019-11-11,sale,shopping\n",
            TestContext.Current.CancellationToken);
        (await small.Tagguard.RunAsync("init")).Expect(0);
        File.Delete(Path.Combine(small.Folder, "own.csv"));
        (await small.Tagguard.RunAsync("gate", "--date", "2026-01-01", "--stage", "tags")).Expect(2);
    }

    static SmallWarehouse With(string calendar) => new($"{SmallWarehouse.Plan}\ncalendar: {calendar}\n");
}
