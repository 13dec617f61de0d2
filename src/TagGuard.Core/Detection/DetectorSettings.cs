namespace TagGuard.Detection;

/// <summary>The constants of the detector. The defaults were measured on 3,700 real daily
/// series; only <see cref="SmallestChange"/> is a matter of taste.</summary>
/// <remarks>"Log units" are natural logarithms of counts: -0.69 is a fall to a half. "Sigmas" are multiples of a tag's own robust noise.</remarks>
public sealed record DetectorSettings
{
    public static DetectorSettings Default { get; } = new();

    /// <summary>The recipe as it was first measured, with which scores can be compared.</summary>
    public static DetectorSettings Reference { get; } = new() { MinWeeksOfYoungProfile = 4, MostOfFactor = double.MaxValue, WeekdayRepeats = false };

    /// <summary>Weeks that the weekday profile of the check counts for beside the weeks of the tag itself.</summary>
    public double ProfileWeeks { get; init; } = 6;

    /// <summary>Fewest weeks of each weekday that a tag must have for the weekday profile of the check.</summary>
    public int MinWeeksOfProfile { get; init; } = 4;

    /// <summary>The same while the check is too young for that: else its first weekends look as if all tags had fallen.</summary>
    public int MinWeeksOfYoungProfile { get; init; } = 2;

    /// <summary>Share of a new day in the level of the slow, the middle and the fast filter.</summary>
    public (double Slow, double Middle, double Fast) LevelShares { get; init; } = (0.1, 0.3, 0.8);

    /// <summary>Fewest tags for which what all do together is removed.</summary>
    public int MinTagsOfCommonMode { get; init; } = 8;

    /// <summary>Spread of the tags' loadings on the common move around 1, before anything is seen.</summary>
    public double LoadingSpread { get; init; } = 0.3;

    /// <summary>Latent factors removed after the common move, at most.</summary>
    public int Factors { get; init; } = 6;

    /// <summary>A latent factor is at most this many times as large today as it ever was in 63 days: what goes beyond is left to the tags, or the
    /// fault of a group would be explained away.</summary>
    public double MostOfFactor { get; init; } = 3;

    /// <summary>Fewest tags from which latent factors are learnt.</summary>
    public int MinTagsOfFactors { get; init; } = 20;

    /// <summary>Most tags from which latent factors are learnt; of more, every n-th by level.</summary>
    public int MaxTagsOfFactors { get; init; } = 4000;

    /// <summary>Weight of the squared median residual in the noise.</summary>
    public double MedianWeight { get; init; } = 0.68;

    /// <summary>Weight of the squared second largest residual in the noise.</summary>
    public double SecondLargestWeight { get; init; } = 0.16;

    /// <summary>Weight of the squared 4 % tail on the side of today's residual in the noise.</summary>
    public double TailWeight { get; init; } = 0.30;

    /// <summary>The noise is at least this multiple of the variance that independent users have by chance.</summary>
    public double ChanceWeight { get; init; } = 1.5;

    /// <summary>The smallest relative change that is worth a line: a noise that every tag is given in addition, in log units.</summary>
    public double SmallestChange { get; init; } = 0.05;

    /// <summary>A noise known from n days is widened by 1 + this / n.</summary>
    public double ShortHistory { get; init; } = 6;

    /// <summary>The score falls with the noise to 1 plus this power: steady tags are favoured a little.</summary>
    public double Steadiness { get; init; } = 0.12;

    /// <summary>Factor of the score of rises: harmless rises are commoner than harmless falls.</summary>
    public double RiseWeight { get; init; } = 0.9;

    /// <summary>Most that an exact zero adds to the score of a tag that is practically never at zero.</summary>
    public double ZeroBonus { get; init; } = 3;

    /// <summary>Score for each unit of -ln(probability) of an exact repetition of yesterday's count.</summary>
    public double RepeatWeight { get; init; } = 0.7;

    /// <summary>Whether a repetition is as probable as it was on the same weekdays, where that is more.</summary>
    public bool WeekdayRepeats { get; init; } = true;

    /// <summary>A residual of the two days before beyond this many sigmas, on today's side, is
    /// the same event: only what goes beyond it counts today.</summary>
    public double Ongoing { get; init; } = 2.5;

    /// <summary>A tag that moved more than this many times as far as its check, and alarms, is told beside the check.</summary>
    public double MostOfCommonMove { get; init; } = 3;

    /// <summary>A score above this alarms: about 1 false alarm in 1,000 clean tags and mornings.</summary>
    public double AlarmScore { get; init; } = 5.55;
}
