using System.Buffers.Binary;
using System.IO.Compression;
using TagGuard.Adapters.DuckDb;

namespace TagGuard.Adapters.Files;

/// <summary>Whether a file that gzip packed is all there. Those who unpack it, .NET and DuckDB
/// among them, take one that is cut short for a shorter one.</summary>
static class Gzip
{
    /// <summary>Ten bytes of header, two of nothing packed, eight of CRC-32 and length.</summary>
    const int Shortest = 20;

    const int TrailerLength = 8;

    public static bool IsPacked(string path) => path.EndsWith(".gz", StringComparison.OrdinalIgnoreCase);

    /// <summary>Unpacks it once, or twice when it has several members, and compares the end with what the file says of it.</summary>
    /// <exception cref="InvalidDataException">It is cut short, damaged, or no gzip.</exception>
    /// <exception cref="IOException">It cannot be read.</exception>
    public static void NeedWhole(string path)
    {
        var trailer = TrailerOf(path);
        var length = 0L;
        Unpack(path, bytes => length += bytes.Length);
        if ((uint)length == trailer.Length)
            return;
        // The trailer is the last member's, and so is the end of what was unpacked.
        var (skip, crc) = (length - trailer.Length, Crc32.OfNothing);
        if (skip < 0)
            throw CutShort();
        Unpack(path, bytes =>
        {
            var skipped = (int)Math.Min(skip, bytes.Length);
            skip -= skipped;
            crc = Crc32.Of(bytes[skipped..], crc);
        });
        if (crc != trailer.Crc)
            throw CutShort();
    }

    static InvalidDataException CutShort() => new("It is cut short: its end does not belong to what comes before.");

    static (uint Crc, uint Length) TrailerOf(string path)
    {
        using var file = File.OpenRead(path);
        if (file.Length < Shortest)
            throw CutShort();
        Span<byte> trailer = stackalloc byte[TrailerLength];
        file.Seek(-TrailerLength, SeekOrigin.End);
        file.ReadExactly(trailer);
        return (BinaryPrimitives.ReadUInt32LittleEndian(trailer), BinaryPrimitives.ReadUInt32LittleEndian(trailer[4..]));
    }

    static void Unpack(string path, ReadOnlySpanAction take)
    {
        using var unpacked = new GZipStream(File.OpenRead(path), CompressionMode.Decompress);
        var buffer = new byte[1 << 16];
        for (var read = unpacked.Read(buffer); read > 0; read = unpacked.Read(buffer))
            take(buffer.AsSpan(0, read));
    }

    delegate void ReadOnlySpanAction(ReadOnlySpan<byte> bytes);
}
