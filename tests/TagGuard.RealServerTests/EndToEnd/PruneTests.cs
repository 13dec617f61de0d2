using System.Globalization;
using TagGuard.RealServerTests.Support;

namespace TagGuard.RealServerTests.EndToEnd;

/// <summary>`prune`, as cron calls it once a week.</summary>
public sealed class PruneTests
{
    /// <summary>Days that are kept: from the tenth day of the warehouse on.</summary>
    static int Keep => DateOnly.FromDateTime(TimeProvider.System.GetUtcNow().UtcDateTime).DayNumber - SmallWarehouse.First.AddDays(10).DayNumber;

    [Fact]
    public async Task VerdictsAndReportsGoAndWhatIsKeptIsJudgedAgainToTheLastBit()
    {
        using var small = await new SmallWarehouse().Write(SmallWarehouse.First, 45).BackfilledAsync(SmallWarehouse.First.AddDays(44));
        foreach (var day in new[] { "2026-01-05", "2026-01-06", "2026-02-05" })
            (await small.Tagguard.RunAsync("report", "--date", day)).Expect(0);
        string[] prune = ["prune", "--keep", Keep.ToString(CultureInfo.InvariantCulture) + "d"];
        const string kept = "2026-02-10";
        var before = (await small.Tagguard.RunAsync("explain", "T001U001_001", "--date", kept)).Expect(0);

        var trial = (await small.Tagguard.RunAsync([.. prune, "--dry-run"])).Expect(0);
        (await small.Tagguard.RunAsync("explain", "T001U001_001", "--date", "2026-01-05")).Expect(0);
        var pruned = (await small.Tagguard.RunAsync(prune)).Expect(0);
        var again = (await small.Tagguard.RunAsync(prune)).Expect(0);

        Assert.Equal((int)trial.Line["rows"]!, (int)pruned.Line["rows"]!);
        Assert.Equal((10, 2), ((int)pruned.Line["dates"]!, (int)pruned.Line["reports"]!));
        Assert.Equal((0, 0), ((int)again.Line["rows"]!, (int)again.Line["reports"]!));
        (await small.Tagguard.RunAsync("explain", "T001U001_001", "--date", "2026-01-05")).Expect(3);
        (await small.Tagguard.RunAsync("gate", "--date", "2026-01-05")).Expect(2);
        var reports = Path.Combine(small.Folder, "reports");
        Assert.Equal(["small-2026-02-05.html", "small.html"], Directory.GetFiles(reports).Select(Path.GetFileName).Order());
        Assert.DoesNotContain("2026-01-05", await File.ReadAllTextAsync(Path.Combine(reports, "small.html"), TestContext.Current.CancellationToken));
        var after = (await small.Tagguard.RunAsync("explain", "T001U001_001", "--date", kept)).Expect(0);
        Assert.Equal(before.Line["verdicts"]!.ToJsonString(), after.Line["verdicts"]!.ToJsonString());
        Assert.Equal("the same, to the last bit", (string)after.Line["verdicts"]![0]!["again"]!);
    }

    [Fact]
    public async Task NothingThatARuleLooksBackToIsTakenAway()
    {
        using var small = await new SmallWarehouse().Write(SmallWarehouse.First, 1).BackfilledAsync(SmallWarehouse.First);

        var refused = (await small.Tagguard.RunAsync("prune", "--keep", "30d")).Expect(3);
        var unwhole = (await small.Tagguard.RunAsync("prune", "--keep", "12h")).Expect(3);

        Assert.Contains("--keep 30d is less than the plan's rules look back", refused.Error, StringComparison.Ordinal);
        Assert.Contains("whole days", unwhole.Error, StringComparison.Ordinal);
    }
}
