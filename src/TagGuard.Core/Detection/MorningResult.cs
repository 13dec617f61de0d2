using TagGuard.Detection.Common;
using TagGuard.Detection.Events;

namespace TagGuard.Detection;

/// <summary>One source on one morning, judged.</summary>
public sealed record MorningResult
{
    /// <summary>One for each row of the counts, in their order.</summary>
    public required IReadOnlyList<TagResult> Tags { get; init; }

    /// <summary>What the source did as a whole, in log units.</summary>
    public required double SourceMove { get; init; }

    /// <summary>The move of the source in sigmas of its usual moves.</summary>
    public required double SourceMoveScore { get; init; }

    /// <summary>The same in sigmas of the moves of days on which the tags were as much alike as today; 0 when they differ more than usual.</summary>
    public required double SourceMoveScoreOfAlike { get; init; }

    /// <summary>The usual size of the moves of the source, as a sigma in log units; NaN without a past or with few tags.</summary>
    public required double SourceNoise { get; init; }

    /// <summary>Movements of groups of tags that were removed beside it.</summary>
    public required int Factors { get; init; }

    /// <summary>What many tags did at once.</summary>
    public required IReadOnlyList<SourceIncident> Incidents { get; init; }

    /// <summary>One for each group of the morning, in their order.</summary>
    public required IReadOnlyList<GroupResult> Groups { get; init; }

    /// <summary>The tags worth a line of their own, as numbers of their rows, the most abnormal first.</summary>
    public required IReadOnlyList<int> Alarms { get; init; }
}
