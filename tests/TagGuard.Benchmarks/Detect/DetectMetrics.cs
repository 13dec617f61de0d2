using TagGuard.Detection;

namespace TagGuard.Benchmarks.Detect;

/// <summary>From scores to figures, each by its name: recall of each fault, false alarms, what happens after and before.</summary>
sealed class DetectMetrics(DetectSet set, double[] scores)
{
    /// <summary>The single-day faults that anyone must find, as far as a split holds them.</summary>
    static readonly (string Label, double Size)[] Core =
        [("drop", 0), ("drop", 0.3), ("drop", 0.5), ("drop", 0.7), ("spike", 1.5), ("spike", 2), ("dup", 2), ("spike", 10)];

    /// <summary>Those that only a stock is calm enough for.</summary>
    static readonly (string Label, double Size)[] Fine =
    [
        ("drop", 0.8), ("drop", 0.85), ("drop", 0.9), ("drop", 0.95), ("drop", 0.98),
        ("spike", 1.02), ("spike", 1.05), ("spike", 1.1), ("spike", 1.2),
    ];

    static readonly string[] SlowFaults = ["inflate", "leak"];

    /// <summary>Every kind and size of single-day faults that the split holds.</summary>
    readonly List<(string Label, double Size)> _kinds =
        [.. set.Rows.Where((row, i) => set.BatchOf[i].Type == "single" && row.Label is "drop" or "spike" or "dup" or "stale")
            .Select(row => (row.Label, row.Size)).Distinct().Order()];

    /// <summary>Whether the split holds faults that only a stock is calm enough for.</summary>
    public bool HasSmallFaults => Fine.All(_kinds.Contains);

    readonly bool[] _isClean = [.. set.Rows.Select((row, i) => row.Label == "clean" && !row.IsBreak && set.BatchOf[i].Type is ("single" or "seq"))];

    /// <summary>The smallest threshold with at most this share of clean rows above it.</summary>
    public double Threshold(double share)
    {
        var clean = Clean.Select(i => scores[i]).OrderDescending().ToArray();
        return clean[Math.Min((int)(share * clean.Length), clean.Length - 1)];
    }

    /// <summary>Every figure at one threshold.</summary>
    public Dictionary<string, double> At(double threshold)
    {
        bool Alarms(int i) => scores[i] > threshold;
        var figures = new Dictionary<string, double>
        {
            ["threshold"] = threshold,
            ["false alarms per 1,000"] = 1000 * Share(Clean, Alarms),
        };
        foreach (var (label, size) in _kinds)
            figures[Name(label, size)] = Share(Faults(label, size), Alarms);
        figures["core"] = MeanOf(Core, _ => true, Alarms);
        figures["fine"] = MeanOf(Fine, _ => true, Alarms);
        figures["all"] = _kinds.Select(kind => figures[Name(kind.Label, kind.Size)]).DefaultIfEmpty(double.NaN).Average();
        figures["precision at 1 fault in 1,000"] = Precision(figures["all"], figures["false alarms per 1,000"] / 1000, 0.001);
        foreach (var (name, least, most) in new[] { ("quiet", 0, 0.08), ("mid", 0.08, 0.25), ("noisy", 0.25, 99) })
            figures[$"core, {name}"] = MeanOf(Core, i => set.Noise[set.Rows[i].Series] is var noise && noise >= least && noise < most, Alarms);
        foreach (var (name, least, most) in new[] { ("14 to 27", 14, 28), ("28 to 119", 28, 120), ("120 and more", 120, 9999) })
            figures[$"core, {name} days seen"] = MeanOf(Core, i => set.Rows[i].History >= least && set.Rows[i].History < most, Alarms);
        foreach (var (name, least, most) in new[] { ("under 50", 0, 50), ("50 to 500", 50, 500), ("500 and more", 500, int.MaxValue) })
            figures[$"fine, {name} users"] = MeanOf(Fine, i => set.Level[set.Rows[i].Series] is var level && level >= least && level < most, Alarms);
        figures["holidays, alarms per 1,000"] = 1000 * Share(All.Where(i => set.BatchOf[i].Type == "holiday" && !set.Rows[i].IsBreak), Alarms);
        figures["echo on the next day"] = Share(All.Where(i => set.Rows[i].Label == "echo1"), Alarms);
        figures["echo a week later"] = Share(All.Where(i => set.Rows[i].Label == "echo7"), Alarms);
        Slow(figures, Alarms);
        return figures;
    }

    /// <summary>What a morning really tells: a row counts as told when it alarms by itself or is a member of an incident.</summary>
    public Dictionary<string, double> AsTold(IReadOnlyList<MorningResult> results)
    {
        var alarms = new HashSet<int>();
        var told = new HashSet<int>();
        foreach (var (batch, result) in set.Batches.Zip(results))
        {
            alarms.UnionWith(DetectTold.Alone(result).Select(i => batch.Rows[i]));
            told.UnionWith(result.Incidents.SelectMany(incident => incident.Members).Select(i => batch.Rows[i]));
        }
        told.UnionWith(alarms);
        return new()
        {
            ["false alarms per 1,000"] = 1000 * Share(Clean, alarms.Contains),
            ["core, alarms alone"] = MeanOf(Core, _ => true, alarms.Contains),
            ["core, with members of incidents"] = MeanOf(Core, _ => true, told.Contains),
            ["fine, alarms alone"] = MeanOf(Fine, _ => true, alarms.Contains),
        };
    }

