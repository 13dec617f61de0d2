using System.Buffers.Binary;
using static System.Numerics.BitOperations;

namespace TagGuard.Keys;

/// <summary>SHA-1 (FIPS 180-4) without the system's OpenSSL, as <see cref="Sha256"/>: every database has it, so rows are told apart by it. It keeps
/// nothing secret.</summary>
public static class Sha1
{
    public const int Bytes = 20;

    /// <param name="data">What is hashed.</param>
    /// <param name="hash">Takes the hash, <see cref="Bytes"/>.</param>
    public static void HashData(ReadOnlySpan<byte> data, Span<byte> hash)
    {
        Span<uint> state = [0x67452301, 0xefcdab89, 0x98badcfe, 0x10325476, 0xc3d2e1f0];
        ShaBlocks.Run(data, state, Compress);
        ShaBlocks.Write(state, hash);
    }

    static void Compress(Span<uint> state, ReadOnlySpan<byte> block)
    {
        Span<uint> w = stackalloc uint[80];
        for (var t = 0; t < 16; t++)
            w[t] = BinaryPrimitives.ReadUInt32BigEndian(block[(4 * t)..]);
        for (var t = 16; t < w.Length; t++)
            w[t] = RotateLeft(w[t - 3] ^ w[t - 8] ^ w[t - 14] ^ w[t - 16], 1);

        var (a, b, c, d, e) = (state[0], state[1], state[2], state[3], state[4]);
        for (var t = 0; t < w.Length; t++)
        {
            var (mixed, constant) = (t / 20) switch
            {
                0 => ((b & c) | (~b & d), 0x5a827999u),
                1 => (b ^ c ^ d, 0x6ed9eba1u),
                2 => ((b & c) | (b & d) | (c & d), 0x8f1bbcdcu),
                _ => (b ^ c ^ d, 0xca62c1d6u),
            };
            (e, d, c, b, a) = (d, c, RotateLeft(b, 30), a, RotateLeft(a, 5) + mixed + e + constant + w[t]);
        }
        (state[0], state[1], state[2], state[3], state[4]) = (state[0] + a, state[1] + b, state[2] + c, state[3] + d, state[4] + e);
    }
}
