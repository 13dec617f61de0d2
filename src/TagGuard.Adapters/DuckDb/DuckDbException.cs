namespace TagGuard.Adapters.DuckDb;

/// <summary>DuckDB refused or failed; holds the SQL.</summary>
sealed class DuckDbException(string message, string sql) : Exception(message)
{
    public string Sql { get; } = sql;
}
