namespace TagGuard.Sources;

/// <summary>What a plan names of a row: a column, or SQL in parentheses.</summary>
public static class SqlField
{
    public static bool IsSql(string field) => field.StartsWith('(') && field.EndsWith(')');
}
