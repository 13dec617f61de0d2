namespace TagGuard.Adapters.DuckDb;

/// <summary>DuckDB refused or failed; holds the SQL.</summary>
sealed class DuckDbException(string message, string sql) : Exception(Sentence(message))
{
    public string Sql { get; } = sql;

    public bool IsAbsent => Message.StartsWith("Catalog Error: Table", StringComparison.Ordinal);

    /// <summary>It would have touched what lies outside of the folders that the database is confined to.</summary>
    public bool IsForbidden => Message.StartsWith("Permission Error:", StringComparison.Ordinal);

    /// <summary>Another process writes the file, or it was replaced between being listed and being read.</summary>
    public bool IsTransient => Message.StartsWith("IO Error:", StringComparison.Ordinal)
        && (Message.Contains("Could not set lock", StringComparison.Ordinal) || Message.Contains("Cannot open file", StringComparison.Ordinal));

    /// <summary>Without the excerpt of the SQL that DuckDB draws below it: the SQL is told whole beside it.</summary>
    static string Sentence(string message) => message.Split("\n\nLINE ")[0].ReplaceLineEndings(" ");
}
