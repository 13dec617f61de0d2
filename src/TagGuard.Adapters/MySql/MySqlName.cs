namespace TagGuard.Adapters.MySql;

/// <summary>Quoting for MySQL, in one place.</summary>
static class MySqlName
{
    /// <summary>A table, as `table` or `database.table`: each part in backticks.</summary>
    public static string Table(string name) => string.Join('.', name.Split('.').Select(Column));

    public static string Column(string name) => $"`{name.Replace("`", "``", StringComparison.Ordinal)}`";
}
