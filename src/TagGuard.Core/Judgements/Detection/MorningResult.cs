namespace TagGuard.Judgements.Detection;

/// <summary>One source on one morning, judged.</summary>
public sealed record MorningResult
{
    /// <summary>One for each row of the counts, in their order.</summary>
    public required IReadOnlyList<TagResult> Tags { get; init; }

    /// <summary>What the source did as a whole, in log units.</summary>
    public required double SourceMove { get; init; }

    /// <summary>The move of the source in sigmas of its usual moves.</summary>
    public required double SourceMoveScore { get; init; }

    /// <summary>Movements of groups of tags that were removed beside it.</summary>
    public required int Factors { get; init; }

    /// <summary>What many tags did at once.</summary>
    public required IReadOnlyList<SourceIncident> Incidents { get; init; }

    /// <summary>The tags worth a line of their own, as numbers of their rows, the most abnormal first.</summary>
    public required IReadOnlyList<int> Alarms { get; init; }
}
