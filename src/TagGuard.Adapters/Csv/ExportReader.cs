using System.Text;
using CsvHelper;
using TagGuard.Adapters.Files;
using TagGuard.Sources;

namespace TagGuard.Adapters.Csv;

/// <summary>Reads one exported file from its first byte to its last; once more when keys may repeat, to tell which.</summary>
/// <param name="query">What is read.</param>
/// <param name="records">Takes the header and each record that is well formed; null when nobody does.</param>
sealed class ExportReader(ExportQuery query, IRecords? records = null)
{
    const int RecordsBetweenLooks = 1 << 14;

    /// <summary>A quote that is never closed would take the rest of the file for one record.</summary>
    const int LargestRecord = 1 << 24;

    readonly Flaws _malformed = new();
    readonly Flaws _encoding = new();
    readonly Flaws _repeats = new();
    readonly KeyHashes _hashes = new();
    string[] _header = [];
    int _key = -1;
    long _rows;

    int Columns => query.Columns ?? _header.Length;

    /// <exception cref="IOException">The file cannot be read.</exception>
    public ExportFacts Read(string file, IProgress<long>? progress, CancellationToken cancellationToken)
    {
        var before = new FileInfo(file);
        var (length, modified) = (before.Length, before.LastWriteTimeUtc);
        Read(file, _encoding, _malformed, csv => Take(csv, progress), cancellationToken, records);
        if (_hashes.Repeated() is { Length: > 0 } hashes)
            FindRepeats(file, new KeyRepeats(hashes), cancellationToken);
        var after = new FileInfo(file);
        var isSettled = after.Exists && (after.Length, after.LastWriteTimeUtc) == (length, modified);
        return new ExportFacts(_header, _rows, _malformed.Result, _encoding.Result, _repeats.Result, new DateTimeOffset(modified), isSettled);
    }

    void Read(string file, Flaws encoding, Flaws malformed, Action<CsvReader> take, CancellationToken cancellationToken, IRecords? headed = null)
    {
        var line = 1L;
        try
        {
            using var text = ExportText.Open(file, query.Form.Encoding, encoding);
            using var csv = CsvReader.Create(text, Options(malformed), leaveOpen: false);
            ReadHeader(csv);
            headed?.Header(_header);
            for (var read = 1; csv.Read(); read++)
            {
                if (read % RecordsBetweenLooks == 0)
                    cancellationToken.ThrowIfCancellationRequested();
                line = csv.LineNumber;
                take(csv);
            }
            if (Gzip.IsPacked(file))
                Gzip.NeedWhole(file);
        }
        catch (CsvFormatException fault)
        {
            malformed.Add(fault.LineNumber, () => $"the rest of the file cannot be read as records ({fault.Message.TrimEnd('.')})");
        }
        catch (InvalidDataException fault)
        {
            malformed.Add(line, () => $"what follows cannot be unpacked: the file is damaged, or is not gzip ({fault.Message.TrimEnd('.')})");
        }
    }

    void ReadHeader(CsvReader csv)
    {
        csv.ReadHeader();
        _header = [.. csv.Headers];
        _key = query.Key is null ? -1 : Array.IndexOf(_header, query.Key);
    }

    void Take(CsvReader csv, IProgress<long>? progress)
    {
        if (++_rows % RecordsBetweenLooks == 0)
            progress?.Report(_rows);
        if (csv.FieldCount != Columns)
            AddColumns(csv.LineNumber, csv.FieldCount);
        else if (_key >= 0 && csv.GetSpan(_key).IsEmpty)
            _malformed.Add(csv.LineNumber, () => $"no {query.Key}");
        else if (_key >= 0)
            _hashes.Add(csv.GetSpan(_key));
        else
            records?.Record(csv);
    }

    void FindRepeats(string file, KeyRepeats repeats, CancellationToken cancellationToken) => Read(
        file,
        new Flaws(),
        new Flaws(),
        csv =>
        {
            if (csv.FieldCount == Columns && csv.GetSpan(_key) is { IsEmpty: false } key && repeats.IsRepeat(key))
                AddRepeat(csv.LineNumber, Encoding.UTF8.GetString(key));
        },
        cancellationToken);

    void AddRepeat(long line, string key) => _repeats.Add(line, () => key);

    void AddColumns(long line, int columns) =>
        _malformed.Add(line, () => FormattableString.Invariant($"{columns} {(columns == 1 ? "column" : "columns")}, {Columns} wanted"));

    CsvReaderOptions Options(Flaws malformed) => new()
    {
        Separator = query.Form.Separator,
        HasHeader = true,
        TrackLineNumbers = true,
        SkipEmptyLines = false,
        AllowLineBreaksInQuotes = true,
        MaxRecordSize = LargestRecord,
        OnMalformedRecord = record => malformed.Add(record.LineNumber, () => Words(record.Reason)),
    };

    static string Words(CsvMalformedReason reason) => reason switch
    {
        CsvMalformedReason.StrayQuote => "a quote within text that is not quoted",
        CsvMalformedReason.TextAfterClosingQuote => "text behind a closing quote",
        CsvMalformedReason.UnterminatedQuote => "a quote that is never closed",
        _ => reason.ToString(),
    };
}
