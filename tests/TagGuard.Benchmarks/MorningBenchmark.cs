using System.Diagnostics;
using System.Globalization;
using TagGuard.Adapters.Sqlite;
using TagGuard.Adapters.Storage;
using TagGuard.Facts;
using TagGuard.Gates;
using TagGuard.Judgements.Detect;
using TagGuard.Keys;
using TagGuard.Measurements;
using TagGuard.Phrases;
using TagGuard.Plans;
using TagGuard.Runs;
using TagGuard.Sources;
using TagGuard.Storage;

namespace TagGuard.Benchmarks;

/// <summary>What a morning costs once its numbers are counted: the days before are read, all tags judged by `detect`, and everything saved, in a
/// process of its own; and what that adds to the store.</summary>
static class MorningBenchmark
{
    const string PlanName = "shop";
    const string Check = "user tags";
    const int TagsOfFamily = 20;

    static readonly DateOnly Date = new(2026, 6, 30);
    static readonly CancellationToken Never = CancellationToken.None;

    /// <param name="args">Tags (default 100,000) and days before (default 45).</param>
    public static async Task<int> RunAsync(string[] args)
    {
        var tags = args.Length > 0 ? int.Parse(args[0], CultureInfo.InvariantCulture) : 100_000;
        var days = args.Length > 1 ? int.Parse(args[1], CultureInfo.InvariantCulture) : 45;
        using var folder = new TemporaryFolder("morning");
        var path = folder.Of("store.db");
        await using (var store = new SqliteRunStore(path, TimeProvider.System))
        {
            await store.InitAsync(Never);
            for (var ago = days; ago > 0; ago--)
                await SeedAsync(store, Date.AddDays(-ago), tags);
        }
        var before = BytesOf(path);
        var (output, peak) = await InChildAsync("morning-of", path, tags);
        var added = BytesOf(path) - before;
        Line($"{tags:N0} tags in {tags / TagsOfFamily:N0} families, {days} days before");
        Line($"read, judged, saved: {output}; peak {peak / 1e6:0} MB");
        Line($"added to the store {added / 1e6:0.0} MB, {(double)added / tags:0} bytes a tag and day; the store {BytesOf(path) / 1e6:0} MB");
        var (seconds, rows) = AsRows(path, tags);
        Line($"a row for each verdict that passed, as before: {seconds:0.00} s and {(double)rows / tags:0} bytes a tag and day more");
        return 0;
    }

    /// <summary>The morning itself.</summary>
    public static async Task<int> JudgeAsync(string path, int tags)
    {
        var began = Stopwatch.GetTimestamp();
        await using var store = new SqliteRunStore(path, TimeProvider.System);
        await using var source = new Counted(VolumesOf(Date, tags));
        var plan = PlanOf();
        var run = new CheckRun(store, source, TimeProvider.System, new Watchers());
        var result = await run.ExecuteAsync(plan, StartOf(Date), new Patience(TimeSpan.Zero), Never);
        var verdicts = result.Stages[0].Judgements.CountBy(judgement => judgement.Verdict).OrderBy(one => one.Key);
        Line($"{Stopwatch.GetElapsedTime(began).TotalSeconds:0.0} s ({string.Join(", ", verdicts.Select(one => $"{one.Value:N0} {one.Key}"))})");
        return 0;
    }

    static Plan PlanOf() => new()
    {
        Name = PlanName,
        Stages = new Dictionary<string, IReadOnlyList<CheckPlan>>
        {
            ["tags"] =
            [
                new CheckPlan
                {
                    Name = Check,
                    Measure = new VolumeMeasure
                    {
                        Connection = "warehouse", Table = new DatePattern("dw.tags"), Partition = "data_date", User = "userid", Tags = "tagmap",
                    },
                    Judge = new JudgePlan { Rules = [new DetectRule()] },
                },
            ],
        },
    };

    static RunStart StartOf(DateOnly date) => new(
        PlanName, "hash", "run", date, ["tags"], new Holder(Environment.MachineName, Environment.ProcessId, "etl"), TimeProvider.System.GetUtcNow());

    /// <summary>Always the same numbers: a size of its own for each tag, a low weekend, and chance.</summary>
    static Volumes VolumesOf(DateOnly date, int tags)
    {
        var random = new Random(date.DayNumber);
        var weekday = date.DayOfWeek is DayOfWeek.Saturday or DayOfWeek.Sunday ? 0.7 : 1;
        var keys = new KeyVolume[tags];
        var families = new FamilyVolume[tags / TagsOfFamily];
        for (var tag = 0; tag < tags; tag++)
        {
            var users = (long)((200 + tag * 7919L % 100_000) * weekday * (0.95 + 0.1 * random.NextDouble()));
            var family = string.Create(CultureInfo.InvariantCulture, $"A{100 + tag / 10_000}U{tag / TagsOfFamily % 500:000}");
            keys[tag] = new KeyVolume(string.Create(CultureInfo.InvariantCulture, $"{family}_{tag % TagsOfFamily:00}"), users, users / 7);
            if (tag / TagsOfFamily < families.Length)
                families[tag / TagsOfFamily] = new FamilyVolume(family, families[tag / TagsOfFamily].Users + users);
        }
        return new Volumes(5_000_000, 5_000_000, 5_000_000, 0, 0, 0, 700_000, keys, "select …") { Families = families };
    }

