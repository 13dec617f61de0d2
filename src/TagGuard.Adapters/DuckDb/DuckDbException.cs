namespace TagGuard.Adapters.DuckDb;

/// <summary>DuckDB refused or failed; holds the SQL.</summary>
sealed class DuckDbException(string message, string sql) : Exception(message)
{
    public string Sql { get; } = sql;

    public bool IsAbsent => Message.StartsWith("Catalog Error: Table", StringComparison.Ordinal);

    /// <summary>Another process writes the file, or it was replaced between being listed and being read.</summary>
    public bool IsTransient => Message.StartsWith("IO Error:", StringComparison.Ordinal)
        && (Message.Contains("Could not set lock", StringComparison.Ordinal) || Message.Contains("Cannot open file", StringComparison.Ordinal));
}
