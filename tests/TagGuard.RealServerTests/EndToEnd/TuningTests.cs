using System.Globalization;
using TagGuard.RealServerTests.Support;

namespace TagGuard.RealServerTests.EndToEnd;

/// <summary>What the engineer who tunes rules does with stored history: replay, prove, explain, accept, reject.</summary>
public sealed class TuningTests(Demo demo)
{
    static readonly DateOnly Day = SmallWarehouse.First.AddDays(34);

    static string Text(DateOnly date) => date.ToString("yyyy-MM-dd", CultureInfo.InvariantCulture);

    [Fact]
    public async Task ReplayUnderTheSamePlanTellsWhatWasTold()
    {
        var folder = Directory.CreateTempSubdirectory("tagguard-replay-");
        var (csv, html) = (Path.Combine(folder.FullName, "replay.csv"), Path.Combine(folder.FullName, "replay.html"));
        var replay = (
            await demo.Tagguard.RunAsync("replay", "-p", "plan.yaml", "--from", "2011-10-01", "--to", "2011-11-23", "--csv", csv, "--html", html)
        ).Expect(0);

        Assert.Equal(54, (int)replay.Line["days"]!);
        Assert.Equal(replay.Line["did"]!.ToJsonString(), replay.Line["would"]!.ToJsonString());
        Assert.Equal(0, (int)replay.Line["gates_differ"]!);
        Assert.Contains("Family C131U002: all 8 tags at zero", replay.Error, StringComparison.Ordinal);
        Assert.Contains(
            "2011-11-21,tags,user tags,tag_count,C131U002_001,Fail,detect,Zero,Fail,detect,Zero",
            await File.ReadAllTextAsync(csv, TestContext.Current.CancellationToken),
            StringComparison.Ordinal);
        Assert.Contains(
            "Family C131U002: all 8 tags at zero",
            await File.ReadAllTextAsync(html, TestContext.Current.CancellationToken),
            StringComparison.Ordinal);
        folder.Delete(recursive: true);
    }

    [Fact]
    public async Task ProveNamesEachRuleWithWhatItWouldCatch()
    {
        var proof = (await demo.Tagguard.RunAsync("prove", "-p", "plan.yaml", "--date", "2011-11-15", "--top", "3")).Expect(0);
        var detect = proof.Line["rules"]!.AsArray().Single(rule => (string)rule!["check"]! == "user tags")!;

        Assert.Equal("detect", (string)detect["rule"]!);
        Assert.InRange((double)detect["told_drop"]!, -4, -2);
        Assert.InRange((double)detect["fails_drop"]!, -8, (double)detect["told_drop"]!);
        Assert.InRange((double)detect["seen_drop"]!, (double)detect["told_drop"]!, 0);
        Assert.InRange((double)detect["false_alarms_per_1000"]!, 0, 5);
        Assert.Contains("least sensitive", proof.Error, StringComparison.Ordinal);
    }

    [Fact]
    public async Task ReplayOfDatesWithoutHistorySaysSo()
    {
        var nothing = (await demo.Tagguard.RunAsync("replay", "-p", "plan.yaml", "--from", "2001-01-01", "--to", "2001-02-01")).Expect(3);
        Assert.Contains("Nothing of \"userprofile\" is stored from 2001-01-01 to 2001-02-01", nothing.Error, StringComparison.Ordinal);
    }

    [Fact]
    public async Task AnExplanationShowsWhatTheExpectationIsMadeOf()
    {
        var explained = (await demo.Tagguard.RunAsync("explain", "C131U002_002", "-p", "plan.yaml", "--date", "2011-11-21")).Expect(0);

        foreach (var part in new[] { "its own past", "noise", "fails from", "days used", "days quarantined", "the same, to the last bit" })
            Assert.Contains(part, explained.Output, StringComparison.Ordinal);
    }

    [Fact]
    public async Task AnAcceptedDayBecomesHistoryAndAWithdrawnWordDoesNotHold()
    {
        using var small = new SmallWarehouse(SmallWarehouse.Plan.Replace("baseline: { min_users: 20 }", "detect: { }", StringComparison.Ordinal));
        small.Write(SmallWarehouse.First, 34).Write(Day, 2, "not (k = 'T001U001_001' and hash(u) % 4 > 0)");
        await small.BackfilledAsync(Day.AddDays(-1));
        string[] about = ["T001U001_001", "--date", Text(Day), "--by", "Li Wei"];

        (await small.Tagguard.RunAsync("run", "--date", Text(Day))).Expect(1);
        (await small.Tagguard.RunAsync("run", "--date", Text(Day.AddDays(1)))).Expect(1);
        var unsaid = (await small.Tagguard.RunAsync(["accept", .. about])).Expect(3);
        var accepted = (await small.Tagguard.RunAsync(["accept", .. about, "--why", "the code was narrowed on purpose"])).Expect(0);
        (await small.Tagguard.RunAsync("run", "--date", Text(Day.AddDays(1)))).Expect(0);
        (await small.Tagguard.RunAsync(["accept", .. about, "--withdraw"])).Expect(0);
        (await small.Tagguard.RunAsync("run", "--date", Text(Day.AddDays(1)))).Expect(1);

        Assert.Contains("Say why", unsaid.Error, StringComparison.Ordinal);
        Assert.Contains("Later days are compared with it", accepted.Error, StringComparison.Ordinal);
    }
}
