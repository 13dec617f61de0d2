using System.Runtime.InteropServices;
using TagGuard.Facts;
using TagGuard.Judgements.Rules;

namespace TagGuard.Judgements.Incidents;

/// <summary>The tags of a family together.</summary>
/// <param name="Judged">How many were judged.</param>
/// <param name="Before">The sum of what was expected of them, users of several counted as often.</param>
/// <param name="Now">The sum of what was counted.</param>
readonly record struct FamilyTally(int Judged, double Before, double Now);

/// <summary>The findings of one check that no incident has taken yet, in the order of their series whatever the order of the judgements.</summary>
sealed class UnclaimedFindings
{
    readonly List<Judgement> _totals;
    readonly Dictionary<SeriesId, Judgement> _tags = [];
    readonly Dictionary<string, FamilyTally> _families = [];
    readonly Dictionary<string, Judgement> _usersOf = [];
    readonly Dictionary<string, Judgement> _familyMoves = [];

    /// <param name="judgements">All judgements of the check.</param>
    /// <param name="families">How its tags are put into families.</param>
    public UnclaimedFindings(IReadOnlyList<Judgement> judgements, TagFamilies families)
    {
        Families = families;
        JudgedTags = CountJudged(judgements);
        // Two rules that tell the same of one series tell it once, by the worse of them.
        foreach (var family in judgements.Where(judgement => judgement.Series.IsFamily))
        {
            _usersOf[family.Series.Key] = family;
            if (family.Verdict != Verdict.Pass)
                _familyMoves[family.Series.Key] = family;
        }
        foreach (var tag in Found(judgements).Where(judgement => judgement.Series.Key.Length > 0 && !judgement.Series.IsFamily))
        {
            ref var worst = ref CollectionsMarshal.GetValueRefOrAddDefault(_tags, tag.Series, out var isTold);
            worst = isTold ? Worst([worst!, tag]) : tag;
        }
        _totals = [.. Found(judgements.Where(judgement => judgement.Series.Key.Length == 0))
            .GroupBy(total => (total.Series, total.Finding))
            .Select(same => Worst([.. same]))
            .OrderBy(total => total.Series).ThenBy(total => total.Finding)];
        Total = judgements
            .Where(judgement =>
                judgement is { Series.Key: "", Series.Metric: Metrics.TaggedUsers, Value: not null, Expected: not null }
                && !judgement.IsOf<StaleRule>())
            .OrderByDescending(judgement => judgement.Verdict)
            .ThenBy(judgement => judgement.Rule, StringComparer.Ordinal)
            .FirstOrDefault();
    }

    /// <summary>Counts the tags that were judged, by family; each once, by however many rules.</summary>
    int CountJudged(IReadOnlyList<Judgement> judgements)
    {
        var judged = new HashSet<SeriesId>(judgements.Count);
        foreach (var judgement in judgements)
        {
            if (judgement.Series.Key.Length == 0 || judgement.Series.IsFamily || !judged.Add(judgement.Series))
                continue;
            ref var family = ref CollectionsMarshal.GetValueRefOrAddDefault(_families, Families.Of(judgement.Series.Key), out _);
            family = new FamilyTally(family.Judged + 1, family.Before + (judgement.Expected ?? 0), family.Now + (judgement.Value ?? 0));
        }
        return judged.Count;
    }

    /// <summary>How the tags are put into families.</summary>
    public TagFamilies Families { get; }

    public bool IsEmpty => _tags.Count == 0 && _totals.Count == 0 && _familyMoves.Count == 0;

    /// <summary>Tags that were judged, found or not.</summary>
    public int JudgedTags { get; }

    /// <summary>The judgement of the users with any tag, whatever its verdict; null when they were not judged against a number.</summary>
    public Judgement? Total { get; }

    public IEnumerable<Judgement> Tags => _tags.Values;

    public FamilyTally Of(string family) => _families[family];

