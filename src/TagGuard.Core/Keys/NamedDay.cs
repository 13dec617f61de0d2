namespace TagGuard.Keys;

/// <summary>A line of a calendar's file.</summary>
public sealed record NamedDay(DateOnly Date, string Name, string Kind);
