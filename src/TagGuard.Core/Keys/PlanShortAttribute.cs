namespace TagGuard.Keys;

/// <summary>The record may be written as this key's value alone: `tags: tagmap` for `tags: { keys: tagmap }`.</summary>
[AttributeUsage(AttributeTargets.Property)]
public sealed class PlanShortAttribute : Attribute;
