using TagGuard.Detection.Common;
using TagGuard.Detection.Events;

namespace TagGuard.Detection;

/// <summary>One check on one morning, judged.</summary>
public sealed record MorningResult
{
    /// <summary>One for each row of the counts, in their order.</summary>
    public required IReadOnlyList<TagResult> Tags { get; init; }

    /// <summary>What the check did as a whole, in log units.</summary>
    public required double CommonMove { get; init; }

    /// <summary>The move of the check in sigmas of its usual moves.</summary>
    public required double CommonMoveScore { get; init; }

    /// <summary>What many tags did at once.</summary>
    public required IReadOnlyList<SharedEvent> Incidents { get; init; }

    /// <summary>One for each group of the morning, in their order.</summary>
    public required IReadOnlyList<GroupResult> Groups { get; init; }
}
