using System.Buffers.Binary;

namespace TagGuard.Adapters.DuckDb;

/// <summary>CRC-32 with IEEE 802.3's polynomial, as zlib, MySQL, Hive and Spark compute it;
/// eight bytes a step (Kounavis and Berry, "slicing by 8", 2005).</summary>
static class Crc32
{
    const uint Polynomial = 0xEDB88320;

    static readonly uint[] Tables = Make();

    public const uint OfNothing = 0;

    public static uint Of(ReadOnlySpan<byte> bytes) => Of(bytes, OfNothing);

    /// <summary>Of some bytes and those behind them.</summary>
    public static uint Of(ReadOnlySpan<byte> bytes, uint before)
    {
        var crc = ~before;
        for (; bytes.Length >= 8; bytes = bytes[8..])
        {
            var low = BinaryPrimitives.ReadUInt32LittleEndian(bytes) ^ crc;
            var high = BinaryPrimitives.ReadUInt32LittleEndian(bytes[4..]);
            crc =
                At(7, low)
                ^ At(6, low >> 8)
                ^ At(5, low >> 16)
                ^ At(4, low >> 24)
                ^ At(3, high)
                ^ At(2, high >> 8)
                ^ At(1, high >> 16)
                ^ At(0, high >> 24);
        }
        foreach (var one in bytes)
            crc = At(0, crc ^ one) ^ (crc >> 8);
        return ~crc;
    }

    static uint At(int table, uint value) => Tables[(table << 8) | (int)(value & 255)];

    static uint[] Make()
    {
        var tables = new uint[8 * 256];
        for (var i = 0u; i < 256; i++)
        {
            tables[i] = i;
            for (var bit = 0; bit < 8; bit++)
                tables[i] = (tables[i] >> 1) ^ ((tables[i] & 1) * Polynomial);
        }
        for (var i = 256; i < tables.Length; i++)
            tables[i] = (tables[i - 256] >> 8) ^ tables[tables[i - 256] & 255];
        return tables;
    }
}