    /// <summary>The judgement of a family's users, whatever its verdict; null when they were not judged against a number.</summary>
    public Judgement? UsersOf(string family) => _usersOf.GetValueOrDefault(family) is { Value: not null, Expected: not null } users ? users : null;

    /// <summary>The moves of whole families that are left.</summary>
    public IReadOnlyList<Judgement> FamilyMoves => [.. _familyMoves.Values.OrderBy(family => family.Series)];

    /// <summary>Takes the moves of the families of some tags that went the way of these: they are the same fault.</summary>
    public IReadOnlyList<Judgement> TakeFamiliesOf(IEnumerable<Judgement> tags)
    {
        var taken = new List<Judgement>();
        foreach (var tag in tags.Where(tag => IsMove(tag, lower: true) || IsMove(tag, lower: false)))
        {
            var family = Families.Of(tag.Series.Key);
            if (_familyMoves.TryGetValue(family, out var move) && IsMove(move, lower: true) == IsMove(tag, lower: true))
            {
                _familyMoves.Remove(family);
                taken.Add(move);
            }
        }
        return taken;
    }

    public IReadOnlyList<Judgement> TakeFamilies(Func<Judgement, bool> which)
    {
        var taken = FamilyMoves.Where(which).ToList();
        foreach (var family in taken)
            _familyMoves.Remove(family.Series.Key);
        return taken;
    }

    public bool Has(Judgement tag) => _tags.ContainsKey(tag.Series);

    /// <summary>What is left, by family; tags without one are not among them.</summary>
    public IReadOnlyList<IGrouping<string, Judgement>> TagsByFamily() => [.. _tags.Values
        .OrderBy(tag => tag.Series)
        .GroupBy(tag => Families.Of(tag.Series.Key))
        .Where(family => family.Key.Length > 0)
        .OrderBy(family => family.Key, StringComparer.Ordinal)];

    public List<Judgement> TakeTags(Func<Judgement, bool> which)
    {
        var taken = _tags.Values.Where(which).ToList().InOrder(tag => tag.Series);
        Take(taken);
        return taken;
    }

    public void Take(IEnumerable<Judgement> tags)
    {
        foreach (var tag in tags)
            _tags.Remove(tag.Series);
    }

    public IReadOnlyList<Judgement> Totals => _totals;

    public List<Judgement> TakeTotals(Func<Judgement, bool> which)
    {
        var taken = _totals.Where(which).ToList();
        _totals.RemoveAll(taken.Contains);
        return taken;
    }

    /// <summary>Whether a judgement found a fall (to zero or not), or a rise.</summary>
    public static bool IsMove(Judgement judgement, bool lower) =>
        lower ? judgement.Finding is Finding.Zero or Finding.Drop : judgement.Finding == Finding.Rise;

    /// <summary>Users that a finding is about: those expected, else those counted.</summary>
    public static double Weight(Judgement judgement) => judgement.Expected ?? judgement.Value ?? 0;

    /// <summary>How far a finding is from what was expected, as a factor of at least 1.</summary>
    public static double Moved(Judgement judgement)
    {
        var (value, expected) = (Math.Max(judgement.Value ?? 0, 0) + 1, Math.Max(judgement.Expected ?? 0, 0) + 1);
        return Math.Max(value / expected, expected / value);
    }

    public static Judgement Largest(IReadOnlyList<Judgement> judgements) =>
        judgements.OrderByDescending(Weight).ThenBy(judgement => judgement.Series).First();

    /// <summary>The worst; of equals the largest.</summary>
    public static Judgement Worst(IReadOnlyList<Judgement> judgements) => judgements
        .OrderByDescending(judgement => judgement.ClosesGate)
        .ThenByDescending(judgement => judgement.Verdict)
        .ThenByDescending(Weight)
        .ThenBy(judgement => judgement.Series)
        .ThenBy(judgement => judgement.Rule, StringComparer.Ordinal)
        .First();

    static IEnumerable<Judgement> Found(IEnumerable<Judgement> judgements) => judgements.Where(judgement => judgement.Verdict != Verdict.Pass);
}
