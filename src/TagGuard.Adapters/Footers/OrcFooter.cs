using System.IO.Compression;
using Google.Protobuf;
using Snappier;
using TagGuard.Adapters.Footers.Orc;
using ZstdSharp;

namespace TagGuard.Adapters.Footers;

/// <summary>The footer of an ORC file: a message of protobuf, in packed blocks.</summary>
/// <remarks>orc.apache.org/specification/ORCv1.</remarks>
static class OrcFooter
{
    const int HeaderBytes = 3;
    const int MostBytes = 256 << 20;

    /// <exception cref="InvalidDataException">It is damaged.</exception>
    /// <exception cref="FooterException">Its rows are not those of its table.</exception>
    public static long Rows(string path, ReadOnlyMemory<byte> packed, OrcTail tail)
    {
        var footer = Read(tail.Codec == OrcCodec.None ? packed.ToArray() : Unpacked(packed.Span, tail));
        TransactionLogs.RefuseKeys(path, footer.Metadata.Select(item => item.Name));
        if (!footer.HasNumberOfRows)
            throw new InvalidDataException("it does not say how many rows there are");
        var stripes = footer.Stripes.Aggregate((UInt128)0, (sum, stripe) => sum + stripe.NumberOfRows);
        return stripes == footer.NumberOfRows && footer.NumberOfRows <= long.MaxValue
            ? (long)footer.NumberOfRows
            : throw new InvalidDataException($"it says that there are {footer.NumberOfRows} rows, and its stripes say {stripes}");
    }

    static Footer Read(byte[] footer)
    {
        try
        {
            return Footer.Parser.ParseFrom(footer);
        }
        catch (InvalidProtocolBufferException fault)
        {
            throw new InvalidDataException($"it cannot be read ({fault.Message.TrimEnd('.')})", fault);
        }
    }

    /// <summary>Each block has its length, and whether it is packed at all, in three bytes before it.</summary>
    static byte[] Unpacked(ReadOnlySpan<byte> packed, OrcTail tail)
    {
        using var unpacked = new MemoryStream();
        while (packed.Length > 0)
        {
            if (packed.Length < HeaderBytes)
                throw new InvalidDataException("a block of it is cut short");
            var header = packed[0] | (packed[1] << 8) | (packed[2] << 16);
            var length = header >> 1;
            packed = packed[HeaderBytes..];
            if (length > packed.Length)
                throw new InvalidDataException("a block of it is cut short");
            unpacked.Write((header & 1) == 1 ? packed[..length] : Unpacked(packed[..length], tail.Codec, tail.BlockSize));
            packed = packed[length..];
            if (unpacked.Length > MostBytes)
                throw new InvalidDataException($"it unpacks to more than {MostBytes} bytes");
        }
        return unpacked.ToArray();
    }

    static ReadOnlySpan<byte> Unpacked(ReadOnlySpan<byte> block, OrcCodec codec, int most)
    {
        var to = new byte[most];
        try
        {
            var length = codec switch
            {
                OrcCodec.Zlib => Inflate(block, to),
                OrcCodec.Snappy => Snappy.Decompress(block, to),
                _ => Zstd(block, to),
            };
            return to.AsSpan(0, length);
        }
        catch (Exception fault) when (fault is ArgumentException or ZstdException or IOException)
        {
            throw new InvalidDataException($"a block of it cannot be unpacked ({fault.Message.TrimEnd('.')})", fault);
        }
    }

    static int Inflate(ReadOnlySpan<byte> block, byte[] to)
    {
        using var stream = new DeflateStream(new MemoryStream(block.ToArray()), CompressionMode.Decompress);
        var length = stream.ReadAtLeast(to, to.Length, throwOnEndOfStream: false);
        return length == to.Length && stream.ReadByte() >= 0 ? throw new InvalidDataException("a block of it is longer than a block can be") : length;
    }

    static int Zstd(ReadOnlySpan<byte> block, byte[] to)
    {
        using var decompressor = new Decompressor();
        return decompressor.Unwrap(block, to);
    }
}
