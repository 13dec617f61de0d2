using System.Text;
using Google.Protobuf;
using TagGuard.Adapters.HBase.Rest;
using TagGuard.Sources;

namespace TagGuard.Adapters.HBase;

/// <summary>What is read of a table: whose rows, and what of each.</summary>
/// <param name="Table">Its name, with its namespace.</param>
/// <param name="Range">The rows.</param>
/// <param name="Columns">Families, or columns as `family:qualifier`; none for all.</param>
/// <param name="Since">Only what was written since, in milliseconds of Unix's time; null for whenever.</param>
/// <param name="KeysOnly">Whether one cell of each row is enough, without its value.</param>
sealed record ScanScope(string Table, KeyRange Range, IReadOnlyList<string> Columns, long? Since, bool KeysOnly)
{
    /// <summary>The pair that RowCounter uses: one cell of each row, without its value.</summary>
    const string OneCell =
        """{"type":"FilterList","op":"MUST_PASS_ALL","filters":[{"type":"FirstKeyOnlyFilter"},{"type":"KeyOnlyFilter"}]}""";

    /// <summary>Rows that the gateway takes from a region server at once.</summary>
    const int Caching = 1000;

    public static ScanScope Of(TablePart part, bool keysOnly, IReadOnlyList<string>? columns = null)
    {
        var scan = part.Scan;
        var range = scan is null ? KeyRange.All
            : new KeyRange(RowKeys.Parse(scan.From ?? ""), RowKeys.Parse(scan.To ?? ""))
                .Within(scan.Prefix is null ? KeyRange.All : KeyRange.OfPrefix(RowKeys.Parse(scan.Prefix)));
        return new(
            part.Table,
            range,
            columns ?? (scan?.Family is { } family ? [family] : []),
            scan?.Since?.ToUnixTimeMilliseconds(),
            keysOnly);
    }

    /// <summary>The families that it reads; none for all.</summary>
    public IEnumerable<string> Families => Columns.Select(column => column.Split(':')[0]).Distinct();

    /// <summary>The scanner of a range of rows. Everything is said, for what is left out means all of it on the server.</summary>
    public Scanner Scanner(KeyRange range)
    {
        var scanner = new Scanner
        {
            StartRow = ByteString.CopyFrom(range.Start),
            EndRow = ByteString.CopyFrom(range.End),
            Batch = int.MaxValue,
            MaxVersions = 1,
            Caching = Caching,
            CacheBlocks = false,
        };
        scanner.Columns.AddRange(Columns.Select(column => ByteString.CopyFrom(Encoding.UTF8.GetBytes(column))));
        if (Since is { } since)
            scanner.StartTime = since;
        if (KeysOnly)
            scanner.Filter = OneCell;
        return scanner;
    }

    /// <summary>For people.</summary>
    public override string ToString()
    {
        var text = new StringBuilder(Table);
        if (Range.Start.Length > 0 || Range.End.Length > 0)
            text.Append(" rows ").Append(Range);
        if (Columns.Count > 0)
            text.Append(" of ").Append(string.Join(", ", Columns));
        if (Since is { } since)
            text.Append(" written since ").Append(DateTimeOffset.FromUnixTimeMilliseconds(since).ToString("u"));
        return text.ToString();
    }
}
