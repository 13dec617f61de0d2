using TagGuard.Facts;

namespace TagGuard.Reconciliations;

/// <summary>Why keys differ, where that shows in them.</summary>
/// <param name="Slices">Ranges of keys of which none was synced.</param>
/// <param name="Lost">A part of the sync's own partitioning that was not synced, or null.</param>
/// <param name="Collapsed">Rows of the left side that share their key with another, and of which the right side keeps one.</param>
/// <param name="Stale">Rows that an earlier sync left there, or null.</param>
/// <param name="Renamed">Keys that are there in another writing, or null.</param>
/// <param name="SyncStarted">When the sync began to write, in milliseconds of Unix's time, or null.</param>
public sealed record DifferenceCauses(
    IReadOnlyList<MissingSlice> Slices, LostBucket? Lost, long Collapsed, StaleRows? Stale, RenamedKeys? Renamed,
    long? SyncStarted)
{
    public static DifferenceCauses None { get; } = new([], null, 0, null, null, null);
}

/// <summary>Looks for causes while the keys of both sides pass by.</summary>
/// <param name="isMadeKey">Whether the left side's key is made of its columns: only then may different users share one. What repeats a column of its
/// own repeats its users.</param>
/// <param name="dateEnd">The end of the business date, in milliseconds of Unix's time.</param>
sealed class CauseSearch(bool isMadeKey, long dateEnd)
{
    readonly Slices _slices = new();
    readonly LostBuckets _lost = new();
    readonly Leftovers _leftovers = new();
    readonly SyncStart _start = new(dateEnd);
    long _collapsed;

    public void Add(in KeyPair pair)
    {
        _slices.Add(pair);
        _lost.Add(pair);
        _leftovers.Add(pair);
        _start.Add(pair);
        if (isMadeKey && pair.Right.Rows == 1 && pair.Left.Rows > 1)
            _collapsed += pair.Left.Rows - 1;
    }

    public DifferenceCauses Found(IReadOnlyList<Difference> keys)
    {
        var slices = _slices.Found();
        return new(slices, slices.Count > 0 ? null : _lost.Found(), _collapsed, _leftovers.Found(), LookAlikes.Found(keys),
            _start.Found());
    }
}
