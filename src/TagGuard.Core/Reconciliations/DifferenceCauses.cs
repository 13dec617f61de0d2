using TagGuard.Facts;

namespace TagGuard.Reconciliations;

/// <summary>Why keys differ, where that shows in them.</summary>
/// <param name="Slices">Ranges of keys of which none was synced.</param>
/// <param name="Lost">A part of the sync's own partitioning that was not synced, or null.</param>
/// <param name="Collapsed">Rows of the left side that share their key with another, and of which the right side keeps one.</param>
/// <param name="Stale">Rows that an earlier sync left there, or null.</param>
/// <param name="Renamed">Keys that are there in another writing, or null.</param>
public sealed record DifferenceCauses(
    IReadOnlyList<MissingSlice> Slices, LostBucket? Lost, long Collapsed, StaleRows? Stale, RenamedKeys? Renamed)
{
    public static DifferenceCauses None { get; } = new([], null, 0, null, null);
}

/// <summary>Looks for causes while the keys of both sides pass by.</summary>
/// <param name="isMadeKey">Whether the left side's key is made of its columns: only then may different users share one. What repeats a column of its
/// own repeats its users.</param>
sealed class CauseSearch(bool isMadeKey)
{
    readonly Slices _slices = new();
    readonly LostBuckets _lost = new();
    readonly Leftovers _leftovers = new();
    long _collapsed;

    public void Add(in KeyPair pair)
    {
        _slices.Add(pair);
        _lost.Add(pair);
        _leftovers.Add(pair);
        if (isMadeKey && pair.Right.Rows == 1 && pair.Left.Rows > 1)
            _collapsed += pair.Left.Rows - 1;
    }

    public DifferenceCauses Found(IReadOnlyList<Difference> keys)
    {
        var slices = _slices.Found();
        return new(slices, slices.Count > 0 ? null : _lost.Found(), _collapsed, _leftovers.Found(), LookAlikes.Found(keys));
    }
}
