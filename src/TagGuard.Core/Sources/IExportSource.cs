namespace TagGuard.Sources;

/// <summary>A source that reads exported CSV files as whoever receives them will: every record, its encoding and its keys.</summary>
public interface IExportSource : ISource
{
    /// <summary>
    /// Reads a file, in memory that grows with the number of its keys only (8 bytes each); once more when keys repeat. One that is not there is
    /// <see cref="SourceException.IsAbsent"/>.
    /// </summary>
    /// <param name="query">What is read.</param>
    /// <param name="progress">Records read so far, now and then; null when nobody looks.</param>
    /// <param name="cancellationToken">Gives up.</param>
    Task<ExportFacts> ReadExportAsync(ExportQuery query, IProgress<long>? progress, CancellationToken cancellationToken);
}

/// <summary>What is read of an exported file.</summary>
/// <param name="Path">Where it is, from the source's folder; packed by gzip when its name ends with .gz.</param>
/// <param name="Form">How it is written.</param>
/// <param name="Columns">Columns that a record should have; null for as many as its header.</param>
/// <param name="Key">Column whose values may not repeat, or null.</param>
/// <param name="Checksum">The file with its checksum, which then has to be there; null for one of the usual name beside it, if there is any.</param>
public sealed record ExportQuery(string Path, CsvForm Form, int? Columns, string? Key, string? Checksum = null);

/// <summary>How a CSV file is written.</summary>
/// <param name="Separator">What stands between two columns; quotes are double quotes, as in RFC 4180.</param>
/// <param name="Encoding">Name of its encoding; `utf-8` is without a byte order mark, `utf-8-bom` with one.</param>
public sealed record CsvForm(char Separator, string Encoding)
{
    public static CsvForm Usual { get; } = new(',', "utf-8");
}

/// <summary>What was found in an exported file.</summary>
/// <param name="Header">The names in its first record; empty for an empty file.</param>
/// <param name="Rows">Its records without the header: a record with line breaks in quotes is one.</param>
/// <param name="Malformed">Records with broken quotes or another number of columns, and those without a key.</param>
/// <param name="Encoding">Bytes that are not text in its encoding, and a byte order mark that should not or should be there.</param>
/// <param name="Repeats">Records that repeat a key of an earlier one: exact up to 100,000 keys
/// that repeat; of more, the rest is told apart by a 64-bit hash.</param>
/// <param name="Modified">When it was last written.</param>
/// <param name="IsSettled">Whether it stayed as it was while it was read.</param>
public sealed record ExportFacts(
    IReadOnlyList<string> Header,
    long Rows,
    ExportFlaws Malformed,
    ExportFlaws Encoding,
    ExportFlaws Repeats,
    DateTimeOffset Modified,
    bool IsSettled)
{
    /// <summary>A checksum that is another than the file's own; none where nobody wrote one.</summary>
    public ExportFlaws Checksum { get; init; } = new(0, []);
}

/// <summary>What is wrong in one way: how often, and the first of them as "line 17: 3
/// columns, 5 wanted" (lines count from 1, the header's).</summary>
public sealed record ExportFlaws(long Total, IReadOnlyList<string> First);
