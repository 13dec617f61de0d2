using System.Diagnostics;
using System.Globalization;
using TagGuard.Adapters.Sqlite;
using TagGuard.Facts;
using TagGuard.Gates;
using TagGuard.Phrases;
using TagGuard.Storage;

namespace TagGuard.Benchmarks;

/// <summary>How long a night's numbers take to be stored and read, beside two plainer ways to store them.</summary>
static class StoreBenchmark
{
    public const string Plan = "userprofile";
    public const string Check = "user tags";
    const int SampleOfScript = 1000;

    static readonly DateOnly FirstDate = new(2011, 9, 13);
    static readonly CancellationToken Never = CancellationToken.None;

    /// <param name="args">`store`, then the number of tags (default 100,000) and of days that are there before (default 3).</param>
    public static async Task<int> RunAsync(string[] args)
    {
        var tags = args.Length > 1 ? int.Parse(args[1], CultureInfo.InvariantCulture) : 100_000;
        var days = args.Length > 2 ? int.Parse(args[2], CultureInfo.InvariantCulture) : 3;
        using var folder = new TemporaryFolder("store");
        await MeasureAsync(folder.Of("store.db"), tags, days);
        return 0;
    }

    static async Task MeasureAsync(string path, int tags, int days)
    {
        await using var store = new SqliteRunStore(path, TimeProvider.System);
        await store.InitAsync(Never);
        for (var day = 0; day < days; day++)
            await SaveAsync(store, FirstDate.AddDays(day), StageOf(tags, day));
        var date = FirstDate.AddDays(days);
        var stage = StageOf(tags, days);
        var rows = (double)tags;

        var save = await SaveAsync(store, date, stage);
        var again = await SaveAsync(store, date, stage);
        var bare = BareInsert(path + ".bare", stage);
        var script = Script(path + ".script", stage) * rows / SampleOfScript;
        Line($"{tags:N0} tags, volume and verdict of each, after {days} days of the same; every commit reaches the disk");
        Line($"save of a stage                                            {save,8:0.00} s");
        Line($"save of the same date again (delete, insert)               {again,8:0.00} s  {again / save,8:0.0} x");
        Line($"bare insert of the same rows into tables without index     {bare,8:0.00} s  {bare / save,8:0.00} x");
        Line(
            $"DELETE + INSERT per row, each its own commit               {script,8:0.00} s  {script / save,8:0.0} x  (extrapolated from "
                + $"{SampleOfScript:N0} tags)");

        var history = await TimeAsync(() => store.HistoryAsync(Plan, Check, date, days, DateTimeOffset.MaxValue, Never));
        var judgements = await TimeAsync(() => store.JudgementsAsync(Plan, date, "T0000042", Never));
        var report = await TimeAsync(() => store.DayAsync(Plan, date, days, Never));
        var gate = await TimeAsync(() => store.GatesAsync(Plan, date, Never));
        Line(
            $"history of {days} days                                          {history,8:0.00} s  {rows * days / history / 1e6,8:0.0} million "
                + "values a second");
        Line($"verdicts about one tag                                     {judgements,8:0.000} s");
        Line($"the day for the report, with its history                   {report,8:0.00} s");
        Line($"gates of a date, store opened (warm)                       {gate,8:0.0000} s");
        Line($"size of the store                                          {new FileInfo(path).Length / 1048576.0,8:0} MB");
    }

    public static void Line(string text) => Console.WriteLine(text);

    /// <summary>Always the same numbers: a size of its own for each tag, and a small move each day.</summary>
    public static StageResult StageOf(int tags, int day)
    {
        var random = new Random(20111115 + day);
        var measurements = new List<Measurement>(tags);
        var judgements = new List<Judgement>(tags);
        for (var tag = 0; tag < tags; tag++)
        {
            var series = new SeriesId(Check, Metrics.TagCount, string.Create(CultureInfo.InvariantCulture, $"T{tag:0000000}"));
            var users = 1000 + (tag * 7919L % 1_000_000) + random.Next(100);
            measurements.Add(new Measurement.Taken(series, users, users / 5e7, users / 7e7));
            judgements.Add(Judged(series, users, isDropped: tag % 100 == 0));
        }
        var check = new CheckResult(
            Check,
            "volume",
            "userid",
            measurements,
            judgements,
            "select …",
            TimeSpan.FromMinutes(1),
            DateTimeOffset.UnixEpoch);
        var now = TimeProvider.System.GetUtcNow();
        return new StageResult("tags", [check], [], new GateDecision(true, GateExit.Open, Phrase.Text("None closes the gate.")), now, now);
    }

