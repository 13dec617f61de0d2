using TagGuard.Facts;
using TagGuard.Gates;

namespace TagGuard.Rendering;

/// <summary>Words, signs and colour classes for verdicts, gates and metrics. A colour never stands alone.</summary>
static class Words
{
    public static string ClassOf(Verdict verdict) => verdict switch
    {
        Verdict.Pass => "pass",
        Verdict.Warn => "warn",
        Verdict.Unknown => "unknown",
        _ => "fail",
    };

    public static string Of(Verdict verdict) => ClassOf(verdict);

    public static string SignOf(Verdict verdict) => verdict switch
    {
        Verdict.Pass => "✓",
        Verdict.Warn => "!",
        Verdict.Unknown => "?",
        _ => "✕",
    };

    public static Markup Badge(Verdict verdict) => Markup.Of($"<span class=\"badge {ClassOf(verdict)}\">{SignOf(verdict)} {verdict.ToString()}</span>");

    public static string Of(Finding finding) => finding switch
    {
        Finding.NoHistory => "no history",
        Finding.NotReady => "not ready",
        Finding.StaleCopy => "stale copy",
        Finding.NoId => "no id",
        Finding.ImpossibleTime => "impossible time",
        _ => finding.ToString().ToLowerInvariant(),
    };

    public static Verdict ColourOf(GateStanding standing) => standing switch
    {
        GateStanding.Open => Verdict.Pass,
        GateStanding.OpenByOverride => Verdict.Warn,
        GateStanding.NotReady or GateStanding.Running or GateStanding.OutOfDate or GateStanding.FromTheFuture or GateStanding.NotJudged
            or GateStanding.WithoutVerdicts or GateStanding.PlanChanged or GateStanding.Held or GateStanding.CouldNotTell => Verdict.Unknown,
        _ => Verdict.Fail,
    };

    public static string SignOf(GateStanding standing) => standing switch
    {
        GateStanding.Open => "✓",
        GateStanding.OpenByOverride => "!",
        GateStanding.Running or GateStanding.NotReady => "…",
        GateStanding.Held => "⏸",
        GateStanding.OutOfDate or GateStanding.FromTheFuture or GateStanding.NotJudged or GateStanding.WithoutVerdicts
            or GateStanding.PlanChanged or GateStanding.CouldNotTell => "?",
        _ => "✕",
    };

    public static string Of(GateStanding standing) => standing switch
    {
        GateStanding.Open => "open",
        GateStanding.OpenByOverride => "open by override",
        GateStanding.NotReady => "closed: not ready yet",
        GateStanding.Running => "closed: run not finished",
        GateStanding.OutOfDate => "closed: verdict too old",
        GateStanding.FromTheFuture => "closed: a clock is wrong",
        GateStanding.NotJudged => "closed: not judged",
        GateStanding.WithoutVerdicts => "closed: verdicts missing",
        GateStanding.PlanChanged => "closed: plan changed",
        GateStanding.Held => "closed: held",
        GateStanding.CouldNotTell => "closed: could not tell",
        _ => "closed: bad data",
    };

    public static string OfMetric(string metric) => metric switch
    {
        Metrics.TagCount => "users",
        Metrics.ReadyMinutes => "ready after midnight",
        Metrics.LagMinutes => "behind the end of the day",
        _ => metric.Replace('_', ' '),
    };

    /// <summary>What a series is called where its check is known.</summary>
    public static string NameOf(SeriesId series) => series.Key.Length > 0 ? series.Key : OfMetric(series.Metric);
}
