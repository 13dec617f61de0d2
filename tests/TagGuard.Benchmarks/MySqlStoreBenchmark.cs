using System.Globalization;
using TagGuard.Facts;
using TagGuard.Storage;

namespace TagGuard.Benchmarks;

/// <summary>A night's tags on MySQL, beside the quickest way in (LOAD DATA LOCAL INFILE) and the one that scripts of this kind take (DELETE and
/// INSERT a row), in Python and as the quickest client there is.</summary>
static class MySqlStoreBenchmark
{
    const string Database = "tagguard";
    const int Rounds = 5;
    const int SampleOfScript = 20_000;

    static readonly DateOnly FirstDate = new(2011, 9, 13);
    static readonly DateOnly DateOfScripts = new(2011, 11, 15);
    static readonly CancellationToken Never = CancellationToken.None;

    /// <param name="args">`mysql-store`, then the number of tags (default 100,000).</param>
    public static async Task<int> RunAsync(string[] args)
    {
        var tags = args.Length > 1 ? int.Parse(args[1], CultureInfo.InvariantCulture) : 100_000;
        using var folder = new TemporaryFolder("mysql-store");
        await using var server = await BenchmarkServer.StartAsync(folder.Of("server"), "--innodb-buffer-pool-size=512M");
        await server.RunAsync($"create database {Database} character set utf8mb4");
        await using var store = server.Plan(Database).OpenStore(folder.Path, TimeProvider.System);
        await store.InitAsync(Never);
        await MeasureAsync(server, store, tags, folder.Of("rows"));
        return 0;
    }

    static async Task MeasureAsync(BenchmarkServer server, IRunStore store, int tags, string file)
    {
        await server.RunAsync($"use {Database}; create table loaded like tag_data_day; create table scripted like tag_data_day");
        var (load, loadAgain, save, saveAgain, whole) = (
            new List<double>(),
            new List<double>(),
            new List<double>(),
            new List<double>(),
            new List<double>());
        for (var round = 0; round < Rounds; round++)
        {
            var date = FirstDate.AddDays(round);
            var stage = StoreBenchmark.StageOf(tags, round);
            var onlyTags = stage with { Checks = [stage.Checks[0] with { Judgements = [] }] };
            WriteRows(file, date, stage);
            load.Add(await StoreBenchmark.TimeAsync(() => LoadAsync(server, file, "")));
            save.Add(await StoreBenchmark.SaveAsync(store, date, onlyTags));
            loadAgain.Add(await StoreBenchmark.TimeAsync(() => LoadAsync(server, file, "replace")));
            saveAgain.Add(await StoreBenchmark.SaveAsync(store, date, onlyTags));
            whole.Add(await StoreBenchmark.SaveAsync(store, date, stage));
        }
        await server.RunAsync($"use {Database}; insert into scripted select * from loaded");
        var script = await ScriptAsync(server, file, StoreBenchmark.StageOf(tags, Rounds)) * tags / SampleOfScript;
        var python = await PythonAsync(server, file, StoreBenchmark.StageOf(tags, Rounds)) * tags / SampleOfScript;
        var (bare, replaced) = (Median(load), Median(loadAgain));
        StoreBenchmark.Line($"{tags:N0} tag rows into the same table, medians of {Rounds} dates; every commit reaches the disk");
        StoreBenchmark.Line($"LOAD DATA LOCAL INFILE                         {bare,8:0.00} s");
        StoreBenchmark.Line($"upsert of rows that are new                    {Median(save),8:0.00} s  {Median(save) / bare,8:0.00} x");
        StoreBenchmark.Line($"LOAD DATA LOCAL INFILE … REPLACE of the same   {replaced,8:0.00} s");
        StoreBenchmark.Line(
            $"upsert of rows that are there                  {Median(saveAgain),8:0.00} s  {Median(saveAgain) / replaced,8:0.00} x");
        StoreBenchmark.Line($"the whole stage with as many verdicts          {Median(whole),8:0.00} s");
        StoreBenchmark.Line(
            $"DELETE + INSERT per row, committed, in Python  {python,8:0.00} s  {python / Median(save),8:0} x the upsert (extrapolated from "
                + $"{SampleOfScript:N0})");
        StoreBenchmark.Line($"the same as a file for the server's client     {script,8:0.00} s  {script / Median(save),8:0} x the upsert");
        var gate = await StoreBenchmark.TimeAsync(() => store.GatesAsync(StoreBenchmark.Plan, FirstDate, Never));
        var history = await StoreBenchmark.TimeAsync(() =>
            store.HistoryAsync(StoreBenchmark.Plan, StoreBenchmark.Check, FirstDate.AddDays(Rounds), Rounds, DateTimeOffset.MaxValue, Never));
        StoreBenchmark.Line($"gates of a date, connection opened (warm)      {gate,8:0.0000} s");
        StoreBenchmark.Line(
            $"history of {Rounds} days                              {history,8:0.00} s  {tags * Rounds / history / 1e6,8:0.0} million values "
                + "a second");
    }

