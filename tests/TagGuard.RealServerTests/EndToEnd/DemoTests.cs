using System.Diagnostics;
using TagGuard.RealServerTests.Support;

namespace TagGuard.RealServerTests.EndToEnd;

/// <summary>The demo as a newcomer sees it: real data, a good day, planted faults.</summary>
public sealed class DemoTests(Demo demo)
{
    [Fact]
    public void TheGoodDayIsOpenAndQuiet()
    {
        demo.Outcome.Expect(0);
        var good = demo.Days.Single(day => (string)day["date"]! == "2011-11-15");

        Assert.Equal((0, "nothing"), ((int)good["exit"]!, (string)good["found"]!));
    }

    [Fact]
    public void AnOrdinaryUserWithNothingButDotnetPlaysIt()
    {
        Assert.SkipUnless(OrdinaryUser.IsThere, "The tests run as root, and only root can read .NET here.");

        demo.Outcome.Expect(0);

        using var stat = Process.Start(
            new ProcessStartInfo("stat", ["-c", "%u", (string)demo.Days[0]["report"]!]) { RedirectStandardOutput = true }
        )!;
        Assert.NotEqual("0", stat.StandardOutput.ReadToEnd().Trim());
    }

    [Theory]
    [InlineData("2011-11-16", "the upstream is late", "order_fact landed")]
    [InlineData("2011-11-17", "half the rows", "order_fact is whole: 1,501 rows")]
    [InlineData("2011-11-18", "copied as today", "user tags is a copy")]
    [InlineData("2011-11-21", "wrote nothing", "Family C131U002: all 8 tags at zero")]
    [InlineData("2011-11-22", "many-to-many join", "rows repeat a user id")]
    [InlineData("2011-11-23", "sync lost", "251 fewer")]
    [InlineData("2011-11-24", "every twentieth user", "Family C131U003: all 7 tags lower")]
    [InlineData("2011-11-25", "one of sixty-four shards", "rows, 1.7% below")]
    public void APlantedFaultClosesTheGateAndIsFoundByName(string date, string planted, string found)
    {
        var day = demo.Days.Single(day => (string)day["date"]! == date);

        Assert.Equal(1, (int)day["exit"]!);
        Assert.Contains(planted, (string)day["planted"]!, StringComparison.Ordinal);
        Assert.Contains(found, (string)day["found"]!, StringComparison.Ordinal);
        Assert.True(File.Exists((string)day["report"]!));
    }

    [Fact]
    public void ASlowLeakIsToldWithinThreeWeeksAndClosesNothing()
    {
        var day = demo.Days.Single(day => (string)day["date"]! == "2011-11-09");

        Assert.Equal((0, true), ((int)day["exit"]!, (bool)day["right"]!));
        Assert.StartsWith("since 2011-10-21 ", (string)day["planted"]!, StringComparison.Ordinal);
        Assert.Contains("topic:sports: -18.9% in about four weeks", (string)day["found"]!, StringComparison.Ordinal);
    }

    [Fact]
    public async Task TheWarehouseHasTagsAndFamiliesAsARealOneHas()
    {
        // `tagguard` itself counts: the report lists every tag of the good day.
        var good = demo.Days.Single(day => (string)day["date"]! == "2011-11-15");
        var report = await File.ReadAllTextAsync((string)good["report"]!, TestContext.Current.CancellationToken);
        var tags = System.Text.RegularExpressions.Regex.Matches(report, "[A-Z]\\d{3}U\\d{3}_\\d{3}").Select(tag => tag.Value).Distinct().ToList();

        Assert.True(tags.Count >= 150, $"{tags.Count} tags");
        Assert.True(tags.Select(tag => tag[..8]).Distinct().Count() >= 12);
    }

    [Theory]
    [InlineData("2011-11-09", "topic:sports", "a day since 2011-10-24")]
    [InlineData("2011-11-15", "C131U002_002", "users")]
    [InlineData("2011-11-16", "order_fact landed", "It was due")]
    [InlineData("2011-11-17", "order_fact is whole", "1,501 rows")]
    [InlineData("2011-11-18", "user tags", "exactly yesterday's count")]
    [InlineData("2011-11-21", "C131U002_002", "0 users")]
    [InlineData("2011-11-22", "user tags", "rows repeat a user id")]
    [InlineData("2011-11-23", "userprofile_offline", "251 fewer")]
    [InlineData("2011-11-24", "C131U003_002", "below the")]
    [InlineData("2011-11-25", "user tags", "rows, 1.7% below")]
    public async Task VerdictsOfTheDemoAreExplainedAndComeOutTheSameAgain(string date, string about, string told)
    {
        var explained = (await demo.Tagguard.RunAsync("explain", about, "--all", "--plan", "plan.yaml", "--date", date)).Expect(0);

        var verdicts = explained.Line["verdicts"]!.AsArray();
        Assert.Contains(verdicts, verdict => ((string)verdict!["sentence"]!).Contains(told, StringComparison.Ordinal));
        Assert.All(verdicts, verdict => Assert.Equal("the same, to the last bit", (string)verdict!["again"]!));
    }

    [Fact]
    public async Task ADemoDoesNotDeleteAFolderThatIsNotItsOwn()
    {
        using var small = new SmallWarehouse();

        (await small.Tagguard.RunAsync("demo", "--folder", small.Folder)).Expect(3);

        Assert.True(File.Exists(Path.Combine(small.Folder, "tagguard.yaml")));
    }
}
