namespace TagGuard.Detection;

/// <summary>The constants of the detector, as measured on 3,700 real daily flows and 720 real tags.</summary>
/// <remarks>"Log units" are natural logarithms of counts: -0.69 is a fall to a half. "Sigmas" are multiples of a tag's own robust noise.</remarks>
public sealed record DetectorSettings
{
    public static DetectorSettings Default { get; } = new();

    /// <summary>The recipe as it was first measured, with which scores can be compared.</summary>
    public static DetectorSettings Reference { get; } =
        new()
        {
            MinWeeksOfYoungProfile = 4,
            MostOfFactor = double.MaxValue,
            WeekdayRepeats = false,
            LevelsByTurnover = false,
            WeeklySteps = false,
            NoiseOfLargeFlows = 0,
            WalksOn = false,
        };

    /// <summary>Weeks that the weekday profile of the check counts for beside the weeks of the tag itself.</summary>
    public double ProfileWeeks { get; init; } = 6;

    /// <summary>Fewest weeks of each weekday that a tag must have for the weekday profile of the check.</summary>
    public int MinWeeksOfProfile { get; init; } = 4;

    /// <summary>The same while the check is too young for that: else its first weekends look as if all tags had fallen.</summary>
    public int MinWeeksOfYoungProfile { get; init; } = 2;

    /// <summary>Share of a new day in the level of the slow, the middle and the fast filter.</summary>
    public (double Slow, double Middle, double Fast) LevelShares { get; init; } = (0.1, 0.3, 0.8);

    /// <summary>Whether only a stock is thought to be as it was yesterday, and to keep its level from the second day on.</summary>
    public bool LevelsByTurnover { get; init; } = true;

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

    /// <summary>The noise is at least this multiple of the variance that independent users have by chance: of a stock, and of a flow.</summary>
    public (double Stock, double Flow) ChanceWeights { get; init; } = (0.4, 1.5);

    /// <summary>Squared users that move by chance beside a tag's turnover: one or so.</summary>
    public double SomeUsers { get; init; } = 0.3;

    /// <summary>A tag with this turnover's inverse or more is a flow: see <see cref="Noise.Turnover"/>.</summary>
    public double FlowTurnovers { get; init; } = 4;

    /// <summary>Whether a tag with calm weeks is calm: its weekends then say nothing of its turnover.</summary>
    public bool WeeklySteps { get; init; } = true;

    /// <summary>Whether a stock walks on while nobody counts it: then it may lie further from where it was seen last.</summary>
    public bool WalksOn { get; init; } = true;

    /// <summary>The noise of a flow of ever so many users, in log units: what moves less is calm, however many users that are.</summary>
    public double NoiseOfLargeFlows { get; init; } = 0.04;

    /// <summary>The middle step of a check's tags from day to day, as a part of them, up to which it is one of stocks, and from which it is none:
    /// among tags that move a calm one may move, too.</summary>
    public (double Stock, double Flow) UsualSteps { get; init; } = (0.008, 0.014);

    /// <summary>A noise that a tag is given in addition, in log units: that of a flow, and of the calmest stock.</summary>
    public (double Stock, double Flow) SmallestNoises { get; init; } = (0.002, 0.05);

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
