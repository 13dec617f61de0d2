namespace TagGuard.Adapters.Sources.Sql;

/// <summary>SQL with the values of its parameters, which are bound and never part of its text.</summary>
/// <param name="Text">The SQL in a system's dialect.</param>
/// <param name="Parameters">The values; a system passes over those that the text does not name.</param>
sealed record BoundSql(string Text, params IReadOnlyList<SqlParameter> Parameters)
{
    /// <summary>The parameters that the text names.</summary>
    public IReadOnlyList<SqlParameter> Named { get; init; } = Parameters;

    /// <summary>As it is printed and stored: the SQL with the values in a comment behind it.</summary>
    public string Asked => Named.Count == 0 ? Text : $"{Text}  -- {string.Join(", ", Named)}";
}

/// <summary>A value by its parameter's name.</summary>
/// <param name="Name">The name with the dialect's mark before it: @value, $value.</param>
/// <param name="Value">A text or a date.</param>
readonly record struct SqlParameter(string Name, object Value)
{
    public override string ToString() => $"{Name} = {(Value is DateOnly date ? date.ToString("yyyy-MM-dd") : Value)}";
}
