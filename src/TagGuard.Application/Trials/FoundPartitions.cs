namespace TagGuard.Application.Trials;

/// <summary>Which partitions of a check are there.</summary>
/// <param name="Newest">The newest of those looked at; null when there is none.</param>
/// <param name="Days">How many days up to the due date were looked at.</param>
/// <param name="Found">How many of them are there.</param>
/// <param name="BackTo">The oldest date found, as far as was looked: there may be older ones.</param>
public sealed record FoundPartitions(DateOnly? Newest, int Days, int Found, DateOnly? BackTo);
