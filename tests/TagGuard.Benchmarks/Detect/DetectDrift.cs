using TagGuard.Detection.Drifts;

namespace TagGuard.Benchmarks.Detect;

/// <summary>The weekly list of drifts: what it finds of slow faults by which day, and what
/// it tells of clean tags when each is told once in 28 days.</summary>
static class DetectDrift
{
    const int DaysOfSequence = 28;

    public static Dictionary<string, double> Of(DetectSet set)
    {
        var listed = new HashSet<int>();
        foreach (var batch in set.Batches.Where(batch => batch.Type == "seq"))
            listed.UnionWith(Drift.Digest(set.MorningOf(batch)).Select(drift => batch.Rows[drift.Tag]));
        var rows = Enumerable.Range(0, set.Rows.Count).Where(i => set.BatchOf[i].Type == "seq").ToList();
        var clean = rows.Where(i => set.Rows[i].Label == "clean" && !set.Rows[i].IsBreak).ToList();
        var figures = new Dictionary<string, double>
        {
            ["false ones per 1,000 clean tag-days"] = clean.GroupBy(i => (set.Rows[i].Series, set.Rows[i].Day / DaysOfSequence))
                .Select(tag => tag.Any(listed.Contains) ? 1000.0 / DaysOfSequence : 0).DefaultIfEmpty(double.NaN).Average(),
        };
        var slow = rows.Where(i => set.Rows[i].Label is "inflate" or "leak").Select(i => (set.Rows[i].Label, set.Rows[i].Size)).Distinct().Order();
        foreach (var (label, size) in slow)
        {
            var name = DetectMetrics.ADay(size);
            var found = rows.Where(i => set.Rows[i].Label == label && set.Rows[i].Size == size)
                .GroupBy(i => (set.Rows[i].Series, set.Rows[i].Day - set.Rows[i].K))
                .Select(days => days.Where(listed.Contains).Select(i => set.Rows[i].K).DefaultIfEmpty(99).Min()).ToList();
            foreach (var day in new[] { 14, 21, 28 })
                figures[$"{name} by day {day}"] = found.Select(k => k < day ? 1.0 : 0).DefaultIfEmpty(double.NaN).Average();
            figures[$"{name}: days to detect, median of those found"] = DetectMetrics.MedianDay(found);
        }
        return figures;
    }
}
