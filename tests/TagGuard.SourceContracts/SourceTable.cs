using System.Text;

namespace TagGuard.SourceContracts;

/// <summary>A table with its rows, which every system makes with types of its own.</summary>
/// <param name="Name">Its name.</param>
/// <param name="Partition">The column that parts its rows, a text; null for a table that is not parted.</param>
/// <param name="Columns">All columns, the partition's among them.</param>
/// <param name="Rows">Values in the order of the columns, as the text that <see cref="Sources.IKeyedSource"/> makes of them; null is NULL.</param>
public sealed record SourceTable(
    string Name,
    string? Partition,
    IReadOnlyList<SourceColumn> Columns,
    params IReadOnlyList<IReadOnlyList<string?>> Rows)
{
    public int At(string column) => Columns.TakeWhile(other => other.Name != column).Count();
}

/// <summary>A column of a <see cref="SourceTable"/>.</summary>
public sealed record SourceColumn(string Name, ColumnKind Kind)
{
    /// <summary>A value as a literal that no rule of quoting can get wrong: digits, a time in
    /// quotes, or hexadecimal digits in the system's own way.</summary>
    /// <param name="value">The value, NULL for null.</param>
    /// <param name="text">Makes text of hexadecimal digits.</param>
    /// <param name="bytes">Makes bytes of hexadecimal digits.</param>
    public string Literal(string? value, Func<string, string> text, Func<string, string> bytes) => (value, Kind) switch
    {
        (null, _) => "null",
        (_, ColumnKind.Text) => text(Convert.ToHexString(Encoding.UTF8.GetBytes(value))),
        (_, ColumnKind.Bytes) => bytes(value),
        (_, ColumnKind.Date or ColumnKind.Time) => $"'{value}'",
        _ => value,
    };
}

public enum ColumnKind
{
    Text,

    /// <summary>64 bits with a sign.</summary>
    Whole,

    /// <summary>64 bits without one.</summary>
    Natural,

    /// <summary>38 digits, 10 of them behind the point.</summary>
    Fixed,

    Boolean,
    Date,

    /// <summary>With microseconds, without a zone.</summary>
    Time,

    Bytes,
}