    static Judgement Judged(SeriesId series, long users, bool isDropped) => new()
    {
        Series = series,
        Rule = "baseline",
        Verdict = isDropped ? Verdict.Warn : Verdict.Pass,
        Finding = isDropped ? Finding.Drop : Finding.Normal,
        Said = Phrase.Text(string.Create(CultureInfo.InvariantCulture, $"{users:N0} users, 1% below {users * 1.01:N0}, the median of 8 Tuesdays.")),
        Value = users,
        Expected = users * 1.01,
        Low = users * 0.8,
        High = users * 1.2,
        Used = isDropped ? [.. Enumerable.Range(1, 8).Select(week => new Day(FirstDate.AddDays(-7 * week), users))] : [],
    };

    public static async Task<double> SaveAsync(IRunStore store, DateOnly date, StageResult stage)
    {
        var holder = new Holder(Environment.MachineName, Environment.ProcessId, Environment.UserName);
        await using var run = await store.BeginAsync(new RunStart(Plan, "hash", "tags", date, ["tags"], holder, stage.Started), TimeSpan.Zero, Never);
        return await TimeAsync(async () =>
        {
            await store.SaveAsync(run, stage, Never);
            return true;
        });
    }

    public static async Task<double> TimeAsync<T>(Func<Task<T>> work)
    {
        GC.Collect();
        var watch = Stopwatch.StartNew();
        await work();
        return watch.Elapsed.TotalSeconds;
    }

    const string PlainTables =
        "pragma journal_mode = wal; pragma synchronous = full; create table volume (tagid, date, tag_count, tag_total_per, tag_dau_per);"
        + " create table verdict (tagid, date, rule, verdict, finding, sentence, value, expected, low, high)";

    const string InsertVolume = "insert into volume values (?1, '2011-11-15', ?2, ?3, ?4)";
    const string InsertVerdict = "insert into verdict values (?1, '2011-11-15', ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9)";

    /// <summary>The least that storing these rows can cost with the same library: no index, no check, one commit.</summary>
    static double BareInsert(string path, StageResult stage)
    {
        using var database = SqliteDatabase.Open(path, Access.Create, TimeSpan.Zero);
        database.Execute(PlainTables);
        GC.Collect();
        var watch = Stopwatch.StartNew();
        using (var transaction = database.BeginWrite())
        {
            using var volume = database.Prepare(InsertVolume);
            using var verdict = database.Prepare(InsertVerdict);
            foreach (var (measurement, judgement) in Rows(stage))
            {
                Add(volume, measurement);
                Add(verdict, judgement);
            }
            transaction.Commit();
        }
        return watch.Elapsed.TotalSeconds;
    }

    /// <summary>What scripts of this kind do: for each row a DELETE and an INSERT, each committed by itself. Seconds for the sample.</summary>
    static double Script(string path, StageResult stage)
    {
        using var database = SqliteDatabase.Open(path, Access.Create, TimeSpan.Zero);
        database.Execute(PlainTables + "; create index volume_of on volume (tagid, date); create index verdict_of on verdict (tagid, date)");
        var watch = Stopwatch.StartNew();
        using var deleteVolume = database.Prepare("delete from volume where tagid = ?1 and date = '2011-11-15'");
        using var deleteVerdict = database.Prepare("delete from verdict where tagid = ?1 and date = '2011-11-15'");
        using var volume = database.Prepare(InsertVolume);
        using var verdict = database.Prepare(InsertVerdict);
        foreach (var (measurement, judgement) in Rows(stage).Take(SampleOfScript))
        {
            deleteVolume.Set(1, measurement.Series.Key).Run();
            Add(volume, measurement);
            deleteVerdict.Set(1, measurement.Series.Key).Run();
            Add(verdict, judgement);
        }
        return watch.Elapsed.TotalSeconds;
    }

    static IEnumerable<(Measurement.Taken Measurement, Judgement Judgement)> Rows(StageResult stage) =>
        stage.Checks[0].Measurements.Cast<Measurement.Taken>().Zip(stage.Checks[0].Judgements);

    static void Add(SqliteStatement insert, Measurement.Taken measurement) =>
        insert.Set(1, measurement.Series.Key).Set(2, measurement.Value).Set(3, measurement.ShareOfTotal).Set(4, measurement.ShareOfActive).Run();

    static void Add(SqliteStatement insert, Judgement judgement) =>
        insert.Set(1, judgement.Series.Key).Set(2, judgement.Rule).Set(3, judgement.Verdict.ToString()).Set(4, judgement.Finding.ToString())
            .Set(5, judgement.Sentence).Set(6, judgement.Value).Set(7, judgement.Expected).Set(8, judgement.Low).Set(9, judgement.High).Run();
}
