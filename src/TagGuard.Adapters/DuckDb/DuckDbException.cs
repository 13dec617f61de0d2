namespace TagGuard.Adapters.DuckDb;

/// <summary>DuckDB refused or failed; holds the SQL.</summary>
sealed class DuckDbException(string message, string sql) : Exception(Sentence(message))
{
    public string Sql { get; } = sql;

    public bool IsAbsent => Message.StartsWith("Catalog Error: Table", StringComparison.Ordinal);

    /// <summary>The SQL names what is not there, or is none.</summary>
    public bool IsWrongQuestion =>
        !IsAbsent
        && (Message.StartsWith("Parser Error:", StringComparison.Ordinal) || Message.StartsWith("Catalog Error:", StringComparison.Ordinal)
            || (Message.StartsWith("Binder Error:", StringComparison.Ordinal)
                && (Has("not found in FROM clause") || Has("does not have a column") || Has("No function matches"))));

    /// <summary>The first sentence: the candidates behind it are a part of the columns only.</summary>
    public string WrongQuestion =>
        Message.Split("! ")[0].Split(" Candidate")[0].Replace("Binder Error: ", "", StringComparison.Ordinal).TrimEnd('.', '!') + ".";

    /// <summary>It would have touched what lies outside of the folders that the database is confined to.</summary>
    public bool IsForbidden => Message.StartsWith("Permission Error:", StringComparison.Ordinal);

    /// <summary>Another process writes the file, or it was replaced between being listed and
    /// being read. A Parquet file has its end when it is whole.</summary>
    public bool IsTransient =>
        Has("Could not set lock") || Has("Cannot open file") || Has("too small to be a Parquet file") || Has("No magic bytes found at end of file");

    public bool IsOutOfMemory => Message.StartsWith("Out of Memory Error:", StringComparison.Ordinal);

    /// <summary>The disk, not the memory, has no room for what is spilled.</summary>
    public bool IsOutOfDisk => Has("max_temp_directory_size") || Has("No space left on device");

    bool Has(string words) => Message.Contains(words, StringComparison.Ordinal);

    /// <summary>Without the excerpt of the SQL that DuckDB draws below it: the SQL is told whole beside it.</summary>
    static string Sentence(string message) => message.Split("\n\nLINE ")[0].ReplaceLineEndings(" ");
}
