using TagGuard.Facts;
using TagGuard.Judgements.Rules;
using TagGuard.Keys;
using TagGuard.Measurements;
using TagGuard.Plans;
using TagGuard.Sources;
using TagGuard.Tests.Support;

namespace TagGuard.Tests.Measurements;

/// <summary>`equal` from the plan's keys to the verdict's sentence.</summary>
public sealed class EqualMeasureTests
{
    static readonly SidePlan Left = new() { Connection = "warehouse", Table = new("a_{date:yyyyMMdd}"), Key = "id", Columns = ["v"] };

    static readonly EqualMeasure Plan = new() { Left = Left, Right = Left with { Connection = "service" } };

    readonly KeyedTable _warehouse = new("warehouse", ("1", ["a"]), ("2", ["b"]), ("3", ["c"]), ("4", ["d"]));

    [Fact]
    public async Task CountsThatDifferAreFollowedDownToKeysForTheFile()
    {
        var sources = new TwoSources(_warehouse, new KeyedTable("service", ("1", ["a"]), ("2", ["x"]), ("9", ["y"])));
        var plan = Plan with { Drill = new DrillPlan { Export = new("diff/{date:yyyyMMdd}.csv") } };

        var taking = await TakeAsync(plan, sources);

        var judgement = Judge(plan, [.. taking.Measurements]);
        Assert.Equal(
            "service holds 3, warehouse 4: 1 fewer (25%), allowed 0. By key: 2 missing there (3, 4), 1 extra there (9), 1 different (2). All of "
                + "them are in diff/20260203.csv.",
            judgement.Sentence);
        Assert.Equal((Verdict.Fail, Finding.Different), (judgement.Verdict, judgement.Finding));
        Assert.Equal("diff/20260203.csv", taking.Differences!.Path);
        Assert.Equal(["2", "3", "4", "9"], taking.Differences.Keys.Select(key => key.Key));
    }

    [Theory]
    [InlineData(Compare.Count, 4)]
    [InlineData(Compare.Rows, 4)]
    [InlineData(Compare.Count, 0)]
    [InlineData(Compare.Count, null)]
    [InlineData(Compare.Rows, null)]
    public async Task TheFileOfAnEarlierAttemptStaysWhenThisOneFoundNoKeys(Compare compare, int? rows)
    {
        var service = new KeyedTable(
            "service",
            [.. new (string, string[])[] { ("1", ["a"]), ("2", ["b"]), ("3", ["c"]), ("4", ["d"]) }.Take(rows ?? 4)])
        {
            Fault = rows is null ? new SourceException("service", "here", "is down", "?") : null,
        };
        var plan = Plan with { Compare = compare, Drill = new DrillPlan { Export = new("diff/{date:yyyyMMdd}.csv") } };

        Assert.Null((await TakeAsync(plan, new TwoSources(_warehouse, service))).Differences);
    }

    [Fact]
    public void TwoTablesOfOneConnectionAreNamedApart()
    {
        var plan = new EqualMeasure
        {
            Left = Left with { Key = null, Columns = [] },
            Right = Left with { Key = null, Columns = [], Table = new("b") },
        };

        var rule = Assert.IsType<EqualRule>(Assert.Single(plan.Rules));

        Assert.Equal(("warehouse a_{date:yyyyMMdd}", "warehouse b"), (rule.LeftName, rule.RightName));
        var judgement = Assert.Single(rule.Judge(Some.Batch(
            Some.Taken(Some.Total(Metrics.LeftRows), 4), Some.Taken(Some.Total(Metrics.RightRows), 3))));
        Assert.StartsWith("warehouse b holds 3, warehouse a_20260203 4: ", judgement.Sentence, StringComparison.Ordinal);
        Assert.Equal("warehouse", Assert.IsType<EqualRule>(Assert.Single(Plan.Rules)).LeftName);
    }

    [Fact]
    public async Task WithoutAFileInThePlanNoKeysAreKeptForOne() =>
        Assert.Null((await TakeAsync(Plan, new TwoSources(_warehouse, new KeyedTable("service", ("1", ["a"]))))).Differences);

    [Fact]
    public async Task EqualCountsHideRowsThatDifferUnlessRowsAreCompared()
    {
        var sources = new TwoSources(_warehouse, new KeyedTable("service", ("1", ["a"]), ("2", ["x"]), ("3", ["c"]), ("5", ["d"])));

        var (byCount, byRows) = (await JudgeAsync(Plan, sources), await JudgeAsync(Plan with { Compare = Compare.Rows }, sources));

        Assert.Equal((Verdict.Pass, "Both hold 4."), (byCount.Verdict, byCount.Sentence));
        Assert.Equal(
            (
                Verdict.Fail,
                "service holds 4, warehouse 4, and their rows differ, allowed 0. By key: 1 missing there (4), 1 extra there (5), 1 different (2)."),
            (byRows.Verdict, byRows.Sentence));
    }

