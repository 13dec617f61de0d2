using TagGuard.Facts;
using TagGuard.Storage;

namespace TagGuard.Reports;

/// <summary>How many judgements there are of each verdict.</summary>
public readonly record struct VerdictCounts(int Fail, int Unknown, int Warn, int Pass)
{
    public int Total => Fail + Unknown + Warn + Pass;

    /// <summary>The worst verdict there is; Unknown when nothing was judged.</summary>
    public Verdict Worst => this switch
    {
        { Fail: > 0 } => Verdict.Fail,
        { Unknown: > 0 } or { Total: 0 } => Verdict.Unknown,
        { Warn: > 0 } => Verdict.Warn,
        _ => Verdict.Pass,
    };

    public static VerdictCounts Of(StoredStage stage) => Of(
        stage.Judgements.Select(stored => stored.Judgement), stage.Passes.Sum(stored => stored.Passes.Count));

    /// <param name="judgements">Judgements.</param>
    /// <param name="passes">Others that passed.</param>
    public static VerdictCounts Of(IEnumerable<Judgement> judgements, int passes = 0)
    {
        var counts = new VerdictCounts { Pass = passes };
        foreach (var judgement in judgements)
        {
            counts = judgement.Verdict switch
            {
                Verdict.Pass => counts with { Pass = counts.Pass + 1 },
                Verdict.Warn => counts with { Warn = counts.Warn + 1 },
                Verdict.Unknown => counts with { Unknown = counts.Unknown + 1 },
                _ => counts with { Fail = counts.Fail + 1 },
            };
        }
        return counts;
    }
}
