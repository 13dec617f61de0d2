namespace TagGuard.Adapters.DuckDb;

/// <summary>DuckDB refused or failed; holds the SQL.</summary>
sealed class DuckDbException(string message, string sql) : Exception(message)
{
    public string Sql { get; } = sql;

    public bool IsAbsent => Message.StartsWith("Catalog Error: Table", StringComparison.Ordinal);

    /// <summary>Another process writes the file, or it was replaced between being listed and being read. A Parquet file has its end when it is whole.</summary>
    public bool IsTransient => Has("Could not set lock") || Has("Cannot open file") || Has("too small to be a Parquet file") || Has("No magic bytes found at end of file");

    bool Has(string words) => Message.Contains(words, StringComparison.Ordinal);
}
