using TagGuard.Facts;
using TagGuard.Phrases;

namespace TagGuard.Gates;

/// <summary>Decides whether a stage's gate opens. It fails closed: no verdict at all keeps it shut.</summary>
public static class Gate
{
    /// <param name="judgements">All judgements of the stage.</param>
    /// <param name="earlier">Stages before this one in the plan whose gates are closed for the date, or were never judged.</param>
    /// <param name="waitRanOut">Whether what closes it was waited for in vain: then it is not ready, whatever it lacks.</param>
    public static GateDecision Decide(IReadOnlyCollection<Judgement> judgements, IReadOnlyList<string> earlier, bool waitRanOut = false)
    {
        var closing = judgements.Where(judgement => judgement.ClosesGate).ToList();
        var exit = Worst(closing.Select(ExitOf));
        var worst = closing.Where(judgement => ExitOf(judgement) == exit).MinBy(judgement => judgement.Series);
        if (worst is not null)
        {
            (string, object?)[] said = [("series", worst.Series.ToString()), ("said", worst.Said)];
            var why =
                closing.Count == 1 ? new Phrase("gate.closed_by", said) : new Phrase("gate.closed_by_more", [.. said, ("count", closing.Count - 1)]);
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

    static GateExit ExitOf(Judgement closing) => (closing.Verdict, closing.Finding) switch
    {
        (Verdict.Unknown, _) => GateExit.CouldNotTell,
        (_, Finding.NotReady) => GateExit.NotReady,
        _ => GateExit.BadData,
    };
}
