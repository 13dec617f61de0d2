using System.IO.Compression;
using System.Text;
using TagGuard.Measurements;

namespace TagGuard.Adapters.Csv;

/// <summary>An exported file as text in UTF-8, whatever it is on the disk: in another encoding, packed by gzip.</summary>
static class ExportText
{
    static readonly byte[] Mark = [0xEF, 0xBB, 0xBF];

    /// <param name="file">The file; packed when its name ends with .gz.</param>
    /// <param name="encoding">Name of its encoding.</param>
    /// <param name="flaws">Takes what is not text, and a byte order mark that should not or should be there.</param>
    public static TextCheck Open(string file, string encoding, Flaws flaws)
    {
        var isMarked = encoding == CsvPlan.Utf8WithMark;
        if (!isMarked && !encoding.Equals("utf-8", StringComparison.OrdinalIgnoreCase))
            return new TextCheck(Encoding.CreateTranscodingStream(Bytes(file), Known(encoding), Encoding.UTF8), isTranscoded: true, flaws);
        CheckMark(file, isMarked, flaws);
        return new TextCheck(Bytes(file), isTranscoded: false, flaws);
    }

    static Stream Bytes(string file)
    {
        var bytes = new FileStream(
            file,
            FileMode.Open,
            FileAccess.Read,
            FileShare.ReadWrite | FileShare.Delete,
            bufferSize: 0,
            FileOptions.SequentialScan);
        return file.EndsWith(".gz", StringComparison.OrdinalIgnoreCase) ? new GZipStream(bytes, CompressionMode.Decompress) : bytes;
    }

    static void CheckMark(string file, bool isWanted, Flaws flaws)
    {
        Span<byte> first = stackalloc byte[Mark.Length];
        using var bytes = Bytes(file);
        var read = bytes.ReadAtLeast(first, first.Length, throwOnEndOfStream: false);
        var isThere = first.SequenceEqual(Mark);
        if (isThere && !isWanted)
            flaws.Add(1, () => "a byte order mark, which `utf-8` is without");
        else if (!isThere && isWanted && read > 0)
            flaws.Add(1, () => "no byte order mark");
    }

    static Encoding Known(string name)
    {
        var unknown = new DecoderReplacementFallback("\uFFFD");
        return CodePagesEncodingProvider.Instance.GetEncoding(name, EncoderFallback.ReplacementFallback, unknown)
            ?? Encoding.GetEncoding(name, EncoderFallback.ReplacementFallback, unknown);
    }
}
