using Google.Protobuf;
using TagGuard.Adapters.Footers.Orc;

namespace TagGuard.Adapters.Footers;

/// <summary>The end of an ORC file, which says where its footer is and how it is packed.</summary>
/// <param name="FooterLength">Bytes of the footer, packed.</param>
/// <param name="EndLength">Bytes behind the footer.</param>
/// <param name="Codec">How it is packed.</param>
/// <param name="BlockSize">Bytes that a packed block unpacks to at most.</param>
sealed record OrcTail(ulong FooterLength, int EndLength, OrcCodec Codec, int BlockSize)
{
    const int MostBlock = 1 << 24;

    /// <summary>Null when it is none.</summary>
    public static OrcTail? Of(string path, byte[] tail)
    {
        int length = tail[^1];
        if (length == 0 || length + 1 > tail.Length)
            return null;
        PostScript script;
        try
        {
            script = PostScript.Parser.ParseFrom(tail, tail.Length - 1 - length, length);
        }
        catch (InvalidProtocolBufferException)
        {
            return null;
        }
        if (script.Magic != "ORC")
            return null;
        var codec = (OrcCodec)script.Compression;
        if (codec is not (OrcCodec.None or OrcCodec.Zlib or OrcCodec.Snappy or OrcCodec.Zstd))
            throw new FooterException(
                $"{path} is packed by {codec} ({script.Compression}), which is not read here: count by a query, `from: query`.");
        return codec != OrcCodec.None && script.CompressionBlockSize is 0 or > MostBlock
            ? throw new InvalidDataException($"its blocks have {script.CompressionBlockSize} bytes")
            : new OrcTail(script.FooterLength, length + 1, codec, (int)Math.Min(script.CompressionBlockSize, MostBlock));
    }
}

/// <summary>CompressionKind of ORC.</summary>
enum OrcCodec
{
    None,
    Zlib,
    Snappy,
    Lzo,
    Lz4,
    Zstd,
    Brotli,
}
