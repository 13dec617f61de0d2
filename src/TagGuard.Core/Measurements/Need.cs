namespace TagGuard.Measurements;

/// <summary>A connection by the name in the plan, the capability wanted of it, and the key of the measurement that names it.</summary>
public sealed record Need(string Connection, Type Capability, string Key = "connection")
{
    /// <summary>SQL of the plan that is run there, and the key that holds it.</summary>
    public IReadOnlyList<UserQuery> Queries { get; init; } = [];
}

/// <summary>SQL that stands in the plan.</summary>
/// <param name="Key">Its key in the measurement; `all.1.sql` is the `sql` of the second in the list `all`.</param>
/// <param name="Sql">The text.</param>
public sealed record UserQuery(string Key, string Sql);
