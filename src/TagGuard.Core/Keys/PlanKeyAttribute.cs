namespace TagGuard.Keys;

/// <summary>What a key of the plan means, for editors (the JSON schema) and for messages.
/// The key is the property's name in snake_case unless given.</summary>
[AttributeUsage(AttributeTargets.Property)]
public sealed class PlanKeyAttribute(string help) : Attribute
{
    public string Help { get; } = help;

    /// <summary>The key in the YAML file; null means the property's name in snake_case.</summary>
    public string? Name { get; init; }

    /// <summary>An example value, shown in messages and in the schema.</summary>
    public string? Example { get; init; }
}
