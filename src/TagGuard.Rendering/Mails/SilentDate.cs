namespace TagGuard.Rendering.Mails;

/// <summary>A date whose run has not happened in time.</summary>
/// <param name="Plan">The plan's name.</param>
/// <param name="Date">The business date.</param>
/// <param name="ExpectedBy">When it was expected, on the morning after it; null when the plan does not say any more.</param>
/// <param name="Unjudged">The stages that nobody judged so far; empty when all have been since.</param>
public sealed record SilentDate(string Plan, DateOnly Date, TimeOnly? ExpectedBy, IReadOnlyList<string> Unjudged);