    /// <summary>Average precision of the single-day faults among clean rows, weighted to this share of faults.</summary>
    public double AveragePrecision(double prevalence)
    {
        var faults = All.Where(i => set.BatchOf[i].Type == "single" && set.Rows[i].Label is not ("clean" or "ctx"))
            .Select(i => (Score: scores[i], IsFault: true))
            .ToList();
        var clean = Clean.Where(i => set.BatchOf[i].Type == "single").Select(i => (Score: scores[i], IsFault: false)).ToList();
        var (found, wrong, area, before) = (0.0, 0.0, 0.0, 0.0);
        foreach (var same in faults.Concat(clean).GroupBy(entry => entry.Score).OrderByDescending(group => group.Key))
        {
            found += prevalence / faults.Count * same.Count(entry => entry.IsFault);
            wrong += (1 - prevalence) / clean.Count * same.Count(entry => !entry.IsFault);
            area += (found - before) / prevalence * (found / (found + wrong));
            before = found;
        }
        return area;
    }

    /// <summary>Faults of several days: when they are found, and how long a legitimate shift keeps alarming.</summary>
    void Slow(Dictionary<string, double> figures, Func<int, bool> alarms)
    {
        var partial = Sequences("partial", 4);
        figures["partial load on day 1"] =
            partial.Count == 0 ? double.NaN : partial.Average(days => Flag(days.Any(i => set.Rows[i].K == 0 && alarms(i))));
        figures["partial load within 4 days"] = Share(partial, days => days.Any(alarms));
        foreach (var (label, size) in SlowFaults.SelectMany(label => SizesOf(label).Select(size => (label, size))))
        {
            var name = ADay(size);
            var found = Sequences(label, 21, size).ConvertAll(days => days.Where(alarms).Select(i => set.Rows[i].K).DefaultIfEmpty(99).Min());
            foreach (var day in new[] { 7, 14, 21 })
                figures[$"{name} by day {day}"] = Share(found, k => k < day);
            figures[$"{name}: days to detect, median of those found"] = MedianDay(found);
        }
        foreach (var size in SizesOf("shift"))
        {
            figures[FormattableString.Invariant($"lasting x{size} by day 3")] = Share(Sequences("shift", 3, size), days => days.Any(alarms));
            figures[FormattableString.Invariant($"lasting x{size}, alarm days in 28")] =
                Sequences("shift", 999, size).Select(days => (double)days.Count(alarms)).DefaultIfEmpty(double.NaN).Average();
        }
        foreach (var (label, name) in new[] { ("rename_from", "renamed, the old name"), ("rename_to", "renamed, the new name") })
            figures[name] = Share(All.Where(i => set.Rows[i].Label == label), alarms);
        var shifts = Sequences("shift", 999);
        figures["legitimate shift, alarm days in 28"] = shifts.Select(days => (double)days.Count(alarms)).DefaultIfEmpty(double.NaN).Average();
        figures["legitimate shift, alarms after day 7"] = Share(shifts.SelectMany(days => days.Where(i => set.Rows[i].K >= 7)), alarms);
    }

    /// <summary>The middle of the days on which faults were found, the first day being 1; NaN when none was found within 28.</summary>
    public static double MedianDay(IEnumerable<int> days)
    {
        var found = days.Where(k => k < 28).Order().ToList();
        return found.Count == 0 ? double.NaN : found[found.Count / 2] + 1;
    }

    IEnumerable<int> All => Enumerable.Range(0, scores.Length);

    IEnumerable<int> Clean => All.Where(i => _isClean[i]);

    IEnumerable<int> Faults(string label, double size) =>
        All.Where(i => set.Rows[i].Label == label && set.Rows[i].Size == size && set.BatchOf[i].Type == "single");

    /// <summary>The mean recall of those of some kinds that the split holds.</summary>
    double MeanOf((string Label, double Size)[] kinds, Func<int, bool> isOf, Func<int, bool> alarms) =>
        kinds.Where(_kinds.Contains).Select(kind => Share(Faults(kind.Label, kind.Size).Where(isOf), alarms))
            .Where(share => !double.IsNaN(share)).DefaultIfEmpty(double.NaN).Average();

    IEnumerable<double> SizesOf(string label) => set.Rows.Where(row => row.Label == label).Select(row => row.Size).Distinct().OrderDescending();

    /// <summary>The rows of each faulty sequence up to a day, by series and first day.</summary>
    List<List<int>> Sequences(string label, int days, double? size = null) =>
        [.. All.Where(i => set.BatchOf[i].Type == "seq" && set.Rows[i].Label == label && set.Rows[i].K < days)
            .Where(i => size is null || set.Rows[i].Size == size)
            .GroupBy(i => (set.Rows[i].Series, set.Rows[i].Day - set.Rows[i].K))
            .Select(group => group.ToList())];

    static string Name(string label, double size) => FormattableString.Invariant($"{label} x{size}");

    /// <summary>A slow fault by its size: "-1 % a day" for .99.</summary>
    public static string ADay(double size) => FormattableString.Invariant($"{100 * (size - 1):+0;-0} % a day");

    static double Flag(bool value) => value ? 1 : 0;

    static double Share<T>(IEnumerable<T> items, Func<T, bool> isSo) => items.Select(item => Flag(isSo(item))).DefaultIfEmpty(double.NaN).Average();

    static double Precision(double recall, double falseAlarms, double prevalence) =>
        prevalence * recall / (prevalence * recall + (1 - prevalence) * falseAlarms);
}
