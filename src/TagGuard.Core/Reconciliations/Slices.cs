using TagGuard.Facts;

namespace TagGuard.Reconciliations;

/// <summary>A range of keys of which the right side has none, and the left side all.</summary>
/// <param name="From">Its first key.</param>
/// <param name="To">Its last.</param>
/// <param name="Rows">Keys of it that were looked at.</param>
public sealed record MissingSlice(string From, string To, long Rows);

/// <summary>Looks whether the keys that are missing lie side by side: then a slice was not synced, and not one row here and one there.</summary>
/// <remarks>
/// Buckets are those of a hash, so the keys that are looked at are a sample that knows no order: keys that are missing by chance lie alone among
/// those that are there. What breaks a run is a key that both sides have.
/// </remarks>
sealed class Slices
{
    /// <summary>So many keys in a row are no chance, where not nearly all are missing.</summary>
    const int FewestRows = 8;

    /// <summary>More runs than that are no slices that somebody could look for.</summary>
    const int MostSlices = 3;

    /// <summary>Of all missing keys, how many must lie in slices that are told.</summary>
    const double LeastShare = 0.9;

    readonly PriorityQueue<MissingSlice, long> _longest = new();
    byte[]? _from, _to;
    long _run, _missing, _both;

    public void Add(in KeyPair pair)
    {
        if (pair.Difference == DifferenceKind.MissingThere && pair.Key is not null)
        {
            _from = _run == 0 ? pair.Key : _from;
            _to = pair.Key;
            _run++;
            _missing++;
        }
        else if (pair.Left.Rows > 0)
        {
            _both++;
            End();
        }
    }

    /// <summary>The slices in the order of their keys; none when what is missing does not lie in some.</summary>
    public IReadOnlyList<MissingSlice> Found()
    {
        End();
        var slices = _longest.UnorderedItems.Select(item => item.Element).OrderBy(slice => slice.From, StringComparer.Ordinal).ToList();
        // Where hardly any key is there, whatever is missing lies side by side.
        return _both >= FewestRows && slices.Sum(slice => slice.Rows) >= LeastShare * _missing ? slices : [];
    }

    void End()
    {
        if (_run >= FewestRows)
        {
            _longest.Enqueue(new MissingSlice(Shown(_from), Shown(_to), _run), _run);
            if (_longest.Count > MostSlices)
                _longest.Dequeue();
        }
        _run = 0;
    }

    static string Shown(byte[]? key) => Difference.Of(DifferenceKind.MissingThere, key).Key;
}