    [Fact]
    public async Task KeysThatAreToldAlikeAreCountedApartAndEachNumberHasAName()
    {
        var warehouse = new KeyedTable("warehouse", (null, ["a"]), ("(null)", ["a"]), ("(empty)", ["a"]), ("NULL", ["a"]));
        var service = new KeyedTable("service", ("", ["a"]), (" ", ["a"]), ("\0", ["a"]), ("NULL", ["a"]));
        var plan = Plan with { Compare = Compare.Rows };

        var taking = await TakeAsync(plan, new TwoSources(warehouse, service));

        Assert.Null(taking.Repeated);
        var judgement = Judge(plan, [.. taking.Measurements]);
        Assert.Equal(Verdict.Fail, judgement.Verdict);
        Assert.Contains(
            "By key: 3 missing there ((empty), (null), …), 3 extra there (\0,  , (empty)), 0 different.",
            judgement.Sentence,
            StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(null, "", "warehouse holds NULL where service holds an empty text")]
    [InlineData("", null, "service holds NULL where warehouse holds an empty text")]
    public async Task ARowWithoutAnIdThatTheWayWritesOtherwiseIsNotOfAnEarlierLoad(string? here, string? there, string cause)
    {
        var sources = new TwoSources(
            new KeyedTable("warehouse", ("1", ["a"]), (here, ["b"]), (here, ["b"])),
            new KeyedTable("service", ("1", ["a"]), (there, ["b"]), (there, ["b"])));

        var judgement = await JudgeAsync(Plan with { Compare = Compare.Rows }, sources);

        Assert.StartsWith(cause, judgement.Clue!.ToString(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task EqualRowsPass()
    {
        var judgement = await JudgeAsync(
            Plan with
            {
                Compare = Compare.Rows,
            },
            new TwoSources(_warehouse, new KeyedTable("service", ("4", ["d"]), ("3", ["c"]), ("2", ["b"]), ("1", ["a"]))));

        Assert.Equal((Verdict.Pass, "Both hold 4, row by row the same."), (judgement.Verdict, judgement.Sentence));
    }

    [Fact]
    public async Task ASideThatCannotHashIsComparedByCountAndThatIsSaid()
    {
        var service = new FakeSource { Count = (_, _) => Task.FromResult(3L) };

        var judgement = await JudgeAsync(Plan with { Right = Left with { Connection = "fake" } }, new TwoSources(_warehouse, service));

        Assert.Equal(
            "fake holds 3, warehouse 4: 1 fewer (25%), allowed 0. Which rows they are could not be determined: fake cannot hash its rows, so only "
                + "the counts were compared.",
            judgement.Sentence);
    }

    [Theory]
    [InlineData(true, Verdict.Fail)]
    [InlineData(false, Verdict.Unknown)]
    public async Task ASideThatDoesNotAnswerIsNamedWhenRowsAreCompared(bool isAbsent, Verdict verdict)
    {
        var service = new KeyedTable("service") { Fault = new SourceException("service", "db1", "No such table.", "select") { IsAbsent = isAbsent } };

        var judgement = await JudgeAsync(Plan with { Compare = Compare.Rows }, new TwoSources(_warehouse, service));

        Assert.Equal((verdict, Finding.Missing), (judgement.Verdict, judgement.Finding));
        Assert.Contains("service gave no count. service (db1): No such table.", judgement.Sentence, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(Compare.Count)]
    [InlineData(Compare.Rows)]
    public async Task ASnapshotIsComparedForTheLastDateThatIsOverAndNotForAnEarlierOne(Compare compare)
    {
        var plan = Plan with
        {
            Compare = compare,
            Right = new SidePlan { Connection = "service", Table = new("users"), Key = "id", Columns = ["v"], Snapshot = true },
        };
        var sources = new TwoSources(_warehouse, new KeyedTable("service", ("1", ["a"]), ("2", ["b"]), ("3", ["c"]), ("4", ["d"])));

        Assert.Empty(plan.Right.Mistakes());
        Assert.Equal(Verdict.Pass, (await JudgeAsync(plan, sources)).Verdict);
        var earlier = await plan.TakeAsync(
            new MeasureContext(Some.Check, Some.Day with { Date = Some.Date.AddDays(-1) }, sources, new FixedClock(Some.Now)),
            TestContext.Current.CancellationToken);
        var judgement = Judge(plan, [.. earlier.Measurements]);
        Assert.Equal(Verdict.Unknown, judgement.Verdict);
        Assert.Contains(
            "service gave no count. users is a snapshot, which holds what is there now and nothing of 2026-02-02",
            judgement.Sentence,
            StringComparison.Ordinal);
    }

    [Fact]
    public void ASnapshotOfADateIsAMistake()
    {
        var snapshot = Left with { Snapshot = true };

        Assert.Equal("snapshot", Assert.Single(snapshot.Mistakes()).Key);
        Assert.Equal("snapshot", Assert.Single((snapshot with { Table = new("a"), Partition = "dt" }).Mistakes()).Key);
    }

    [Fact]
    public async Task TheStoredNumbersGiveTheSameSentenceAgain()
    {
        var taking = await TakeAsync(Plan, new TwoSources(_warehouse, new KeyedTable("service", ("1", ["a"]))));
        var stored = taking.Measurements.OrderBy(measurement => measurement.Series).ToArray();

        Assert.Equal(Judge(Plan, [.. taking.Measurements]).Sentence, Judge(Plan, stored).Sentence);
    }

    [Fact]
    public void ADryRunTellsWhatEachSideWouldBeAsked()
    {
        var sources = new TwoSources(_warehouse, new KeyedTable("service"));

        Assert.Equal(
            ["count warehouse", "count service", "16384 buckets of warehouse", "16384 buckets of service"],
            Plan.Questions(Some.Date, sources).Select(question => question.Text));
        Assert.Equal(
            ["16384 buckets of warehouse", "16384 buckets of service"],
            (Plan with { Compare = Compare.Rows }).Questions(Some.Date, sources).Select(question => question.Text));
    }

    public static TheoryData<string?, EqualMeasure> Mistakes =>
        new()
        {
            {
                "compare",
                Plan with
                {
                    Compare = Compare.Rows,
                    Left = Left with { Key = null, Columns = [] },
                    Right = Left with { Key = null, Columns = [] },
                }
            },
            { "left", Plan with { Left = Left with { Key = null, Columns = ["v"] } } },
            { "right", Plan with { Right = Left with { Columns = [] } } },
            {
                "drill.export",
                Plan with
                {
                    Left = Left with { Key = null, Columns = [] },
                    Right = Left with { Key = null, Columns = [] },
                    Drill = new DrillPlan { Export = new("{date:yyyyMMdd}") },
                }
            },
            { "tolerance", Plan with { Tolerance = new Tolerance(100, true) } },
            { null, Plan with { Right = new() } },
            { "right", Plan with { Services = new Dictionary<string, ServicePlan> { ["a"] = new() { Key = "id", Columns = ["v"] } } } },
            {
                "services.a",
                Plan with
                {
                    Right = new(),
                    Services = new Dictionary<string, ServicePlan> { ["a"] = new() { Connection = "service", Key = "id" } },
                }
            },
        };

    [Theory, MemberData(nameof(Mistakes))]
    public void APlanThatCannotCompareIsRefused(string? key, EqualMeasure plan) => Assert.Equal(key, Assert.Single(plan.Mistakes()).Key);

    [Fact]
    public async Task SeveralServicesAreChecksOfTheirOwnAndTheWarehouseIsAskedOnce()
    {
        var service = new ServicePlan { Connection = "service", Table = new("a_{date:yyyyMMdd}") };
        var check = new CheckPlan
        {
            Name = "userprofile",
            Owner = "service team",
            Measure = Plan with
            {
                Left = Left with { Key = null, Columns = [] },
                Right = new(),
                Services = new Dictionary<string, ServicePlan>
                {
                    ["offline"] = service,
                    ["stream"] = service with { Tolerance = new Tolerance(1, false) },
                },
            },
        };
        var sources = new TwoSources(_warehouse, new KeyedTable("service", ("1", ["a"]), ("2", ["b"]), ("3", ["c"])));
        var once = new AskedOnce();
        var told = new List<string>();

        foreach (var each in check.Each)
        {
            var context = new MeasureContext(each.Name, Some.Day, sources, new FixedClock(Some.Now)) { Once = once };
            var taking = await each.Measure.TakeAsync(context, TestContext.Current.CancellationToken);
            var judgement = Assert.Single(each.Rules.Single().Judge(Some.Batch([.. taking.Measurements]) with { Check = each.Name }));
            told.Add($"{each.Name} of {each.Owner}: {judgement.Verdict}");
        }

        Assert.Equal(["offline of service team: Fail", "stream of service team: Pass"], told);
        Assert.Equal(1, _warehouse.Counts);
        Assert.Empty(check.Measure.Mistakes());
    }

    [Fact]
    public void EachSideMustBeLimitedToTheDateByItself() =>
        Assert.Contains("add `partition: data_date`", Assert.Single((Left with { Table = new("a") }).Mistakes()).Message, StringComparison.Ordinal);

    static Task<Taking> TakeAsync(EqualMeasure plan, ISources sources) =>
        plan.TakeAsync(new MeasureContext(Some.Check, Some.Day, sources, new FixedClock(Some.Now)), TestContext.Current.CancellationToken);

    static Judgement Judge(EqualMeasure plan, params Measurement[] today) => Assert.Single(plan.Rules.Single().Judge(Some.Batch(today)));

    static async Task<Judgement> JudgeAsync(EqualMeasure plan, ISources sources) => Judge(plan, [.. (await TakeAsync(plan, sources)).Measurements]);
}
