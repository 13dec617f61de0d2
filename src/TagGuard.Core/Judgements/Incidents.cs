namespace TagGuard.Judgements;

/// <summary>Puts findings together that belong together, so that one fault is told once.</summary>
public static class Incidents
{
    /// <summary>Incidents of one check, worst first.</summary>
    /// <param name="judgements">All judgements of the check.</param>
    /// <param name="owner">Whom to tell.</param>
    /// <param name="runbook">What the plan says to do first; empty for the usual advice.</param>
    public static IReadOnlyList<Incident> From(IReadOnlyList<Judgement> judgements, string owner, string runbook) => [];
}
