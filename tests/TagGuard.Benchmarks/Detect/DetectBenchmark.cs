using System.Globalization;
using System.Text.Json;
using TagGuard.Detection;

namespace TagGuard.Benchmarks.Detect;

/// <summary>What the detector finds in real daily series with labelled faults, beside other detectors, and how fast.</summary>
static class DetectBenchmark
{
    static readonly JsonSerializerOptions Indented = new()
    {
        WriteIndented = true,
        NumberHandling = System.Text.Json.Serialization.JsonNumberHandling.AllowNamedFloatingPointLiterals,
    };

    /// <param name="args">`DIR [--split dev] [--times 1] [--json FILE]`.</param>
    public static int Run(string[] args)
    {
        if (args.Length == 0 || args.Length % 2 == 0)
        {
            Console.Error.WriteLine("detect DIR [--split dev] [--times 1] [--json FILE]: DIR holds SPLIT_series.csv.gz and the files beside it.");
            return 3;
        }
        var split = Option(args, "--split") ?? "dev";
        var times = double.Parse(Option(args, "--times") ?? "1", CultureInfo.InvariantCulture);
        var set = DetectSet.Load(args[0], split, times);
        var results = set.Batches.ConvertAll(batch => Detector.Judge(set.MorningOf(batch)));
        var scores = ScoresOf(set, results);
        var metrics = new DetectMetrics(set, scores);
        var report = new Dictionary<string, Dictionary<string, double>>
        {
            ["at 1 false alarm in 1,000"] = metrics.At(metrics.Threshold(1e-3)),
            ["at 1 false alarm in 100"] = metrics.At(metrics.Threshold(1e-2)),
            ["at the shipped threshold"] = metrics.At(DetectorSettings.Default.AlarmScore),
            ["as told: incidents and alarms"] = metrics.AsTold(results),
            ["over all thresholds"] = new() { ["average precision at 1 %"] = metrics.AveragePrecision(0.01) },
            ["incidents"] = DetectIncidents.Of(set, results),
            ["faults of whole sources"] = DetectWhole.Of(set, results),
            ["faults of groups"] = DetectGroups.Of(set, results),
            ["weekly digest of drifts"] = DetectDrift.Of(set),
            ["budget of alarms"] = DetectBudgets.Of(set, results),
            ["series per second on one core"] = DetectSpeed.Measure(set),
        };
        var measured = new List<(string Name, DetectMetrics Metrics)>();
        foreach (var name in new[] { "tg", "tg3" })
        {
            var file = Path.Combine(args[0], $"{split}_{name}_scores.npy");
            if (!File.Exists(file))
                continue;
            var reference = DetectSet.ReadNpy(file);
            if (name == "tg3" && times == 1)
                report["against the reference"] = Compare(set, reference);
            measured.Add(($"{name}'s scores, on {split}", new DetectMetrics(set, reference)));
        }
        measured.Add(($"this, on {split}", metrics));
        Print(split, report);
        if (metrics.HasSmallFaults)
            PrintStocks([.. DetectStockPeer.All, .. measured.Select(one => DetectStockPeer.Of(one.Name, one.Metrics))]);
        List<DetectPeer> peers = [.. DetectPeer.All, .. measured.Select(one => DetectPeer.Of(one.Name, one.Metrics))];
        if (!metrics.HasSmallFaults)
            PrintFlows(split, peers);
        if (Option(args, "--json") is { } json)
            File.WriteAllText(json, JsonSerializer.Serialize(new { split, figures = report, peers }, Indented));
        return 0;
    }

    static double[] ScoresOf(DetectSet set, List<MorningResult> results)
    {
        var scores = new double[set.Rows.Count];
        foreach (var (batch, result) in set.Batches.Zip(results))
        {
            for (var i = 0; i < batch.Rows.Count; i++)
                scores[batch.Rows[i]] = result.Tags[i].Score;
        }
        return scores;
    }

    static string? Option(string[] args, string name) => Array.IndexOf(args, name) is > 0 and var at ? args[at + 1] : null;

    static Dictionary<string, double> Compare(DetectSet set, double[] reference)
    {
        var scores = ScoresOf(set, set.Batches.ConvertAll(batch => Detector.Judge(set.MorningOf(batch), DetectorSettings.Reference)));
        var far = scores.Zip(reference, (score, wanted) => double.IsNaN(score) ? double.PositiveInfinity : Math.Abs(score - wanted)).ToArray();
        return new()
        {
            ["rows"] = far.Length,
            ["largest difference"] = far.Max(),
            ["rows that differ by more than 1e-6"] = far.Count(value => value > 1e-6),
        };
    }

    static string FormatOf(double size) => size >= 1000 ? "N0" : size is > 0 and < 1e-4 ? "0.0e+0" : "0.####";

    static void Print(string split, Dictionary<string, Dictionary<string, double>> report)
    {
        Line($"{split}: figures of the detector");
        foreach (var (part, figures) in report)
        {
            Line($"");
            Line($"{part}");
            foreach (var (name, value) in figures)
                Line($"  {name,-52} {value.ToString(FormatOf(Math.Abs(value)), CultureInfo.InvariantCulture),10}");
        }
    }

    static void PrintStocks(IReadOnlyList<DetectStockPeer> peers)
    {
        Line($"");
        Line($"core / fine recall at 1 false alarm in 1,000,        in 100,           AP,   at its defaults: false alarms per 1,000 / core / fine");
        foreach (var peer in peers)
            Line($"  {peer}");
    }

    static void PrintFlows(string split, IReadOnlyList<DetectPeer> peers)
    {
        Line($"");
        Line(
            $"{"core recall at 1 false alarm in 1,000 / in 100",-48} DEV    HELD-OUT  in 100     AP   at its defaults: false alarms per 1,000 / "
                + "core / precision");
        foreach (var peer in peers)
            Line(
                $"  {peer.Name,-46} {peer.CoreOnDev,5:0.000} {peer.Core,9:0.000} {peer.CoreAtHundred,7:0.000} {peer.AveragePrecision,6:0.000}  "
                    + $" {peer.AtDefaults.FalseAlarms,5:0.#} / {peer.AtDefaults.Core:0.00} / {peer.AtDefaults.Precision:0.000}");
        Line($"The last two are measured in this run, in 100 and AP on {split} too; those before them on HELD-OUT unless said.");
    }

    static void Line(string text) => Console.WriteLine(text);
}
