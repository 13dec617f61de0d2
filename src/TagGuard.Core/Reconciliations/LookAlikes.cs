using System.Text;
using TagGuard.Facts;

namespace TagGuard.Reconciliations;

/// <summary>Keys that are missing there under their own name, and are there under another.</summary>
/// <param name="By">How the names differ: spaces, zeros, prefix or encoding.</param>
/// <param name="Rows">Keys of which that is so.</param>
public sealed record RenamedKeys(string By, long Rows);

/// <summary>Looks whether the keys that are missing are those that are extra, written in another way; other letters are <see cref="OtherCase"/>'s.
/// </summary>
static class LookAlikes
{
    const int FewestRows = 3, LongestPrefix = 16;

    /// <summary>Of the missing keys, how many must be found again.</summary>
    const double LeastShare = 0.9;

    static readonly (string By, Func<string, string> Fold)[] Folds =
    [
        ("spaces", key => key.Trim()),
        ("zeros", key => key.TrimStart('0')),
        ("encoding", InAscii),
    ];

    /// <param name="keys">Keys of each kind, as many as are kept.</param>
    /// <returns>Null when they are other keys.</returns>
    public static RenamedKeys? Found(IReadOnlyList<Difference> keys)
    {
        var (missing, extra) = (Of(keys, DifferenceKind.MissingThere), Of(keys, DifferenceKind.ExtraThere));
        if (missing.Count < FewestRows || extra.Count == 0)
            return null;
        foreach (var (by, fold) in Folds)
        {
            var there = extra.Select(fold).ToHashSet(StringComparer.Ordinal);
            var found = missing.Count(key => there.Contains(fold(key)));
            if (found >= LeastShare * missing.Count)
                return new RenamedKeys(by, found);
        }
        return Prefixed(missing, extra);
    }

    static RenamedKeys? Prefixed(List<string> missing, List<string> extra)
    {
        foreach (var length in Enumerable.Range(1, LongestPrefix))
        {
            var (cutThere, cutHere) = (Cut(extra, length), Cut(missing, length));
            var found = Math.Max(
                missing.Count(cutThere.Contains),
                extra.Count >= FewestRows ? extra.Count(cutHere.Contains) : 0);
            if (found >= LeastShare * missing.Count)
                return new RenamedKeys("prefix", found);
        }
        return null;
    }

    static HashSet<string> Cut(List<string> keys, int length) =>
        keys.Where(key => key.Length > length).Select(key => key[length..]).ToHashSet(StringComparer.Ordinal);

    /// <summary>What is left when letters outside of ASCII, and what stands for them when they were lost, are all alike.</summary>
    static string InAscii(string key)
    {
        var folded = new StringBuilder(key.Length);
        foreach (var letter in key)
        {
            if (letter is > '?' and <= '~' or >= ' ' and < '?')
                folded.Append(letter);
            else if (folded.Length == 0 || folded[^1] != '?')
                folded.Append('?');
        }
        return folded.ToString();
    }

    static List<string> Of(IReadOnlyList<Difference> keys, DifferenceKind kind) =>
        [.. keys.Where(key => key.Kind == kind).Select(key => key.Key)];
}
