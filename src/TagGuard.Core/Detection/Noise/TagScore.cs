using TagGuard.Detection.Forecast;

namespace TagGuard.Detection.Noise;

/// <summary>What is known of one tag when its score is due; moves in log units.</summary>
readonly record struct ScoreInput
{
    public required double Value { get; init; }

    public required double Yesterday { get; init; }

    /// <summary>The residuals of today, of yesterday and of the day before, common moves removed.</summary>
    public required (double Today, double Yesterday, double DayBefore) Residuals { get; init; }

    public required double Mad { get; init; }

    public required double Second { get; init; }

    public required double TailUp { get; init; }

    public required double TailDown { get; init; }

    /// <summary>Residuals that the noise is known from.</summary>
    public required double Days { get; init; }

    /// <summary>Variance by chance alone.</summary>
    public required double Chance { get; init; }

    /// <summary>How much of the tag changes a day: see <see cref="Detection.Noise.Turnover"/>.</summary>
    public required double Turnover { get; init; }

    /// <summary>How many times as far as in one day it may go since it was counted last: see <see cref="RandomWalk"/>.</summary>
    public required double Reach { get; init; }

    /// <summary>The size of what the count did since the day before yesterday; NaN when that is not known.</summary>
    public required double InTwoDays { get; init; }

    public required DayCounts Seen { get; init; }
}

/// <summary>From a residual to a score: how many sigmas, with what is known about zeros, repeated counts and events that go on.</summary>
static class TagScore
{
    /// <summary>-ln(probability) at which a zero gets its whole bonus: about 1 in 90.</summary>
    const double WholeZero = 4.5;

    /// <summary>-ln(probability) beyond which a repetition is none by chance: 1 in 20.</summary>
    const double RareRepeat = 3;

    /// <summary>What stays is as large as it was, to this part of it.</summary>
    const double MostChangeOfStaying = 1.0 / 3;

    /// <summary>The density of the normal distribution at its middle is 1 / (2.507 sigma).</summary>
    const double RootOfTwoPi = 2.507;

    /// <summary>The noise on one side, as a sigma.</summary>
    static double Noise(in ScoreInput facts, double tail, DetectorSettings settings)
    {
        var (stock, flow) = settings.ChanceWeights;
        var weight = stock + (flow - stock) * Math.Min(2 * facts.Turnover, 1);
        var (least, most) = settings.SmallestNoises;
        var smallest = Math.Clamp(most * settings.FlowTurnovers * facts.Turnover, least, most);
        return facts.Reach * NoiseScale.Sigma(facts.Mad, facts.Second, tail, weight * facts.Chance, smallest, facts.Days, settings);
    }

    /// <summary>The residual that scores 1: the noise, a little less than in proportion for noisy tags, and more for rises.</summary>
    static double Unit(double noise, bool isRise, DetectorSettings settings) =>
        noise * Math.Pow(noise / 0.1, settings.Steadiness) / (isRise ? settings.RiseWeight : 1);

    /// <summary>The part of the result that is made of the tag's own residuals.</summary>
    public static TagResult Of(in ScoreInput facts, DetectorSettings settings)
    {
        var noiseDown = Noise(facts, facts.TailDown, settings);
        var noiseUp = Noise(facts, facts.TailUp, settings);
        var fall = Unit(noiseDown, false, settings);
        var rise = Unit(noiseUp, true, settings);
        var residual = facts.Residuals.Today;
        var (score, asNew, ongoing, chance, notes) = residual > 0 ? Judge(facts, noiseUp, rise, settings) : Judge(facts, noiseDown, fall, settings);
        return new TagResult
        {
            Value = facts.Value,
            Score = score,
            ScoreAsNew = asNew,
            Expected = double.NaN,
            ExpectedToday = double.NaN,
            SeasonFactor = 1,
            CommonMove = 0,
            Residual = residual,
            NoiseDown = noiseDown,
            NoiseUp = noiseUp,
            FallPerScore = fall,
            RisePerScore = rise,
            Ongoing = ongoing,
            Stays = Stays(facts.Residuals, residual > 0 ? noiseUp : noiseDown, settings),
            RepeatChance = chance,
            Weekdays = (facts.Seen.SameWeekdays, facts.Seen.RepeatsOnWeekday),
            WeeksRepeated = facts.Seen.WeeksRepeated,
            UsualRepeats = (double)facts.Seen.Repeats / Math.Max(facts.Seen.Known, 1),
            ZeroBonus = settings.ZeroBonus * RarityOfZero(facts.Seen),
            IsAsYesterday = facts.Value == facts.Yesterday,
            Notes = notes,
        };
    }

