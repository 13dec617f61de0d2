using System.Numerics;
using System.Text;

namespace TagGuard.Reconciliations;

/// <summary>All keys of one part of the sync's own partitioning are missing, and no others.</summary>
/// <param name="By">The hash that parts the keys: java (Hive, Java), murmur3 (Spark) or crc32.</param>
/// <param name="Bucket">The part, from 0.</param>
/// <param name="Of">How many parts there are.</param>
public sealed record LostBucket(string By, int Bucket, int Of);

/// <summary>Looks whether the keys that are missing have the same remainder of a hash by which engines part rows among files and tasks.</summary>
sealed class LostBuckets
{
    const int FewestMissing = 12, MostKept = 256, MostParts = 1024;

    /// <summary>How improbable it must be that keys at random share a remainder, for any of the hashes and numbers of parts.</summary>
    const double MostChance = 1e-9;

    static readonly (string By, Func<byte[], uint> Hash)[] Hashes = [("java", Java), ("murmur3", Murmur3), ("crc32", Crc)];

    readonly List<byte[]> _missing = [], _both = [];

    public void Add(in KeyPair pair)
    {
        if (pair.Key is not null && pair.Left.Rows > 0 && (pair.Right.Rows == 0 ? _missing : _both) is { Count: < MostKept } kept)
            kept.Add(pair.Key);
    }

    /// <summary>Null when they do not.</summary>
    public LostBucket? Found()
    {
        if (_missing.Count < FewestMissing || _both.Count < FewestMissing)
            return null;
        foreach (var (by, hash) in Hashes)
        {
            var (missing, both) = (_missing.ConvertAll(key => hash(key)), _both.ConvertAll(key => hash(key)));
            // The largest number of parts that fits: its divisors fit as well.
            for (var parts = MostParts; parts >= 2; parts--)
            {
                var bucket = Part(missing[0], parts);
                if (Math.Pow(parts, 1 - missing.Count) < MostChance
                    && missing.TrueForAll(one => Part(one, parts) == bucket)
                    && !both.Exists(one => Part(one, parts) == bucket))
                    return Smallest(by, missing, both, parts);
            }
        }
        return null;
    }

    /// <summary>Of the numbers of parts that tell the same keys apart, the smallest that still leaves out all that are there.</summary>
    static LostBucket Smallest(string by, List<uint> missing, List<uint> both, int parts)
    {
        for (var fewer = 2; fewer < parts; fewer++)
        {
            var bucket = Part(missing[0], fewer);
            if (parts % fewer == 0 && !both.Exists(one => Part(one, fewer) == bucket))
                return new LostBucket(by, bucket, fewer);
        }
        return new LostBucket(by, Part(missing[0], parts), parts);
    }

    /// <summary>As Java's and Spark's partitioners make it: without a sign.</summary>
    static int Part(uint hash, int parts) => (int)(((int)hash % parts + parts) % parts);

    static uint Java(byte[] key) => Encoding.UTF8.GetString(key).Aggregate(0u, (hash, letter) => unchecked(31 * hash + letter));

    static uint Crc(byte[] key)
    {
        var crc = ~0u;
        foreach (var one in key)
        {
            crc ^= one;
            for (var bit = 0; bit < 8; bit++)
                crc = (crc >> 1) ^ (0xEDB88320u & (0u - (crc & 1)));
        }
        return ~crc & int.MaxValue;
    }

    /// <summary>Spark's, with its seed; it takes what is left of four bytes as single ones: Murmur3_x86_32.hashUnsafeBytes of apache/spark.</summary>
    internal static uint Murmur3(byte[] key)
    {
        unchecked
        {
            var hash = 42u;
            var whole = key.Length & ~3;
            for (var i = 0; i < whole; i += 4)
                hash = Mixed(hash, BitConverter.ToUInt32(key, i));
            for (var i = whole; i < key.Length; i++)
                hash = Mixed(hash, (uint)(sbyte)key[i]);
            hash ^= (uint)key.Length;
            hash = (hash ^ (hash >> 16)) * 0x85EBCA6B;
            hash = (hash ^ (hash >> 13)) * 0xC2B2AE35;
            return hash ^ (hash >> 16);
        }
    }

    static uint Mixed(uint hash, uint word) =>
        unchecked(BitOperations.RotateLeft(hash ^ (BitOperations.RotateLeft(word * 0xCC9E2D51, 15) * 0x1B873593), 13) * 5 + 0xE6546B64);
}
