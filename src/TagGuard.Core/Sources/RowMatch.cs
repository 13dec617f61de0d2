namespace TagGuard.Sources;

/// <summary>Rows of a table by what their columns hold.</summary>
/// <param name="Table">Table as the plan names it, date filled in.</param>
/// <param name="Columns">All of these must hold.</param>
public sealed record RowMatch(string Table, IReadOnlyList<ColumnMatch> Columns);

/// <summary>What one column must hold; the value is text, and the source compares it as the column's type.</summary>
public sealed record ColumnMatch(string Column, Comparison Comparison, string Value);

public enum Comparison { Equal, AtLeast, Below }
