namespace TagGuard.Sources;

/// <summary>The rows of a table that belong to one business date.</summary>
/// <param name="Table">Table as the plan names it, date filled in: `dw.order_fact`, or a file of a folder.</param>
/// <param name="Partition">Partition column, or null when the table itself is of the date.</param>
/// <param name="Value">The partition's value, such as `20111115`; null when <paramref name="Partition"/> is.</param>
/// <param name="Where">A further condition in the source's SQL, or null.</param>
public sealed record TablePart(string Table, string? Partition, string? Value, string? Where)
{
    /// <summary>Its rows by their keys, of a table without SQL; null for all.</summary>
    public RowScan? Scan { get; init; }

    /// <summary>How it is written, of a CSV file; null for the usual way.</summary>
    public CsvForm? Csv { get; init; }

    public override string ToString() => Table + (Partition is null ? "" : $" {Partition}={Value}") + (Where is null ? "" : $" where {Where}");
}
