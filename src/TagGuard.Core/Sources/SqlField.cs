namespace TagGuard.Sources;

/// <summary>What a plan names of a row: a column, or SQL in parentheses.</summary>
public static class SqlField
{
    public static bool IsSql(string field) => field.StartsWith('(') && field.EndsWith(')');

    /// <summary>Whether it is the name of a column as no column is called: SQL without its parentheses.</summary>
    public static bool MayBeSql(string field) => !IsSql(field) && field.Any("()|'+*, ".Contains);
}
