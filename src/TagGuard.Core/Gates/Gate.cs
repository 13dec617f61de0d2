using TagGuard.Facts;
using TagGuard.Phrases;

namespace TagGuard.Gates;

/// <summary>Decides whether a stage's gate opens. It fails closed: no verdict at all keeps it shut.</summary>
public static class Gate
{
    /// <param name="judgements">All judgements of the stage.</param>
    /// <param name="earlier">Stages before this one in the plan whose gates are closed for the date, or were never judged.</param>
    /// <param name="waitRanOut">Whether what closes it was waited for in vain: then it is not ready, whatever it lacks.</param>
    /// <param name="incidents">What is told of the judgements, the worst first: the reason is an incident's fact, not one of its members'.</param>
    public static GateDecision Decide(
        IReadOnlyCollection<Judgement> judgements,
        IReadOnlyList<string> earlier,
        bool waitRanOut = false,
        IReadOnlyList<Incident>? incidents = null)
    {
        var closing = judgements.Where(judgement => judgement.ClosesGate).ToList();
        var exit = Worst(closing.Select(ExitOf));
        var worst = closing.Where(judgement => ExitOf(judgement) == exit).MinBy(judgement => judgement.Series);
        if (worst is not null)
        {
            var why = WhyClosed([.. (incidents ?? []).Where(incident => incident.Blocking)], exit) ?? WhyClosed(closing, worst);
            return waitRanOut
                ? new GateDecision(false, GateExit.NotReady, new Phrase("gate.wait_ran_out").And(why))
                : new GateDecision(false, exit, why);
        }
        if (judgements.Count == 0)
            return new GateDecision(false, GateExit.CouldNotTell, new Phrase("gate.nothing_judged"));
        if (earlier.Count > 0)
            return new GateDecision(false, GateExit.CouldNotTell, Held(earlier)) { HeldBy = earlier };
        var warnings = judgements.Count(judgement => judgement.Verdict != Verdict.Pass);
        return new GateDecision(
            true,
            GateExit.Open,
            warnings > 0 ? new Phrase("gate.opens_warned", ("verdicts", judgements.Count), ("warnings", warnings))
                : judgements.Count == 1 ? new Phrase("gate.opens_one")
                : new Phrase("gate.opens", ("verdicts", judgements.Count)));
    }

    static Phrase WhyClosed(List<Judgement> closing, Judgement worst)
    {
        (string, object?)[] said = [("series", worst.Series.ToString()), ("said", worst.Said)];
        return closing.Count == 1 ? new Phrase("gate.closed_by", said) : new Phrase("gate.closed_by_more", [.. said, ("count", closing.Count - 1)]);
    }

    /// <summary>The first incident that gives the gate its exit, a fault of its own before what follows from another; null when none does.</summary>
    static Phrase? WhyClosed(List<Incident> closing, GateExit exit)
    {
        var first = closing
            .Where(incident => ExitOf(incident.Verdict, incident.Finding) == exit)
            .OrderBy(incident => incident.FollowsFrom is not null)
            .FirstOrDefault();
        if (first is null)
            return null;
        (string, object?)[] said = [("what", first.What)];
        return closing.Count == 1 ? new Phrase("gate.closed_by_incident", said)
            : new Phrase("gate.closed_by_incidents", [.. said, ("count", closing.Count - 1)]);
    }

    /// <summary>What a stage says whose own checks pass.</summary>
    internal static Phrase Held(IReadOnlyList<string> before) => new("gate.held", ("stages", string.Join(", ", before)));

    /// <summary>The exit of several stages together: bad data beats could-not-tell beats not ready beats open.</summary>
    public static GateExit Worst(IEnumerable<GateExit> exits) => exits.DefaultIfEmpty(GateExit.CouldNotTell).Aggregate(Worse);

    /// <summary>The worse of two.</summary>
    public static GateExit Worse(GateExit one, GateExit other) => RankOf(one) >= RankOf(other) ? one : other;

    static int RankOf(GateExit exit) => exit switch
    {
        GateExit.Open => 0,
        GateExit.NotReady => 1,
        GateExit.CouldNotTell => 2,
        _ => 3,
    };

    static GateExit ExitOf(Judgement closing) => ExitOf(closing.Verdict, closing.Finding);

    static GateExit ExitOf(Verdict verdict, Finding finding) => (verdict, finding) switch
    {
        (Verdict.Unknown, _) => GateExit.CouldNotTell,
        (_, Finding.NotReady) => GateExit.NotReady,
        _ => GateExit.BadData,
    };
}
