namespace TagGuard.Keys;

/// <summary>A property that is not a key of the plan.</summary>
[AttributeUsage(AttributeTargets.Property)]
public sealed class PlanIgnoreAttribute : Attribute;
