using System.Diagnostics;
using System.Globalization;
using TagGuard.Adapters.Sqlite;
using TagGuard.Facts;
using TagGuard.Gates;
using TagGuard.Judgements;
using TagGuard.Judgements.Detect;
using TagGuard.Judgements.Rules;
using TagGuard.Keys;
using TagGuard.Measurements;
using TagGuard.Phrases;
using TagGuard.Plans;
using TagGuard.Replays;
using TagGuard.Storage;

namespace TagGuard.Benchmarks;

/// <summary>How long stored months take to be judged again, beside only reading them.</summary>
static class ReplayBenchmark
{
    const string Check = "user tags";
    const int Before = 154;

    static readonly DateOnly Last = new(2026, 6, 30);
    static readonly CancellationToken Never = CancellationToken.None;

    /// <param name="args">Days to judge again (default 90) and tags (default 3,000).</param>
    public static async Task<int> RunAsync(string[] args)
    {
        var days = args.Length > 0 ? int.Parse(args[0], CultureInfo.InvariantCulture) : 90;
        var tags = args.Length > 1 ? int.Parse(args[1], CultureInfo.InvariantCulture) : 3000;
        using var folder = new TemporaryFolder("replay");
        await using var store = new SqliteRunStore(folder.Of("store.db"), TimeProvider.System);
        await store.InitAsync(Never);
        for (var ago = days + Before - 1; ago >= 0; ago--)
            await SaveAsync(store, Last.AddDays(-ago), tags);
        var read = await TimeAsync(async () =>
        {
            await store.HistoryAsync("shop", Check, Last.AddDays(1), days + Before, DateTimeOffset.MaxValue, Never);
            for (var ago = days - 1; ago >= 0; ago--)
                await store.DayAsync("shop", Last.AddDays(-ago), 0, Never);
        });
        Console.WriteLine(string.Create(CultureInfo.InvariantCulture, $"{days} days of {tags:N0} tags, each judged by up to 126 days before it"));
        Console.WriteLine(string.Create(CultureInfo.InvariantCulture, $"reading them and what was said of them    {read,7:0.00} s"));
        foreach (
            var (name, rule) in new (string, IRule)[]
            {
                ("detect", new DetectRule()),
                ("drift", new DriftRule()),
                ("baseline", new BaselineRule()),
                ("change", new ChangeRule { DaysAgo = TimeSpan.FromDays(7), Fail = new Limits(-30, 50) }),
            })
        {
            var took = await TimeAsync(() => new Replay(PlanOf(rule), store, "shop").JudgeAsync(Last.AddDays(1 - days), Last, null, Never));
            Console.WriteLine(
                string.Create(CultureInfo.InvariantCulture, $"replay under {name,-10}                   {took,7:0.00} s  {took / read,5:0.0} x"));
        }
        return 0;
    }

    static Plan PlanOf(IRule rule) => new()
    {
        Name = "shop",
        Stages = new Dictionary<string, IReadOnlyList<CheckPlan>>
        {
            ["tags"] = [new CheckPlan { Name = Check, Measure = new CountMeasure(), Judge = new JudgePlan { Rules = [rule] } }],
        },
    };

    /// <summary>Always the same numbers: a size of its own for each tag, a low weekend, and chance.</summary>
    static async Task SaveAsync(SqliteRunStore store, DateOnly date, int tags)
    {
        var random = new Random(date.DayNumber);
        var weekday = date.DayOfWeek is DayOfWeek.Saturday or DayOfWeek.Sunday ? 0.7 : 1;
        var measurements = Enumerable.Range(0, tags).Select(Measurement (tag) => new Measurement.Taken(
            new SeriesId(Check, Metrics.TagCount, string.Create(CultureInfo.InvariantCulture, $"T{tag / 10:0000}_{tag % 10}")),
            Math.Round((200 + tag * 7919L % 100_000) * weekday * (0.95 + 0.1 * random.NextDouble())))).ToList();
        var judgements = measurements.Select(measurement => new Judgement
        {
            Series = measurement.Series,
            Rule = "detect",
            Verdict = Verdict.Pass,
            Finding = Finding.Normal,
            Said = Phrase.Text("As expected."),
            Value = ((Measurement.Taken)measurement).Value,
        }).ToList();
        var now = TimeProvider.System.GetUtcNow();
        var check = new CheckResult(
            Check,
            "volume",
            "userid",
            measurements,
            judgements,
            "select …",
            TimeSpan.FromMinutes(1),
            DateTimeOffset.UnixEpoch);
        var start = new RunStart("shop", "hash", "run", date, ["tags"], new Holder(Environment.MachineName, Environment.ProcessId, "etl"), now);
        await using var run = await store.BeginAsync(start, TimeSpan.Zero, Never);
        await store.SaveAsync(
            run,
            new StageResult("tags", [check], [], new GateDecision(true, GateExit.Open, Phrase.Text("None closes the gate.")), now, now),
            Never);
    }

    static async Task<double> TimeAsync(Func<Task> work)
    {
        GC.Collect();
        var watch = Stopwatch.StartNew();
        await work();
        return watch.Elapsed.TotalSeconds;
    }
}
