using System.Buffers;
using System.Buffers.Text;
using TagGuard.Adapters.DuckDb;
using TagGuard.Keys;
using TagGuard.Sources;

namespace TagGuard.Adapters.Sources;

/// <summary>Makes the bytes and the check of a row as <see cref="IKeyedSource"/> says, where the rows come to us: of systems that hash nothing
/// themselves. Used by one thread.</summary>
sealed class RowHash
{
    readonly ArrayBufferWriter<byte> _text = new();

    public void Begin() => _text.ResetWrittenCount();

    public void Add(ReadOnlySpan<byte> text)
    {
        Utf8Formatter.TryFormat(text.Length, _text.GetSpan(11), out var digits);
        _text.Advance(digits);
        _text.Write(":"u8);
        _text.Write(text);
    }

    public void AddNull() => _text.Write("-"u8);

    /// <summary>The check of what was added.</summary>
    public ulong Check()
    {
        Span<byte> sha = stackalloc byte[Sha1.Bytes], digits = stackalloc byte[2 * Sha1.Bytes];
        Sha1.HashData(_text.WrittenSpan, sha);
        Convert.TryToHexStringLower(sha, digits, out _);
        return ((ulong)Crc32.Of(digits) << 32) | Crc32.Of(_text.WrittenSpan);
    }

    public static int BucketOf(ReadOnlySpan<byte> key, int buckets) => (int)(Crc32.Of(key) & (uint)(buckets - 1));

    /// <summary>Adds a row to its bucket.</summary>
    public static void AddTo(Bucket[] buckets, in KeyedRow row)
    {
        ref var bucket = ref buckets[BucketOf(row.Key, buckets.Length)];
        bucket = new Bucket(bucket.Rows + 1, unchecked(bucket.Checksum + row.Check));
    }

    /// <summary>Which of so many buckets are chosen, by number.</summary>
    public static bool[] Chosen(BucketChoice choice)
    {
        var isChosen = new bool[choice.Of];
        foreach (var bucket in choice.Chosen)
            isChosen[bucket] = true;
        return isChosen;
    }
}
