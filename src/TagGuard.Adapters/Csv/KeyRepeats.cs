using System.Collections;
using System.Text;

namespace TagGuard.Adapters.Csv;

/// <summary>Tells the records that repeat a key, when the file is read once more: by the key itself, for two keys may have one hash.</summary>
/// <param name="hashes">The hashes that came more than once, ascending.</param>
sealed class KeyRepeats(ulong[] hashes)
{
    /// <summary>Of more repeated keys than these, which are a hundred times what anybody looks at, the rest is told by hash alone.</summary>
    const int MostKept = 100_000;

    readonly HashSet<string> _keys = [];
    readonly BitArray _seen = new(hashes.Length);

    /// <summary>Whether an earlier record had this key.</summary>
    public bool IsRepeat(ReadOnlySpan<byte> key)
    {
        var at = Array.BinarySearch(hashes, KeyHashes.Of(key));
        if (at < 0)
            return false;
        if (at < MostKept)
            return !_keys.Add(Encoding.Latin1.GetString(key));
        var wasSeen = _seen[at];
        _seen[at] = true;
        return wasSeen;
    }
}