    static (double Score, double AsNew, double Ongoing, double RepeatChance, TagNotes Notes) Judge(
        in ScoreInput facts,
        double noise,
        double unit,
        DetectorSettings settings)
    {
        var residual = facts.Residuals.Today;
        if (double.IsNaN(residual))
            return (double.NaN, double.NaN, 0, 1, double.IsNaN(facts.Value) ? TagNotes.Missing : TagNotes.TooFewDays);
        var ongoing = Math.Max(
            Before(facts.Residuals.Yesterday, residual, noise, settings),
            Before(facts.Residuals.DayBefore, residual, noise, settings));
        var chance = RepeatChance(facts, noise, settings);
        var size = IsBack(facts.Residuals.Yesterday, residual, noise, settings) ? LeastOf(Math.Abs(residual), facts.InTwoDays) : Math.Abs(residual);
        var (score, notes) = Beyond(size, ongoing, facts, chance, unit, settings);
        var asNew = ongoing > 0 ? Beyond(size, 0, facts, chance, unit, settings).Score : score;
        return (score, asNew, ongoing, chance, notes);
    }

    /// <summary>The score of what goes beyond an event that is known already.</summary>
    static (double Score, TagNotes Notes) Beyond(
        double size,
        double ongoing,
        in ScoreInput facts,
        double repeatChance,
        double unit,
        DetectorSettings settings)
    {
        var score = Math.Max(size - ongoing, 0) / unit;
        var notes = ongoing > 0 ? TagNotes.Ongoing : TagNotes.None;
        if (facts.Value <= 0 && ongoing <= 0)
        {
            var rare = RarityOfZero(facts.Seen);
            score += settings.ZeroBonus * rare;
            notes |= rare >= 0.5 ? TagNotes.Zero : TagNotes.None;
        }
        if (facts.Value == facts.Yesterday && facts.Value > 0 && -Math.Log(repeatChance) is > RareRepeat and var evidence)
        {
            score = Math.Max(score, settings.RepeatWeight * evidence + 0.5 * score);
            notes |= TagNotes.Repeated;
        }
        return (score, notes);
    }

    /// <summary>Whether the tag came back from an outlier of yesterday: then it is compared with the day before that, too.</summary>
    static bool IsBack(double before, double today, double noise, DetectorSettings settings) =>
        Math.Sign(before) == -Math.Sign(today) && Math.Abs(before) > settings.Ongoing * noise;

    /// <summary>Days in a row before today, up to two, on which the tag was as far from its level, on the same side, as today.</summary>
    static int Stays((double Today, double Yesterday, double DayBefore) residuals, double noise, DetectorSettings settings)
    {
        var (today, yesterday, dayBefore) = residuals;
        return double.IsNaN(today) || !IsAsToday(yesterday) ? 0 : IsAsToday(dayBefore) ? 2 : 1;

        bool IsAsToday(double before) =>
            Before(before, today, noise, settings) > 0 && Math.Abs(before - today) < MostChangeOfStaying * Math.Abs(today);
    }

    static double LeastOf(double size, double other) => other < size ? other : size;

    static double Before(double before, double today, double noise, DetectorSettings settings) =>
        Math.Sign(before) == Math.Sign(today) && Math.Abs(before) > settings.Ongoing * noise ? Math.Abs(before) : 0;

    /// <summary>How much of the bonus a zero is given: all of it when it comes seldom enough.</summary>
    static double RarityOfZero(in DayCounts seen)
    {
        var chance = Math.Clamp(Math.Max((seen.Zeros + 0.5) / (seen.Known + 1), (seen.ZerosOnWeekday + 0.25) / (seen.SameWeekdays + 1)), 1e-9, 1);
        return Math.Clamp(-Math.Log(chance) / WholeZero, 0, 1);
    }

    static double RepeatChance(in ScoreInput facts, double noise, DetectorSettings settings)
    {
        var byChance = 1 / (RootOfTwoPi * noise * Math.Max(facts.Value, 1));
        var usual = (facts.Seen.Repeats + 0.3) / (facts.Seen.Known + 1);
        // A shop that is closed on Sundays counts the same on every one as on the day before.
        var onWeekday =
            settings.WeekdayRepeats && facts.Seen.RepeatsOnWeekday > 0 ? (facts.Seen.RepeatsOnWeekday + 0.25) / (facts.Seen.SameWeekdays + 1) : 0;
        return Math.Clamp(Math.Max(byChance, 0.5 * Math.Max(usual > 0.02 ? usual : 0, onWeekday)), 1e-9, 1);
    }
}
