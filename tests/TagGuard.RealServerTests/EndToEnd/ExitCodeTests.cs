using System.Diagnostics;
using System.Globalization;
using TagGuard.RealServerTests.Support;

namespace TagGuard.RealServerTests.EndToEnd;

/// <summary>Each exit code, as a scheduler sees it from the built program.</summary>
public sealed class ExitCodeTests
{
    static readonly DateOnly Day = SmallWarehouse.First.AddDays(40);
    static readonly string Date = Day.ToString("yyyy-MM-dd", CultureInfo.InvariantCulture);

    [Fact]
    public async Task AGoodDayOpensTheGateAndExitsWith0()
    {
        using var small = await new SmallWarehouse().Write(SmallWarehouse.First, 41).BackfilledAsync(Day.AddDays(-1));

        var run = (await small.Tagguard.RunAsync("run", "--date", Date)).Expect(0);
        var gate = (await small.Tagguard.RunAsync("gate", "--date", Date)).Expect(0);

        Assert.All(run.Line["stages"]!.AsArray(), stage => Assert.True((bool)stage!["open"]!));
        Assert.True((bool)gate.Line["open"]!);
        Assert.True(File.Exists((string)run.Line["report"]!));
    }

    [Fact]
    public async Task BadDataClosesTheGateAndExitsWith1()
    {
        using var small = await new SmallWarehouse()
            .Write(SmallWarehouse.First, 40)
            .Write(Day, 1, "not k like 'T002%'")
            .BackfilledAsync(Day.AddDays(-1));

        var tags = (await small.Tagguard.RunAsync("tags", "--date", Date)).Expect(1);
        (await small.Tagguard.RunAsync("gate", "--date", Date, "--stage", "tags")).Expect(1);

        Assert.Contains("T002U001", tags.Line["stages"]![0]!["incidents"]!.ToJsonString(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task WhatOnlyWarnsIsToldOnStderrAndInTheLine()
    {
        using var small = await new SmallWarehouse()
            .Write(SmallWarehouse.First, 40)
            .Write(Day, 1, "not k like 'T002%'")
            .BackfilledAsync(Day.AddDays(-1));
        await small.EditPlanAsync("judge: { baseline: { min_users: 20 } }", "judge: { baseline: { min_users: 20 }, blocking: false }");

        var tags = (await small.Tagguard.RunAsync("run", "--date", Date)).Expect(0);

        var stage = tags.Line["stages"]![1]!;
        Assert.Empty(stage["incidents"]!.AsArray());
        Assert.Equal(10, (int)stage["warnings"]!);
        Assert.Contains("T002U001", stage["incidents_that_warn"]!.ToJsonString(), StringComparison.Ordinal);
        Assert.Contains("10 of them warn, and none closes the gate.", tags.Error, StringComparison.Ordinal);
        Assert.Contains("  - warns: Family T002U001", tags.Error, StringComparison.Ordinal);
    }

    [Fact]
    public async Task AGateThatWasNeverJudgedIsClosed()
    {
        using var small = new SmallWarehouse();
        (await small.Tagguard.RunAsync("init")).Expect(0);

        (await small.Tagguard.RunAsync("gate", "--date", Date, "--stage", "tags")).Expect(2);
    }

    [Fact]
    public async Task TooLittleHistoryExitsWith2AndAMeasurementThatFailsToo()
    {
        using var small = new SmallWarehouse().Write(SmallWarehouse.First, 1);
        (await small.Tagguard.RunAsync("init")).Expect(0);

        (await small.Tagguard.RunAsync("tags", "--date", "2026-01-01")).Expect(2);
        await File.WriteAllTextAsync(
            Path.Combine(small.FolderOf("tags", SmallWarehouse.First), "part-0.parquet"),
            "no parquet",
            TestContext.Current.CancellationToken);
        var broken = (await small.Tagguard.RunAsync("tags", "--date", "2026-01-01")).Expect(2);

        Assert.Contains("part-0.parquet", broken.Error, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("no such verb", "frobnicate")]
    [InlineData("no such option", "tags", "--frobnicate")]
    [InlineData("no such stage", "tags", "--stage", "frobnicate")]
    [InlineData("not a date", "tags", "--date", "last week")]
    [InlineData("a day that is not counted back", "tags", "--date", "+2")]
    [InlineData("nothing at all")]
    [InlineData("a log in a place that cannot be", "tags", "--log-file", "/proc/tagguard/log")]
    [InlineData("two ways to name what is accepted", "accept", "a", "--family", "b", "--by", "Li Wei", "--why", "x")]
    [InlineData("nothing to accept", "accept", "--by", "Li Wei", "--why", "x")]
    [InlineData("a wait for a stage that is not run", "run", "--stage", "tags", "--wait", "1h")]
    [InlineData("dates the wrong way round", "backfill", "--from", "2026-02-02", "--to", "2026-02-01")]
    [InlineData("an override without a reason", "gate", "--open", "--stage", "tags")]
    [InlineData("no such plan", "tags", "--plan", "nowhere.yaml")]
    [InlineData("a duration without end", "gate", "--for", "1e308h")]
    [InlineData("a duration that is infinite", "upstream", "--wait", "Infinityd")]
    [InlineData("a duration that is no number", "upstream", "--poll", "NaNh")]
    [InlineData("a duration that is negative", "run", "--wait-lock", "-1h")]
    [InlineData("a duration of many years", "gate", "--for", "99999d")]
    [InlineData("looks that are years apart", "upstream", "--wait", "1h", "--poll", "3650d")]
    [InlineData("the last date there is", "run", "--date", "9999-12-31")]
    [InlineData("the first date there is", "run", "--date", "0001-01-01")]
    [InlineData("the last date there is", "gate", "--date", "99991231")]
    [InlineData("the last date there is", "report", "--date", "9999-12-31")]
    [InlineData("all dates there are", "backfill", "--from", "1900-01-01", "--to", "2999-12-31")]
    [InlineData("the last date there is", "replay", "--to", "9999-12-31")]
    [InlineData("more days than there are", "prove", "--days", "2147483647")]
    [InlineData("more days than a number holds", "prove", "--days", "99999999999")]
    public async Task AMistakeInTheCommandLineExitsWith3(string what, params string[] args)
    {
        using var small = new SmallWarehouse();

        var outcome = (await small.Tagguard.RunAsync(args)).Expect(3);

        Assert.True(outcome.Error.Length > 0, $"Nothing was said about {what}.");
        Assert.NotEqual("", (string)outcome.Line["error"]!);
    }

    [Fact]
    public async Task MistakesInThePlanExitWith3AndAllAreToldWithTheirLines()
    {
        using var small = new SmallWarehouse("""
            name: small
            connections:
              store: { type: sqlite, path: tagguard.db }
            stages:
              tags:
                - name: user tags
                  count: { connection: warehouse, tabel: dw.tags }
              empty: nothing
            """);

        var outcome = (await small.Tagguard.RunAsync("run", "--date", Date)).Expect(3);

        Assert.Contains("tagguard.yaml:7:", outcome.Error, StringComparison.Ordinal);
        Assert.Contains("tagguard.yaml:8:", outcome.Error, StringComparison.Ordinal);
        Assert.Contains("did you mean `table`", outcome.Error, StringComparison.OrdinalIgnoreCase);
        Assert.False(File.Exists(Path.Combine(small.Folder, "tagguard.db")));
    }

    [Fact]
    public async Task AMachineWithoutTimeZonesIsToldWhichPackageHasThem()
    {
        using var small = new SmallWarehouse(
            SmallWarehouse.Plan.Replace("name: small", "name: small\ntimezone: Europe/London", StringComparison.Ordinal));
        small.Tagguard.Variables["TZDIR"] = small.Folder;

        var outcome = (await small.Tagguard.RunAsync("gate", "--date", Date)).Expect(3);

        Assert.Contains("tagguard.yaml:2:", outcome.Error, StringComparison.Ordinal);
        Assert.Contains("no time zones", outcome.Error, StringComparison.Ordinal);
        Assert.Contains("tzdata", outcome.Error, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("baseline: { min_users: 20 }", "baseline: { min_users: 20, season: 1e308d }")]
    [InlineData("user: userid", "user: userid, partition_value: \"{date-99999:yyyyMMdd}\"")]
    [InlineData("name: small", "name: small\ngate: { max_age: Infinityd }")]
    [InlineData("    - name: user tags", "    - name: user tags\n      timeout: 36500d")]
    [InlineData("fail: -30%", "fail: -1e400%")]
    public async Task AnAmountOfThePlanAtTheEdgeExitsWith3(string sound, string edge)
    {
        using var small = new SmallWarehouse(SmallWarehouse.Plan.Replace(sound, edge, StringComparison.Ordinal));

        var outcome = (await small.Tagguard.RunAsync("run", "--date", Date)).Expect(3);

        Assert.Contains("tagguard.yaml:", outcome.Error, StringComparison.Ordinal);
        Assert.DoesNotContain("Exception", outcome.Error, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("run", "--date")]
    [InlineData("upstream", "--date")]
    [InlineData("tags", "--date")]
    [InlineData("crowds", "--stage", "tags", "--date")]
    [InlineData("reconcile", "--stage", "tags", "--date")]
    [InlineData("backfill", "--from", "2026-01-01", "--to")]
    public async Task ADateAfterTodayIsJudgedOnlyWhenThatIsMeant(params string[] args)
    {
        // On the day line, where the plan's today is not UTC's for most of the day.
        const string zone = "name: small\ntimezone: Etc/GMT+12";
        using var small = new SmallWarehouse(SmallWarehouse.Plan.Replace("name: small", zone, StringComparison.Ordinal));
        (await small.Tagguard.RunAsync("init")).Expect(0);
        var today = DateOnly.FromDateTime(TimeProvider.System.GetUtcNow().AddHours(-12).DateTime);
        if (args[0] == "backfill")
            args[2] = $"{today:yyyy-MM-dd}";

        var refused = (await small.Tagguard.RunAsync([.. args, $"{today.AddDays(1):yyyy-MM-dd}"])).Expect(3);

        Assert.Contains("add --future", (string)refused.Line["error"]!, StringComparison.Ordinal);
        Assert.Equal("not_judged", (await small.Tagguard.RunAsync("gate", "--date", $"{today.AddDays(1):yyyy-MM-dd}")).StandingOf("tags"));
        Assert.True((await small.Tagguard.RunAsync([.. args, $"{today:yyyy-MM-dd}"])).Exit is 1 or 2 or 75);
        Assert.True((await small.Tagguard.RunAsync([.. args, $"{today.AddDays(1):yyyy-MM-dd}", "--future"])).Exit is 1 or 2 or 75);
    }

    [Theory]
    [InlineData("1900-01-01")]
    [InlineData("2999-12-31")]
    public async Task TheFirstAndTheLastBusinessDateAreJudgedAndReported(string date)
    {
        using var small = new SmallWarehouse();
        (await small.Tagguard.RunAsync("init")).Expect(0);

        var run = await small.Tagguard.RunAsync("run", "--date", date, "--future");

        Assert.True(run.Exit is 1 or 2 or 75, run.Error);
        (await small.Tagguard.RunAsync("report", "--date", date)).Expect(0);
        Assert.NotEqual(0, (await small.Tagguard.RunAsync("gate", "--date", date)).Exit);
    }

    [Fact]
    public async Task AnErrorOfTheRuntimeIsASentence()
    {
        using var small = new SmallWarehouse();
        (await small.Tagguard.RunAsync("init")).Expect(0);
        await File.WriteAllTextAsync(Path.Combine(small.Folder, "reports"), "no folder", TestContext.Current.CancellationToken);

        var outcome = (await small.Tagguard.RunAsync("report", "--date", Date)).Expect(5);

        Assert.Contains("already exists", (string)outcome.Line["error"]!, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("run", "\0", "U+0000")]
    [InlineData("gate", "\0", "U+0000")]
    [InlineData("gate", "\u202E", "U+202E")]
    [InlineData("doctor", "\u001B[2K", "U+001B")]
    public async Task ACharacterInThePlanThatIsNotShownExitsWith3AndItsLine(string verb, string hidden, string name)
    {
        using var small = new SmallWarehouse(SmallWarehouse.Plan + $"\n# {hidden}\n  later: [ {{ nonsense: true }} ]\n");

        var outcome = (await small.Tagguard.RunAsync(verb, "--plan", "tagguard.yaml")).Expect(3);

        Assert.Contains(
            $"tagguard.yaml:{SmallWarehouse.Plan.Split('\n').Length + 1}:3: The character {name}",
            outcome.Error,
            StringComparison.Ordinal);
        Assert.DoesNotContain(hidden, outcome.Error + outcome.Output, StringComparison.Ordinal);
        Assert.False(File.Exists(Path.Combine(small.Folder, "tagguard.db")));
    }

    [Theory]
    [InlineData("TERM")]
    [InlineData("INT")]
    [InlineData("HUP")]
    public async Task ASignalExitsWith4AndKeepsWhatWasFinished(string signal)
    {
        const string slow = """
              slow:
                - name: endless
                  rows: { connection: warehouse, sql: "select count(*) from range(1000000000000) t(i) where hash(i) = 1", equals: 1 }
            """;
        using var small = new SmallWarehouse(SmallWarehouse.Plan + "\n" + slow).Write(Day, 1);
        (await small.Tagguard.RunAsync("init")).Expect(0);
        using var process = small.Tagguard.Start("run", "--date", Date);
        await process.StandardError.ReadLineUntilAsync(line => line.Contains($" tags {Date}:", StringComparison.Ordinal));

        using (Process.Start("kill", [$"-{signal}", process.Id.ToString(CultureInfo.InvariantCulture)]))
        {
            var outcome = (await Tagguard.EndOfAsync(process)).Expect(4);
            Assert.Contains("Interrupted", (string)outcome.Line["error"]!, StringComparison.Ordinal);
        }

        var gates = await small.Tagguard.RunAsync("gate", "--date", Date);
        Assert.Contains("slow", gates.Error, StringComparison.Ordinal);
        Assert.Equal("running", gates.StandingOf("slow"));
        // The stage that was finished is stored with its verdicts.
        (await small.Tagguard.RunAsync("explain", "user tags", "--date", Date)).Expect(0);
    }

    [Fact]
    public async Task AStoreThatIsNotThereExitsWith5AndSaysHowToMakeIt()
    {
        using var small = new SmallWarehouse().Write(SmallWarehouse.First, 1);

        var outcome = (await small.Tagguard.RunAsync("tags", "--date", "2026-01-01")).Expect(5);

        Assert.Contains("tagguard init", outcome.Error, StringComparison.Ordinal);
        Assert.False(File.Exists(Path.Combine(small.Folder, "tagguard.db")));
    }

    [Fact]
    public async Task AnUpstreamThatIsNotDueYetExitsWith75()
    {
        using var small = new SmallWarehouse("""
            name: small
            connections:
              marks: { type: files, path: . }
              store: { type: sqlite, path: tagguard.db }
            stages:
              upstream:
                - name: orders landed
                  path: { connection: marks, path: "{date:yyyyMMdd}/_SUCCESS", deadline: "08:00" }
            """);
        (await small.Tagguard.RunAsync("init")).Expect(0);
        // Today's data is due tomorrow morning.
        var today = TimeProvider.System.GetUtcNow().ToString("yyyy-MM-dd", CultureInfo.InvariantCulture);

        (await small.Tagguard.RunAsync("upstream", "--date", today)).Expect(75);
        (await small.Tagguard.RunAsync("gate", "--date", today)).Expect(75);
        (await small.Tagguard.RunAsync("upstream", "--date", "2026-01-01")).Expect(1);
    }

    [Fact]
    public async Task HelpAndVersionExitWith0AndHelpListsTheExitCodes()
    {
        using var small = new SmallWarehouse();

        var help = await small.Tagguard.RunAsync("--help");
        var version = await small.Tagguard.RunAsync("--version");

        Assert.Equal((0, 0), (help.Exit, version.Exit));
        Assert.Contains("75 not ready yet", help.Output, StringComparison.Ordinal);
        Assert.Contains("doctor", help.Output, StringComparison.Ordinal);
    }
}
