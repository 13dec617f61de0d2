using System.Buffers.Binary;

namespace TagGuard.Keys;

/// <summary>What the hashes of FIPS 180-4 share: blocks of 64 bytes, and the length behind the last.</summary>
static class ShaBlocks
{
    const int Block = 64;

    /// <summary>Takes a block into the state.</summary>
    public delegate void Compression(Span<uint> state, ReadOnlySpan<byte> block);

    public static void Run(ReadOnlySpan<byte> data, Span<uint> state, Compression compress)
    {
        var rest = data;
        for (; rest.Length >= Block; rest = rest[Block..])
            compress(state, rest[..Block]);

        Span<byte> last = stackalloc byte[2 * Block];
        last.Clear();
        rest.CopyTo(last);
        last[rest.Length] = 0x80;
        var length = rest.Length < Block - sizeof(ulong) ? Block : 2 * Block;
        BinaryPrimitives.WriteUInt64BigEndian(last[(length - sizeof(ulong))..], 8 * (ulong)data.Length);
        for (var at = 0; at < length; at += Block)
            compress(state, last.Slice(at, Block));
    }

    public static void Write(ReadOnlySpan<uint> state, Span<byte> hash)
    {
        for (var word = 0; word < state.Length; word++)
            BinaryPrimitives.WriteUInt32BigEndian(hash[(4 * word)..], state[word]);
    }
}
