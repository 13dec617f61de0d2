using TagGuard.Sources;

namespace TagGuard.Measurements;

/// <summary>A connection by the name in the plan, the capability wanted of it, and the key of the measurement that names it.</summary>
public sealed record Need(string Connection, Type Capability, string Key = "connection")
{
    /// <summary>SQL of the plan that is run there, and the key that holds it.</summary>
    public IReadOnlyList<UserQuery> Queries { get; init; } = [];

    /// <summary>The part of a table that is asked there, of any date; null for none.</summary>
    public TablePart? Part { get; init; }

    /// <summary>What stands before the part's keys in the measurement: `left.`.</summary>
    public string PartKey { get; init; } = "";
}

/// <summary>SQL that stands in the plan.</summary>
/// <param name="Key">Its key in the measurement; `all.1.sql` is the `sql` of the second in the list `all`.</param>
/// <param name="Sql">The text.</param>
public sealed record UserQuery(string Key, string Sql);
