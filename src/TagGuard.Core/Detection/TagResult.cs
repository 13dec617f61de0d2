namespace TagGuard.Detection;

/// <summary>What is out of the ordinary about a count besides its size.</summary>
[Flags]
public enum TagNotes
{
    None = 0,

    /// <summary>Today's count is not known.</summary>
    Missing = 1,

    /// <summary>Less than a week of history: there is no score.</summary>
    TooFewDays = 2,

    /// <summary>Zero, on a tag that is seldom at zero on such a day.</summary>
    Zero = 4,

    /// <summary>Exactly yesterday's count, where that would be a coincidence.</summary>
    Repeated = 8,

    /// <summary>Goes on from one of the two days before: only what goes beyond it is scored.</summary>
    Ongoing = 16,
}

/// <summary>One tag judged, with all that the judgement is made of. Moves and noises are in log units: 0.69 is the double.</summary>
public readonly record struct TagResult
{
    /// <summary>Today's count; NaN when not known.</summary>
    public required double Value { get; init; }

    /// <summary>How abnormal it is, from 0 up; NaN when it could not be judged.</summary>
    public required double Score { get; init; }

    /// <summary>The score as if today's event did not go on from the days before: that of a fault not yet repaired.</summary>
    public required double ScoreAsNew { get; init; }

    /// <summary>The count to expect from the tag's own past; NaN without a past.</summary>
    public required double Expected { get; init; }

    /// <summary>The count to expect from the tag's past and from what its check does today.</summary>
    public required double ExpectedToday { get; init; }

    /// <summary>The weekday's part of <see cref="Expected"/>: 0.8 on a day that is usually a fifth below the week.</summary>
    public required double SeasonFactor { get; init; }

    /// <summary>What the tag did because its check and its group did.</summary>
    public required double CommonMove { get; init; }

    /// <summary>What is left to the tag alone.</summary>
    public required double Residual { get; init; }

    /// <summary>The noise of the tag, as a sigma, for falls.</summary>
    public required double NoiseDown { get; init; }

    /// <summary>The noise of the tag, as a sigma, for rises.</summary>
    public required double NoiseUp { get; init; }

    /// <summary>The size of the event that today's residual goes on from; 0 when it is new.</summary>
    public required double Ongoing { get; init; }

    /// <summary>Days before today since when it has stayed at about the same new size: 1 or 2; 0 when it is new, or has gone on changing.</summary>
    public int Stays { get; init; }

    /// <summary>The probability of an exact repetition of yesterday's count by chance.</summary>
    public required double RepeatChance { get; init; }

    /// <summary>Exactly yesterday's count, whether or not that is a coincidence.</summary>
    public required bool IsAsYesterday { get; init; }

    public required TagNotes Notes { get; init; }

    /// <summary>The fall that scores 1.</summary>
    public required double FallPerScore { get; init; }

    /// <summary>The rise that scores 1.</summary>
    public required double RisePerScore { get; init; }

    internal double ZeroBonus { get; init; }

    /// <summary>Today's weekdays that are known, and how many of them repeated the day before.</summary>
    internal (int Known, int Repeats) Weekdays { get; init; }

    /// <summary>On which of the same weekdays before the count was that of the day before, one bit a week, last week's the lowest.</summary>
    internal int WeeksRepeated { get; init; }

    /// <summary>The share of days, of any weekday, on which it was.</summary>
    internal double UsualRepeats { get; init; }

    internal double PointsToday { get; init; }

    internal double PointsPerLogUnit { get; init; }

    /// <summary>The noise on today's side.</summary>
    public double Noise => Residual > 0 ? NoiseUp : NoiseDown;

    /// <summary>What the tag did in all: the common move and its own.</summary>
    public double Move => CommonMove + Residual;

    /// <summary>The count below which today's score would be higher than this one; zero when there is none.</summary>
    public double LowAt(double score) => CountAt(-score * FallPerScore - (Residual < 0 ? Ongoing : 0));

    /// <summary>The count above which today's score would be higher than this one.</summary>
    public double HighAt(double score) => CountAt(score * RisePerScore + (Residual > 0 ? Ongoing : 0));

    /// <summary>The score of a zero, as a new event.</summary>
    public double ScoreOfZero => Math.Max((PointsToday - LogScale.Of(0)) / PointsPerLogUnit / FallPerScore, 0) + ZeroBonus;

    double CountAt(double residual) => double.IsNaN(PointsToday) ? double.NaN : LogScale.CountAt(PointsToday + residual * PointsPerLogUnit);
}
