namespace TagGuard.SourceContracts;

/// <summary>The statements that make a table with its rows, in the system's own words.</summary>
static class SourceScript
{
    /// <param name="table">The table.</param>
    /// <param name="quoted">Quotes a name.</param>
    /// <param name="typeOf">A column's type.</param>
    /// <param name="text">Makes text of hexadecimal digits.</param>
    /// <param name="bytes">Makes bytes of hexadecimal digits.</param>
    public static IEnumerable<string> Of(
        SourceTable table, Func<string, string> quoted, Func<ColumnKind, string> typeOf, Func<string, string> text, Func<string, string> bytes)
    {
        yield return $"create table {quoted(table.Name)} "
            + $"({string.Join(", ", table.Columns.Select(column => $"{quoted(column.Name)} {typeOf(column.Kind)}"))})";
        if (table.Rows.Count == 0)
            yield break;
        var rows = table.Rows.Select(row => $"({string.Join(", ", row.Select((value, i) => table.Columns[i].Literal(value, text, bytes)))})");
        yield return $"insert into {quoted(table.Name)} values {string.Join(", ", rows)}";
    }
}

/// <summary>What keeps a system from answering, until it is disposed.</summary>
sealed class Disturbance(Action end) : IAsyncDisposable
{
    public ValueTask DisposeAsync()
    {
        end();
        return ValueTask.CompletedTask;
    }
}
