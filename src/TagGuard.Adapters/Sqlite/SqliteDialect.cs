using TagGuard.Adapters.Sources.Sql;

namespace TagGuard.Adapters.Sqlite;

/// <summary>SQLite's words. It has neither CRC-32 nor SHA-1, so its rows are counted and not hashed.</summary>
sealed class SqliteDialect : SqlDialect
{
    public static readonly SqliteDialect Instance = new();

    public override char Mark => '@';

    /// <summary>In backticks: in double quotes, SQLite would take a name that is not there for a text, sqlite.org/quirks.html#dblquote.</summary>
    public override string Quoted(string name) => $"`{name.Replace("`", "``", StringComparison.Ordinal)}`";
}