    static async Task SeedAsync(SqliteRunStore store, DateOnly date, int tags)
    {
        await using var source = new Counted(VolumesOf(date, tags));
        var context = new MeasureContext(Check, new BusinessDay(date, TimeZoneInfo.Utc), source, TimeProvider.System);
        var taking = await PlanOf().StageList[0].Checks[0].Measure.TakeAsync(context, Never);
        var now = TimeProvider.System.GetUtcNow();
        await using var run = await store.BeginAsync(StartOf(date), TimeSpan.Zero, Never);
        var check = new CheckResult(Check, "volume", "userid", taking.Measurements, [], "select …", TimeSpan.Zero, DateTimeOffset.UnixEpoch);
        await store.SaveAsync(
            run, new StageResult("tags", [check], [], new GateDecision(true, GateExit.Open, Phrase.Text("None closes the gate.")), now, now), Never);
    }

    /// <summary>Seconds and bytes of a row for each tag's verdict, as a copy of the store would take them.</summary>
    static (double Seconds, long Bytes) AsRows(string path, int tags)
    {
        File.Copy(path, path + ".rows");
        using var database = SqliteDatabase.Open(path + ".rows", Access.Write, TimeSpan.Zero);
        database.Execute("delete from verdict");
        database.Execute("vacuum");
        var before = BytesOf(database);
        var said = new Phrase("verdict.judged",
            ("found", new Phrase("verdict.below", ("value", 12345), ("metric", "tag_count"), ("change", 100 / 3.0),
                ("reference", new Phrase("verdict.expected_on", ("expected", 12477), ("weekday", "tuesday"))))),
            ("range", new Phrase("verdict.range", ("low", 11000), ("high", 13123))));
        var watch = Stopwatch.StartNew();
        using (var transaction = database.BeginWrite())
        {
            using var add = database.Query("verdict_add");
            add.Set("@stage", database.Number("select max(id) from run_stage")).Set("@check", Check).Set("@metric", Metrics.TagCount)
                .Set("@rule", "detect").Set("@verdict", "Pass").Set("@finding", "Normal").Set("@used", (string?)null).Set("@blocking", 1L)
                .Set("@incident", (long?)null);
            foreach (var key in VolumesOf(Date, tags).Keys)
            {
                add.Set("@key", key.Key).Set("@value", (double)key.Users).Set("@expected", key.Users * 1.0123).Set("@low", key.Users * 0.8123)
                    .Set("@high", key.Users * 1.2123).Set("@sentence", said.ToString()).Set("@phrase", StoredPhrase.Of(said)).Run();
            }
            transaction.Commit();
        }
        return (watch.Elapsed.TotalSeconds, BytesOf(database) - before);
    }

    static long BytesOf(string path)
    {
        using var database = SqliteDatabase.Open(path, Access.Write, TimeSpan.Zero);
        return BytesOf(database);
    }

    static long BytesOf(SqliteDatabase database) =>
        (database.Number("pragma page_count") - database.Number("pragma freelist_count")) * database.Number("pragma page_size");

    static async Task<(string Output, long Peak)> InChildAsync(string what, string path, int tags)
    {
        var program = Environment.GetCommandLineArgs()[0];
        using var process = Process.Start(new ProcessStartInfo("dotnet", [program, what, path, tags.ToString(CultureInfo.InvariantCulture)])
        {
            RedirectStandardOutput = true,
        })!;
        var output = process.StandardOutput.ReadToEndAsync();
        var peak = 0L;
        while (!process.HasExited)
        {
            peak = Math.Max(peak, ProcessMemory.PeakOf(process.Id));
            await Task.WhenAny(process.WaitForExitAsync(), Task.Delay(20));
        }
        return ((await output).Trim(), peak);
    }

    static void Line(FormattableString text) => Console.WriteLine(text.ToString(CultureInfo.InvariantCulture));

    /// <summary>Counts that are there already: only what comes after them is looked at.</summary>
    sealed class Counted(Volumes volumes) : IVolumeSource, ISources
    {
        public string Name => "counted";

        public Task<Volumes> CountVolumesAsync(VolumeQuery query, IProgress<long>? progress, CancellationToken cancellationToken) =>
            Task.FromResult(volumes);

        public string Question(VolumeQuery query) => volumes.Asked;

        public Task<string> ProbeAsync(CancellationToken cancellationToken) => Task.FromResult("");

        public T Get<T>(string name)
            where T : ISource => (T)(ISource)this;

        public Task CloseAsync() => Task.CompletedTask;

        public void Abandon()
        {
        }

        public ValueTask DisposeAsync() => ValueTask.CompletedTask;
    }
}
