using TagGuard.Detection;

namespace TagGuard.Benchmarks.Detect;

/// <summary>From scores to figures, each by its name: recall of each fault, false alarms, what happens after and before.</summary>
sealed class DetectMetrics(DetectSet set, double[] scores)
{
    /// <summary>The single-day faults by label, factor, and whether they count as core.</summary>
    static readonly (string Label, double Size, bool IsCore)[] Kinds =
    [
        ("drop", 0, true), ("drop", 0.3, true), ("drop", 0.5, true), ("drop", 0.7, true), ("drop", 0.85, false),
        ("spike", 1.2, false), ("spike", 1.5, true), ("spike", 2, true), ("dup", 2, true), ("spike", 10, true), ("stale", 1, false),
    ];

    static readonly string[] SlowFaults = ["inflate", "leak"];

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
        foreach (var (label, size, _) in Kinds)
            figures[Name(label, size)] = Share(Faults(label, size), Alarms);
        figures["core"] = Kinds.Where(kind => kind.IsCore).Average(kind => figures[Name(kind.Label, kind.Size)]);
        figures["all"] = Kinds.Average(kind => figures[Name(kind.Label, kind.Size)]);
        figures["precision at 1 fault in 1,000"] = Precision(figures["all"], figures["false alarms per 1,000"] / 1000, 0.001);
        foreach (var (name, least, most) in new[] { ("quiet", 0, 0.08), ("mid", 0.08, 0.25), ("noisy", 0.25, 99) })
            figures[$"core, {name}"] = CoreOf(i => set.Noise[set.Rows[i].Series] is var noise && noise >= least && noise < most, Alarms);
        foreach (var (name, least, most) in new[] { ("14 to 27", 14, 28), ("28 to 119", 28, 120), ("120 and more", 120, 9999) })
            figures[$"core, {name} days seen"] = CoreOf(i => set.Rows[i].History >= least && set.Rows[i].History < most, Alarms);
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
            ["core, alarms alone"] = CoreOf(_ => true, alarms.Contains),
            ["core, with members of incidents"] = CoreOf(_ => true, told.Contains),
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
        foreach (var label in SlowFaults)
        {
            var found = Sequences(label, 21).ConvertAll(days => days.Where(alarms).Select(i => set.Rows[i].K).DefaultIfEmpty(99).Min());
            foreach (var day in new[] { 7, 14, 21 })
                figures[$"{(label == "leak" ? "-3 % a day" : "+3 % a day")} by day {day}"] = Share(found, k => k < day);
            figures[$"{(label == "leak" ? "-3 % a day" : "+3 % a day")}: days to detect, median of those found"] = MedianDay(found);
        }
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

    double CoreOf(Func<int, bool> isOf, Func<int, bool> alarms) =>
        Kinds.Where(kind => kind.IsCore).Average(kind => Share(Faults(kind.Label, kind.Size).Where(isOf), alarms));

    /// <summary>The rows of each faulty sequence up to a day, by series and first day.</summary>
    List<List<int>> Sequences(string label, int days) =>
        [.. All.Where(i => set.Rows[i].Label == label && set.BatchOf[i].Type == "seq" && set.Rows[i].K < days)
            .GroupBy(i => (set.Rows[i].Series, set.Rows[i].Day - set.Rows[i].K))
            .Select(group => group.ToList())];

    static string Name(string label, double size) => FormattableString.Invariant($"{label} x{size}");

    static double Flag(bool value) => value ? 1 : 0;

    static double Share<T>(IEnumerable<T> items, Func<T, bool> isSo) => items.Select(item => Flag(isSo(item))).DefaultIfEmpty(double.NaN).Average();

    static double Precision(double recall, double falseAlarms, double prevalence) =>
        prevalence * recall / (prevalence * recall + (1 - prevalence) * falseAlarms);
}
