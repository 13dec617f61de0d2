using System.IO.Compression;

namespace TagGuard.Adapters.Storage;

/// <summary>Bytes as a text column holds them: deflated, in base64.</summary>
static class DeflatedText
{
    public static string Of(ReadOnlyMemory<byte> bytes)
    {
        using var deflated = new MemoryStream();
        using (var deflate = new ZLibStream(deflated, CompressionLevel.Optimal, leaveOpen: true))
            deflate.Write(bytes.Span);
        return Convert.ToBase64String(deflated.GetBuffer().AsSpan(0, (int)deflated.Length));
    }

    public static ReadOnlyMemory<byte> Read(string text)
    {
        using var inflate = new ZLibStream(new MemoryStream(Convert.FromBase64String(text)), CompressionMode.Decompress);
        using var bytes = new MemoryStream();
        inflate.CopyTo(bytes);
        return bytes.ToArray();
    }
}
