using System.Security.Cryptography;
using System.Text;
using TagGuard.Sources;

namespace TagGuard.SourceContracts;

/// <summary>Buckets and checks as <see cref="IKeyedSource"/> says, made here: what every engine is held to.</summary>
static class RowHash
{
    /// <summary>CRC-32 of the IEEE, bit by bit: slow, and too short to be wrong.</summary>
    public static uint Crc(ReadOnlySpan<byte> bytes)
    {
        var crc = ~0u;
        foreach (var one in bytes)
        {
            crc ^= one;
            for (var bit = 0; bit < 8; bit++)
                crc = (crc >> 1) ^ (0xEDB88320u & (0u - (crc & 1)));
        }
        return ~crc;
    }

    public static KeyedRow Row(string? key, params IEnumerable<string?> values)
    {
        var bytes = Encoding.UTF8.GetBytes(string.Concat(values.Prepend(key).Select(Field)));
#pragma warning disable CA5350 // Nothing is kept secret by it.
        var sha = Encoding.ASCII.GetBytes(Convert.ToHexStringLower(SHA1.HashData(bytes)));
#pragma warning restore CA5350
        return new KeyedRow(key is null ? null : Encoding.UTF8.GetBytes(key), ((ulong)Crc(sha) << 32) | Crc(bytes));
    }

    public static int BucketOf(byte[]? key, int buckets) => (int)(Crc(key) & (uint)(buckets - 1));

    public static Bucket[] Buckets(IEnumerable<KeyedRow> rows, int buckets)
    {
        var all = new Bucket[buckets];
        foreach (var row in rows)
        {
            ref var bucket = ref all[BucketOf(row.Key, buckets)];
            bucket = new Bucket(bucket.Rows + 1, bucket.Checksum + row.Check);
        }
        return all;
    }

    /// <summary>By the bytes of their keys, NULL first.</summary>
    public static int Compare(KeyedRow one, KeyedRow other) => (one.Key, other.Key) switch
    {
        (null, null) => 0,
        (null, _) => -1,
        (_, null) => 1,
        var (left, right) => left.AsSpan().SequenceCompareTo(right),
    };

    static string Field(string? text) => text is null ? "-" : FormattableString.Invariant($"{Encoding.UTF8.GetByteCount(text)}:{text}");
}
