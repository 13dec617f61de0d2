using TagGuard.Facts;

namespace TagGuard.Judgements.Detect;

/// <summary>Finds tags of which some lost as many users as others got: a value was renamed, split or merged, and nobody was lost.</summary>
/// <remarks>What is found is told as one incident; each tag keeps its verdict, for whoever uses the old name has no users any more.</remarks>
static class Renames
{
    /// <summary>Fewer users than these are lost and found by chance.</summary>
    const double MinUsers = 20;

    /// <summary>What was lost and what was found differ at most by this part, and by this part of tags of different families.</summary>
    const double MostApart = 0.02;

    const double MostApartElsewhere = 0.005;

    /// <summary>Users that come and go on any day.</summary>
    const double Few = 5;

    /// <summary>Most tags on one side.</summary>
    const int MostParts = 6;

    /// <summary>The judgements, those of renamed tags marked as one.</summary>
    public static IReadOnlyList<Judgement> Mark(IReadOnlyList<Judgement> judgements)
    {
        var lost = judgements.Where(IsLoss).OrderByDescending(Users).ThenBy(tag => tag.Series).ToList();
        var found = judgements.Where(IsGain).OrderByDescending(Users).ThenBy(tag => tag.Series).ToList();
        if (lost.Count == 0 || found.Count == 0)
            return judgements;
        var moves = new Dictionary<SeriesId, SharedMove>();
        foreach (var one in lost.ToList())
        {
            var like = found.Where(other => IsSame(Users(one), Users(other), one, other));
            if (like.MinBy(other => (FamilyOf(one) != FamilyOf(other), Math.Abs(Users(one) - Users(other)))) is { } same)
                Tell(moves, lost, found, [one], [same]);
        }
        foreach (var family in lost.Select(FamilyOf).Distinct().ToList())
        {
            Judgement[] from = [.. lost.Where(tag => FamilyOf(tag) == family)], to = [.. found.Where(tag => FamilyOf(tag) == family)];
            if (family.Length > 0
                && (from.Length == 1 || to.Length == 1)
                && from.Length is > 0 and <= MostParts
                && to.Length is > 0 and <= MostParts
                && IsSame(from.Sum(Users), to.Sum(Users), from[0], to[0]))
                Tell(moves, lost, found, from, to);
        }
        return moves.Count == 0 ? judgements
            : [.. judgements.Select(tag => moves.TryGetValue(tag.Series, out var move) ? tag with { Shared = move } : tag)];
    }

    static void Tell(
        Dictionary<SeriesId, SharedMove> moves,
        List<Judgement> lost,
        List<Judgement> found,
        Judgement[] from,
        Judgement[] to)
    {
        var name = $"{string.Join(", ", from.Select(tag => tag.Series.Key))} -> {string.Join(", ", to.Select(tag => tag.Series.Key))}";
        var finding = from.All(tag => tag.Finding == Finding.Zero) ? Finding.Zero : Finding.Drop;
        var move = new SharedMove(Extent.Renamed, name, finding, from.Length + to.Length);
        foreach (var tag in from.Concat(to))
            moves.Add(tag.Series, move);
        lost.RemoveAll(from.Contains);
        found.RemoveAll(to.Contains);
    }

    static bool IsLoss(Judgement tag) => IsAlone(tag) && tag.Finding is Finding.Zero or Finding.Drop && Users(tag) >= MinUsers;

    static bool IsGain(Judgement tag) => IsAlone(tag) && tag.Finding is Finding.New or Finding.Rise && Users(tag) >= MinUsers;

    static bool IsAlone(Judgement tag) => tag is { Verdict: not Verdict.Pass, Shared: null, Value: not null, Series.Key.Length: > 0 };

    /// <summary>Users that a tag lost, or got.</summary>
    public static double Users(Judgement tag) => Math.Abs((tag.Value ?? 0) - (tag.Expected ?? 0));

    static bool IsSame(double lost, double found, Judgement from, Judgement to) =>
        Math.Abs(lost - found) <= Math.Max((FamilyOf(from) == FamilyOf(to) ? MostApart : MostApartElsewhere) * lost, Few);

    static string FamilyOf(Judgement tag) => TagFamily.Of(tag.Series.Key);
}
