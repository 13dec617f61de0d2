using System.Text;
using CsvHelper;
using TagGuard.Measurements;
using TagGuard.Sources;

namespace TagGuard.Adapters.Csv;

/// <summary>Reads one exported file from its first byte to its last, once.</summary>
sealed class ExportReader(ExportQuery query)
{
    const int RecordsBetweenLooks = 1 << 14;

    /// <summary>A quote that is never closed would take the rest of the file for one record.</summary>
    const int LargestRecord = 1 << 24;

    static readonly byte[] Mark = [0xEF, 0xBB, 0xBF];

    readonly Flaws _malformed = new();
    readonly Flaws _encoding = new();
    readonly Flaws _repeats = new();
    readonly KeySet _keys = new();
    long _rows;

    /// <exception cref="IOException">The file cannot be read.</exception>
    public ExportFacts Read(string file, IProgress<long>? progress, CancellationToken cancellationToken)
    {
        var before = new FileInfo(file);
        var (length, modified) = (before.Length, before.LastWriteTimeUtc);
        var header = ReadRecords(file, progress, cancellationToken);
        var after = new FileInfo(file);
        var isSettled = after.Exists && (after.Length, after.LastWriteTimeUtc) == (length, modified);
        return new ExportFacts(header, _rows, _malformed.Result, _encoding.Result, _repeats.Result, new DateTimeOffset(modified), isSettled);
    }

    string[] ReadRecords(string file, IProgress<long>? progress, CancellationToken cancellationToken)
    {
        using var text = TextOf(file);
        using var csv = CsvReader.Create(text, Options(), leaveOpen: false);
        string[] header = [];
        try
        {
            csv.ReadHeader();
            header = [.. csv.Headers];
            var key = query.Key is null ? -1 : Array.IndexOf(header, query.Key);
            while (csv.Read())
            {
                if (++_rows % RecordsBetweenLooks == 0)
                {
                    cancellationToken.ThrowIfCancellationRequested();
                    progress?.Report(_rows);
                }
                if (csv.FieldCount != query.Columns)
                    AddColumns(csv.LineNumber, csv.FieldCount);
                else if (key >= 0)
                    AddKey(csv, key);
            }
        }
        catch (CsvFormatException fault)
        {
            _malformed.Add(fault.LineNumber, () => $"the rest of the file cannot be read as records ({fault.Message.TrimEnd('.')})");
        }
        return header;
    }

    void AddColumns(long line, int columns) => _malformed.Add(line, () => FormattableString.Invariant($"{columns} {(columns == 1 ? "column" : "columns")}, {query.Columns} wanted"));

    void AddKey(CsvReader csv, int column)
    {
        var key = csv.GetSpan(column);
        var line = csv.LineNumber;
        if (key.IsEmpty)
            _malformed.Add(line, () => $"no {query.Key}");
        else if (!_keys.Add(key))
        {
            var shown = Encoding.UTF8.GetString(key);
            _repeats.Add(line, () => shown);
        }
    }

    CsvReaderOptions Options() => new()
    {
        Separator = query.Separator,
        HasHeader = true,
        TrackLineNumbers = true,
        SkipEmptyLines = false,
        AllowLineBreaksInQuotes = true,
        MaxRecordSize = LargestRecord,
        OnMalformedRecord = record => _malformed.Add(record.LineNumber, () => Words(record.Reason)),
    };

    static string Words(CsvMalformedReason reason) => reason switch
    {
        CsvMalformedReason.StrayQuote => "a quote within text that is not quoted",
        CsvMalformedReason.TextAfterClosingQuote => "text behind a closing quote",
        CsvMalformedReason.UnterminatedQuote => "a quote that is never closed",
        _ => reason.ToString(),
    };

    TextCheck TextOf(string file)
    {
        var bytes = new FileStream(file, FileMode.Open, FileAccess.Read, FileShare.ReadWrite | FileShare.Delete, bufferSize: 0, FileOptions.SequentialScan);
        if (!IsUtf8)
            return new TextCheck(Encoding.CreateTranscodingStream(bytes, Known(query.Encoding), Encoding.UTF8), isTranscoded: true, _encoding);
        CheckMark(bytes);
        return new TextCheck(bytes, isTranscoded: false, _encoding);
    }

    bool IsUtf8 => query.Encoding.Equals("utf-8", StringComparison.OrdinalIgnoreCase) || query.Encoding == ExportMeasure.Utf8WithMark;

    void CheckMark(FileStream bytes)
    {
        Span<byte> first = stackalloc byte[Mark.Length];
        var hasMark = bytes.ReadAtLeast(first, first.Length, throwOnEndOfStream: false) == first.Length && first.SequenceEqual(Mark);
        bytes.Position = 0;
        if (hasMark && query.Encoding != ExportMeasure.Utf8WithMark)
            _encoding.Add(1, () => "a byte order mark, which `utf-8` is without");
        else if (!hasMark && query.Encoding == ExportMeasure.Utf8WithMark && bytes.Length > 0)
            _encoding.Add(1, () => "no byte order mark");
    }

    static Encoding Known(string name)
    {
        var unknown = new DecoderReplacementFallback("\uFFFD");
        return CodePagesEncodingProvider.Instance.GetEncoding(name, EncoderFallback.ReplacementFallback, unknown) ?? Encoding.GetEncoding(name, EncoderFallback.ReplacementFallback, unknown);
    }
}
