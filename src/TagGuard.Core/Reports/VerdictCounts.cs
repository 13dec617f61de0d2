using TagGuard.Facts;

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

    public static VerdictCounts Of(IEnumerable<Judgement> judgements)
    {
        var counts = new int[4];
        foreach (var judgement in judgements)
            counts[(int)judgement.Verdict]++;
        return new VerdictCounts(counts[(int)Verdict.Fail], counts[(int)Verdict.Unknown], counts[(int)Verdict.Warn], counts[(int)Verdict.Pass]);
    }
}
