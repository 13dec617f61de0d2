using System.Text;
using TagGuard.Facts;

namespace TagGuard.Judgements.Detect;

/// <summary>Finds tags of which some lost as many users as others got: a value was renamed, split or merged, and nobody was lost.</summary>
/// <remarks>What is found is told as one incident; each tag keeps its verdict, for whoever uses the old name has no users any more.</remarks>
/// <param name="families">How tags are put into families.</param>
sealed class Renames(TagFamilies families)
{
    /// <summary>Fewer users than these are lost and found by chance.</summary>
    const double MinUsers = 20;

    /// <summary>What was lost and what was found differ at most by this part, and by this part of tags of different families.</summary>
    const double MostApart = 0.02;

    const double MostApartElsewhere = 0.005;

    /// <summary>The same of a name in other letters: the name says more than the numbers.</summary>
    const double MostApartInOtherCase = 0.1;

    /// <summary>The name of the move of tags that are the same but for case.</summary>
    public const string InOtherCase = "case";

    /// <summary>Users that come and go on any day.</summary>
    const double Few = 5;

    /// <summary>Most tags on one side.</summary>
    const int MostParts = 6;

    /// <summary>The judgements, those of renamed tags marked as one.</summary>
    public IReadOnlyList<Judgement> Mark(IReadOnlyList<Judgement> judgements)
    {
        var moves = new Dictionary<SeriesId, SharedMove>();
        TellCase(moves, judgements);
        var rest = judgements.Where(tag => !moves.ContainsKey(tag.Series)).OrderByDescending(Users).ThenBy(tag => tag.Series).ToList();
        List<Judgement> lost = [.. rest.Where(IsLoss)], found = [.. rest.Where(IsGain)];
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

    /// <summary>Tags whose users are now under the same name in other letters, whatever else moved: all of them are one change of writing.</summary>
    static void TellCase(Dictionary<SeriesId, SharedMove> moves, IReadOnlyList<Judgement> judgements)
    {
        var gains = judgements.Where(tag => IsTold(tag) && tag.Finding is Finding.New or Finding.Rise && Users(tag) >= MinUsers)
            .ToLookup(tag => Folded(tag.Series.Key));
        if (gains.Count == 0)
            return;
        var pairs = judgements
            .Where(tag => IsTold(tag) && tag.Finding is Finding.Zero or Finding.Drop && Users(tag) >= MinUsers)
            .Select(tag => (From: tag, To: gains[Folded(tag.Series.Key)].ToList()))
            .Where(pair => pair.To.Count == 1 && IsWithin(Users(pair.From), Users(pair.To[0]), MostApartInOtherCase))
            .ToList();
        var move = new SharedMove(Extent.Renamed, InOtherCase, Finding.Zero, pairs.Count);
        foreach (var tag in pairs.SelectMany(pair => pair.To.Prepend(pair.From)))
            moves.TryAdd(tag.Series, move);
    }

    /// <summary>Names that differ by case, width or spaces alone are the same.</summary>
    public static string Folded(string name) => name.Normalize(NormalizationForm.FormKC).Trim().ToLowerInvariant();

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

    static bool IsAlone(Judgement tag) => IsTold(tag) && tag.Shared is null;

    static bool IsTold(Judgement tag) => tag is { Verdict: not Verdict.Pass, Value: not null, Series.Key.Length: > 0 };

    /// <summary>Users that a tag lost, or got.</summary>
    public static double Users(Judgement tag) => Math.Abs((tag.Value ?? 0) - (tag.Expected ?? 0));

    bool IsSame(double lost, double found, Judgement from, Judgement to) =>
        IsWithin(lost, found, FamilyOf(from) == FamilyOf(to) ? MostApart : MostApartElsewhere);

    static bool IsWithin(double lost, double found, double part) => Math.Abs(lost - found) <= Math.Max(part * lost, Few);

    string FamilyOf(Judgement tag) => families.Of(tag.Series.Key);
}
