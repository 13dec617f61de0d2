using TagGuard.Facts;
using TagGuard.Gates;

namespace TagGuard.Rendering;

/// <summary>Signs and colour classes for verdicts and gates. A colour never stands alone; what is not named here is shown as the worst.</summary>
static class Signs
{
    public static string ClassOf(Verdict verdict) => verdict switch
    {
        Verdict.Pass => "pass",
        Verdict.Warn => "warn",
        Verdict.Unknown => "unknown",
        _ => "fail",
    };

    public static string Of(Verdict verdict) => verdict switch
    {
        Verdict.Pass => "✓",
        Verdict.Warn => "!",
        Verdict.Unknown => "?",
        _ => "✕",
    };

    public static string ClassOf(GateStanding standing) => ClassOf(ColourOf(standing));

    public static Verdict ColourOf(GateStanding standing) => standing switch
    {
        GateStanding.Open => Verdict.Pass,
        GateStanding.OpenByOverride => Verdict.Warn,
        GateStanding.NotReady or GateStanding.Running or GateStanding.OutOfDate or GateStanding.FromTheFuture or GateStanding.NotJudged
            or GateStanding.WithoutVerdicts or GateStanding.PlanChanged or GateStanding.Held or GateStanding.CouldNotTell => Verdict.Unknown,
        _ => Verdict.Fail,
    };

    public static string Of(GateStanding standing) => standing switch
    {
        GateStanding.Open => "✓",
        GateStanding.OpenByOverride => "!",
        GateStanding.Running or GateStanding.NotReady => "…",
        GateStanding.Held => "‖",
        GateStanding.OutOfDate or GateStanding.FromTheFuture or GateStanding.NotJudged or GateStanding.WithoutVerdicts
            or GateStanding.PlanChanged or GateStanding.CouldNotTell => "?",
        _ => "✕",
    };
}
