namespace TagGuard.Facts;

/// <summary>What a comparison with the past is made of. Not stored: it comes out again, bit for bit, when the same is judged again.</summary>
public sealed record Decomposition
{
    /// <summary>The count to expect of the series by its own past; the season is in it.</summary>
    public required double OwnPast { get; init; }

    /// <summary>The season's part of it: 0.8 on a day that is usually a fifth below the others; 1 without a season.</summary>
    public double SeasonFactor { get; init; } = 1;

    /// <summary>What all series of the check did together, as a factor; it is in the expected count, not in <see cref="OwnPast"/>.</summary>
    public double CommonFactor { get; init; } = 1;

    /// <summary>One sigma of the series' own noise, as a relative change; null for a rule that has none.</summary>
    public double? Noise { get; init; }

    /// <summary>How abnormal the value is, in the unit of the two scores below; null for a rule that has none.</summary>
    public double? Score { get; init; }

    public double? TellScore { get; init; }

    public double? FailScore { get; init; }

    /// <summary>The value below which it would have been seen, worth telling or not; null where a rule knows no difference.</summary>
    public double? SeenLow { get; init; }

    public double? SeenHigh { get; init; }

    /// <summary>The value below which it would have been told.</summary>
    public double? TellLow { get; init; }

    /// <summary>The value above which it would have been told.</summary>
    public double? TellHigh { get; init; }
}
