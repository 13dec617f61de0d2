namespace TagGuard.Adapters.DuckDb;

/// <summary>Quoting for DuckDB, in one place.</summary>
static class Sql
{
    /// <summary>A column, or `schema.table`: each part quoted.</summary>
    public static string Name(string name) => string.Join('.', name.Split('.').Select(part => $"\"{part.Replace("\"", "\"\"")}\""));

    public static string Column(string name) => $"\"{name.Replace("\"", "\"\"")}\"";

    /// <summary>Text as a literal: only for what cannot be bound, such as the files of read_parquet.</summary>
    public static string Text(string text) => $"'{text.Replace("'", "''")}'";

    public static string List(IEnumerable<string> texts) => $"[{string.Join(", ", texts.Select(Text))}]";
}
