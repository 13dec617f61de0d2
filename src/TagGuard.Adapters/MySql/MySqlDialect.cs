using TagGuard.Adapters.Sources.Sql;

namespace TagGuard.Adapters.MySql;

/// <summary>The words of MySQL and MariaDB.</summary>
sealed class MySqlDialect : KeyedDialect
{
    public static readonly MySqlDialect Instance = new();

    public override char Mark => '@';

    public override bool HasEscapes => true;

    public static string Column(string name) => $"`{name.Replace("`", "``", StringComparison.Ordinal)}`";

    public override string Quoted(string name) => Column(name);

    public override string Text(string sql) => $"convert({sql} using utf8mb4)";

    public override string Crc(string text) => $"crc32({text})";

    public override string Joined(string high, string low) => $"({high} << 32 | {low})";

    public override string Concatenated(IEnumerable<string> texts) => $"concat({string.Join(", ", texts)})";

    public override string ByteCount(string text) => $"length({text})";

    /// <summary>A text's own order is its collation's.</summary>
    public override string InBytes(string text) => $"cast({text} as binary)";
}