    static double Median(List<double> times) => times.Order().ElementAt(times.Count / 2);

    const string Columns =
        "tagid, date, tag_count, tag_total_per, tag_dau_per, plan, check_name, business_date, tagid_key, dimension, accepted, run_stage_id";

    static async Task<bool> LoadAsync(BenchmarkServer server, string file, string replace)
    {
        await server.RunAsync($"use {Database}; load data local infile '{file}' {replace} into table loaded character set utf8mb4 ({Columns})");
        return true;
    }

    static void WriteRows(string file, DateOnly date, StageResult stage)
    {
        using var rows = new StreamWriter(file);
        foreach (var tag in Tags(stage))
            rows.Write(
                string.Create(
                    CultureInfo.InvariantCulture,
                    $"{tag.Series.Key}\t{date:yyyy-MM-dd}\t{tag.Value}\t{tag.ShareOfTotal}\t{tag.ShareOfActive}\tuserprofile\tuser "
                        + $"tags\t{date:yyyy-MM-dd}\t{tag.Series.Key}\tuserid\t1\t1\n"));
    }

    static IEnumerable<Measurement.Taken> Tags(StageResult stage) => stage.Checks[0].Measurements.Cast<Measurement.Taken>();

    /// <summary>Seconds for the sample, of a script in Python; NaN where its package is not to be had.</summary>
    static async Task<double> PythonAsync(BenchmarkServer server, string file, StageResult stage)
    {
        if (PythonTools.Wheels is not { } wheels)
            return double.NaN;
        WriteRows(file, DateOfScripts.AddDays(1), stage);
        var python = Path.Combine(await PythonTools.InstallAsync(Path.GetDirectoryName(file)!, wheels, "mysql-connector-python"), "python");
        var script = Path.Combine(AppContext.BaseDirectory, "row_by_row.py");
        var told = await BenchmarkServer.OutputAsync(python, script, $"{server.Port}", Database, file, Columns, $"{SampleOfScript}");
        return double.Parse(told, CultureInfo.InvariantCulture);
    }

    /// <summary>Seconds for the sample: each statement as text, as scripts send it, by the
    /// server's own client, into a table that holds the other days.</summary>
    static async Task<double> ScriptAsync(BenchmarkServer server, string file, StageResult stage)
    {
        await using (var script = new StreamWriter(file))
        {
            await script.WriteLineAsync($"use {Database};");
            foreach (var tag in Tags(stage).Take(SampleOfScript))
            {
                await script.WriteLineAsync(
                    string.Create(
                        CultureInfo.InvariantCulture,
                        $"""
                        delete from scripted where plan = 'userprofile' and check_name = 'user tags'
                          and business_date = '{DateOfScripts:yyyy-MM-dd}' and tagid_key = '{tag.Series.Key}';
                        insert into scripted ({Columns}) values ('{tag.Series.Key}', '{DateOfScripts:yyyy-MM-dd}', {tag.Value}, {tag.ShareOfTotal},
                          {tag.ShareOfActive}, 'userprofile', 'user tags', '{DateOfScripts:yyyy-MM-dd}', '{tag.Series.Key}', 'userid', 1, 1);
                        """));
            }
        }
        return await StoreBenchmark.TimeAsync(async () =>
        {
            await server.RunAsync($"source {file}");
            return true;
        });
    }
}
