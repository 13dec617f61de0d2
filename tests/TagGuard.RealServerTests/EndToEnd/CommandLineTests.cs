using System.Globalization;
using TagGuard.RealServerTests.Support;

namespace TagGuard.RealServerTests.EndToEnd;

/// <summary>What people and schedulers type, and what they read back.</summary>
public sealed class CommandLineTests
{
    static readonly DateOnly Day = SmallWarehouse.First.AddDays(40);
    static readonly string Date = Day.ToString("yyyy-MM-dd", CultureInfo.InvariantCulture);

    /// <summary>A plan that closes nothing but what is not there.</summary>
    const string Detecting = "detect: { }";

    static CancellationToken Token => TestContext.Current.CancellationToken;

    [Fact]
    public async Task WithoutAVerbItShowsWhatThereIsAndStartsNothing()
    {
        using var small = new SmallWarehouse();

        var bare = (await small.Tagguard.RunAsync()).Expect(3);

        foreach (var verb in new[] { "run", "gate", "backfill", "explain", "accept" })
            Assert.Matches($@"(?m)^  {verb} ", bare.Error);
        Assert.Contains("Exit codes: 0 gate open", bare.Error, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("rn", "did you mean `tagguard run`?")]
    [InlineData("expalin", "did you mean `tagguard explain`?")]
    [InlineData("frobnicate", "there are run, upstream")]
    public async Task AVerbThatIsNotThereIsAnsweredWithTheOneThatWasMeant(string verb, string told)
    {
        using var small = new SmallWarehouse();

        var outcome = (await small.Tagguard.RunAsync(verb, "--date", Date)).Expect(3);

        Assert.Contains(told, outcome.Error, StringComparison.Ordinal);
        Assert.Contains(told, (string)outcome.Line["error"]!, StringComparison.Ordinal);
    }

    [Fact]
    public async Task AnOptionThatIsNotThereIsAnsweredWithTheOneThatWasMeant()
    {
        using var small = new SmallWarehouse();

        var outcome = (await small.Tagguard.RunAsync("run", "--dat", Date)).Expect(3);

        Assert.Contains("Did you mean --date?", outcome.Error, StringComparison.Ordinal);
    }

    [Fact]
    public async Task DatesAreCountedFromTodayInThePlansZone()
    {
        // Where it is tomorrow already, or still yesterday, whatever the hour of this machine.
        foreach (var zone in new[] { "Pacific/Kiritimati", "Pacific/Pago_Pago" })
        {
            using var small = new SmallWarehouse("timezone: " + zone + "\n" + SmallWarehouse.Plan);
            var before = TodayIn(zone);
            var told = new List<string>();
            foreach (var asked in new[] { "today", "yesterday", "-2" })
                told.Add((string)(await small.Tagguard.RunAsync("tags", "--date", asked, "--dry-run")).Expect(0).Line["date"]!);

            if (TodayIn(zone) == before)
                Assert.Equal([Text(before), Text(before.AddDays(-1)), Text(before.AddDays(-2))], told);
        }

        static DateOnly TodayIn(string zone) =>
            DateOnly.FromDateTime(TimeZoneInfo.ConvertTime(TimeProvider.System.GetUtcNow(), TimeZoneInfo.FindSystemTimeZoneById(zone)).DateTime);

        static string Text(DateOnly date) => date.ToString("yyyy-MM-dd", CultureInfo.InvariantCulture);
    }

    [Fact]
    public async Task LinesOnStderrBeginWithTheirTimeInThePlansZone()
    {
        using var small = await new SmallWarehouse("timezone: Asia/Shanghai\n" + SmallWarehouse.Plan).Write(Day, 1).BackfilledAsync(Day);

        var gate = await small.Tagguard.RunAsync("gate", "--date", Date);

        Assert.NotEmpty(gate.Stamped);
        Assert.All(gate.Stamped.TrimEnd('\n').Split('\n'), line => Assert.Matches(@"^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\+08:00 ", line));
    }

    [Fact]
    public async Task QuietSaysOnlyWhatIsWrongAndTheLogHasEverything()
    {
        using var small = await new SmallWarehouse().Write(SmallWarehouse.First, 41).BackfilledAsync(Day.AddDays(-1));
        var log = Path.Combine(small.Folder, "logs", "tagguard.log");
        string[] quietly = ["run", "--date", Date, "--quiet", "--log-file", log];

        var good = (await small.Tagguard.RunAsync(quietly)).Expect(0);
        File.Delete(Path.Combine(small.FolderOf("orders", Day), "_SUCCESS"));
        var bad = (await small.Tagguard.RunAsync(quietly)).Expect(1);

        Assert.Equal("", good.Stamped);
        Assert.StartsWith($"CLOSED upstream {Date}: ", bad.Error, StringComparison.Ordinal);
        var lines = await File.ReadAllLinesAsync(log, Token);
        Assert.All(lines, line => Assert.Matches(Outcome.Stamp, line));
        Assert.Contains(lines, line => line.Contains($"open   tags {Date}: ", StringComparison.Ordinal));
        Assert.Contains(lines, line => line.Contains($"CLOSED upstream {Date}: ", StringComparison.Ordinal));
    }

    [Fact]
    public async Task OneStageIsRunAloneAndIsHeldByThoseBeforeItThatAreNotOpen()
    {
        using var small = await new SmallWarehouse().Write(SmallWarehouse.First, 41).BackfilledAsync(Day.AddDays(-1));

        // Nobody judged the upstream of this date: tags pass, and are held.
        var alone = (await small.Tagguard.RunAsync("run", "--stage", "tags", "--date", Date)).Expect(2);
        Assert.Equal("held", (await small.Tagguard.RunAsync("gate", "--date", Date)).Expect(2).StandingOf("tags"));
        Assert.Equal("tags", (string)Assert.Single(alone.Line["stages"]!.AsArray())!["stage"]!);

        (await small.Tagguard.RunAsync("run", "--stage", "upstream", "--date", Date)).Expect(0);
        (await small.Tagguard.RunAsync("gate", "--stage", "tags", "--date", Date)).Expect(2);
        (await small.Tagguard.RunAsync("run", "--stage", "tags", "--date", Date)).Expect(0);
        (await small.Tagguard.RunAsync("gate", "--date", Date)).Expect(0);

        // The upstream is judged again, and is bad: tags are held once more, without being run.
        File.Delete(Path.Combine(small.FolderOf("orders", Day), "_SUCCESS"));
        (await small.Tagguard.RunAsync("run", "--stage", "upstream", "--date", Date)).Expect(1);
        (await small.Tagguard.RunAsync("gate", "--stage", "tags", "--date", Date)).Expect(2);
    }

    [Fact]
    public async Task OneStageIsBackfilledAlone()
    {
        using var small = await new SmallWarehouse().Write(SmallWarehouse.First, 12).BackfilledAsync(SmallWarehouse.First.AddDays(9));
        string[] range = ["--from", "2026-01-11", "--to", "2026-01-12"];

        (await small.Tagguard.RunAsync(["backfill", "--stage", "tags", .. range])).Expect(2);
        (await small.Tagguard.RunAsync(["backfill", "--stage", "upstream", .. range])).Expect(0);
        var tags = await small.Tagguard.RunAsync(["backfill", "--stage", "tags", .. range]);

        Assert.Equal(2, (int)tags.Line["dates"]!);
        Assert.DoesNotContain(" upstream 2026", tags.Error, StringComparison.Ordinal);
        (await small.Tagguard.RunAsync(["backfill", "--stage", "tugs", .. range])).Expect(3);
    }

    [Fact]
    public async Task AFamilyIsAcceptedWithAllItsTags()
    {
        using var small = new SmallWarehouse(SmallWarehouse.Plan.Replace("baseline: { min_users: 20 }", Detecting, StringComparison.Ordinal));
        await small.Write(SmallWarehouse.First, 40).Write(Day, 2, "not (k = 'T002U001_004' and hash(u) % 4 > 0)").BackfilledAsync(Day.AddDays(-1));
        var next = Day.AddDays(1).ToString("yyyy-MM-dd", CultureInfo.InvariantCulture);
        string[] person = ["--date", Date, "--by", "Li Wei"];

        (await small.Tagguard.RunAsync("run", "--date", Date)).Expect(1);
        (await small.Tagguard.RunAsync("run", "--date", next)).Expect(1);
        var unknown = (await small.Tagguard.RunAsync(["accept", "--family", "T999U001", "--why", "x", .. person])).Expect(3);
        var accepted = (await small.Tagguard.RunAsync(["accept", "--family", "T002U001", "--why", "narrowed on purpose", .. person])).Expect(0);

        Assert.Contains("--family \"T999U001\"", unknown.Error, StringComparison.Ordinal);
        Assert.Contains("family T002U001 (10 tags)", accepted.Error, StringComparison.Ordinal);
        (await small.Tagguard.RunAsync("run", "--date", next)).Expect(0);
        (await small.Tagguard.RunAsync(["accept", "--family", "T002U001", "--withdraw", .. person])).Expect(0);
        (await small.Tagguard.RunAsync("run", "--date", next)).Expect(1);
    }

    [Fact]
    public async Task AnExplanationIsOfTheWorstVerdictUnlessAllAreAskedFor()
    {
        using var small = await new SmallWarehouse().Write(SmallWarehouse.First, 40).Write(Day, 1, "k <> 'T002U001_004'").BackfilledAsync(Day);

        var one = (await small.Tagguard.RunAsync("explain", "user tags", "--date", Date)).Expect(0);
        var all = (await small.Tagguard.RunAsync("explain", "user tags", "--date", Date, "--all")).Expect(0);

        Assert.Contains("T002U001_004", (string)Assert.Single(one.Line["verdicts"]!.AsArray())!["series"]!, StringComparison.Ordinal);
        Assert.Contains($"tagguard explain \"user tags\" --date {Date} --all", one.Output, StringComparison.Ordinal);
        Assert.Equal((int)one.Line["judged"]!, all.Line["verdicts"]!.AsArray().Count);
        Assert.True(one.Output.Split('\n').Length < 30, one.Output);
        Assert.Equal("", one.Error);
    }
}
