using System.Runtime.InteropServices;
using TagGuard.Detection;
using TagGuard.Facts;
using TagGuard.Judgements.Past;
using TagGuard.Keys;
using TagGuard.Phrases;

namespace TagGuard.Judgements.Rules;

/// <summary>Distance from what the same weekday and the recent level suggest, in robust
/// standard deviations, with floors for small and for steady tags.</summary>
public sealed record BaselineRule : IRule
{
    const int LongestDays = 730;

    [PlanKey("Length of the season. Default 7d: the same weekday.", Example = "7d")]
    public TimeSpan Season { get; init; } = TimeSpan.FromDays(7);

    [PlanKey("Seasons of history to look back. Default 8.")]
    public int Seasons { get; init; } = 8;

    [PlanKey("Fewest accepted days of the same season that an expectation is made of. Default 4.")]
    public int MinSeasons { get; init; } = 4;

    [PlanKey("Tags smaller than this, both today and expected, are not judged. Default 50.", Example = "200")]
    public long MinUsers { get; init; } = 50;

    [PlanKey("Standard deviations beyond which a value warns. Default 3.5.", Example = "3.5")]
    public double Warn { get; init; } = 3.5;

    /// <remarks>Simulated: about 1 false alarm in 10,000 tag-days with normal tails and 8 seasons, 4
    /// with 4 seasons, 20 with the tails of Student's t at 5 degrees.</remarks>
    [PlanKey("Standard deviations beyond which a value fails. Default 4.5.", Example = "4.5")]
    public double Fail { get; init; } = 4.5;

    [PlanKey("Changes within this are never reported, however steady the tag. Default 10% both ways.", Example = "10%")]
    public Limits MinChange { get; init; } = new(-10, 10);

    public string Kind => "baseline";

    int SeasonDays => (int)Math.Clamp(Season.TotalDays, 1, LongestDays);

    public bool ComparesDays => true;

    public IReadOnlyList<string> About => VolumeSeries.Metrics;

    public int HistoryDays => (int)Math.Min((long)SeasonDays * Math.Max(Seasons, 0), LongestDays);

    public IEnumerable<KeyMistake> Mistakes()
    {
        if (Season < TimeSpan.FromDays(1) || Season.Ticks % TimeSpan.TicksPerDay != 0 || Season.TotalDays > LongestDays)
            yield return ("season", $"A season of {Season.TotalDays:0.##} days: there is one value a day, so write whole days, such as 7d.");
        else if ((long)SeasonDays * Seasons > LongestDays)
            yield return (
                "seasons",
                $"{Seasons} seasons of {SeasonDays} days are {(long)SeasonDays * Seasons} days: at most {LongestDays} are looked at. Use fewer.");
        if (MinSeasons < 3)
            yield return ("min_seasons", $"min_seasons {MinSeasons}: no spread can be seen in fewer than 3 days. Use 4.");
        if (MinSeasons > Seasons)
            yield return (
                "min_seasons",
                $"min_seasons {MinSeasons} is more than seasons {Seasons}: there are never enough days, so it could never fail. Raise `seasons`.");
        if (MinUsers < 0)
            yield return ("min_users", "min_users cannot be negative: write 0 to judge every tag.");
        if (MinChange == default)
            yield return ("min_change", "min_change has no limit, so only a fall to zero would ever be reported: use e.g. 10%.");
        else if (MinChange.Drop <= -100)
            yield return ("min_change", $"A count can fall by at most 100%, so a drop under min_change {MinChange.Drop}% never comes: use e.g. 10%.");
        else if (MinChange.Drop > 0 || MinChange.Rise < 0)
            yield return ("min_change", $"min_change {MinChange} leaves no change out as quiet: write e.g. 10%, or [-10%, +20%].");
        if (!(Warn > 0) || !(Fail >= Warn) || !double.IsFinite(Fail))
            yield return ("fail", $"warn {Warn} and fail {Fail} are standard deviations: both above 0, and fail not below warn. Use 3.5 and 4.5.");
        else if (MinSeasons >= 3 && MinUsers >= 0 && FurthestFall(MinUsers) < Fail)
            yield return ("fail", DeadFall());
    }

    /// <summary>Standard deviations between a series that is as steady as can be and zero, with the fewest days.</summary>
    double FurthestFall(double users) => (LogScale.Of(users) - LogScale.Of(0)) / Expectation.ScaleOf(users, 0, MinSeasons);

    string DeadFall()
    {
        var message =
            $"fail {Fail}: with min_seasons {MinSeasons}, even the steadiest tag of min_users {MinUsers} lies only {FurthestFall(MinUsers):0.#} "
                + "standard deviations "
            + "from zero, so no fall of it short of zero could ever fail. ";
        var enough = Enumerable.Range(0, 40).Select(power => Math.Ceiling(Math.Pow(1.5, power))).FirstOrDefault(users => FurthestFall(users) >= Fail);
        return message + (enough > 0 ? $"Lower `fail`, or use min_users: {enough:0}." : "Lower `fail`: no number of users is enough for it.");
    }

    public IEnumerable<Judgement> Judge(Batch batch)
    {
        var volumes = VolumeSeries.In(batch);
        if (volumes.Count == 0)
            return [Unjudged.Missing(Kind, batch, Metrics.Rows)];
        var checkHasHistory = new Lazy<bool>(() => batch.History.Series.Any(series =>
            Expectation.TryMake(Window(batch, series), batch.Day.Date, SeasonDays, Seasons, MinSeasons, out _)));
        return volumes.Select(measurement => measurement switch
        {
            Measurement.Taken taken => Judge(batch, taken, checkHasHistory),
            var missed => Unjudged.Missing(Kind, (Measurement.Missed)missed),
        });
    }

    /// <summary>The days that this rule looks at: what other rules want of the history must not change its verdicts.</summary>
    ReadOnlySpan<Day> Window(Batch batch, SeriesId series)
    {
        var days = batch.History.Of(series);
        ReadOnlySpan<Day> all = days switch
        {
            Day[] array => array,
            ArraySegment<Day> part => part,
            List<Day> list => CollectionsMarshal.AsSpan(list),
            _ => days.ToArray(),
        };
        var from = batch.Day.Date.AddDays(-HistoryDays);
        var first = 0;
        while (first < all.Length && all[first].Date < from)
            first++;
        return all[first..];
    }

    Judgement Judge(Batch batch, Measurement.Taken today, Lazy<bool> checkHasHistory)
    {
        var days = Window(batch, today.Series);
        if (!Expectation.TryMake(days, batch.Day.Date, SeasonDays, Seasons, MinSeasons, out var expectation))
            return TooFew(today, days, expectation.SeasonDays, checkHasHistory.Value);

        var used = Used(days, batch.Day.Date);
        var expected = Math.Round(expectation.Count, 1);
        var value = today.Value;
        if (today.Series.Key.Length > 0 && value < MinUsers && expected < MinUsers)
            return Unjudged.Small(Kind, today, expected, MinUsers, used);
        if (expected < 0.5)
        {
            return value > 0
                ? Unjudged.OutOfNothing(Kind, today, Reference(batch, 0)) with { Used = used }
                : Found(today, Verdict.Pass, Finding.Normal, Said.Of("verdict.as_expected", today), 0, null, null, used);
        }

        var low = Lowest(expectation, expected, Fail * batch.Widening);
        var high = Highest(expectation, expected, Fail * batch.Widening);
        var (verdict, finding) = value switch
        {
            // A tag that is at zero on every fourth such day does nothing new, but zero is told all the same.
            <= 0 => (OftenZero(used, batch.Day.Date) ? Verdict.Warn : Verdict.Fail, Finding.Zero),
            _ when value < low => (Verdict.Fail, Finding.Drop),
            _ when value > high => (Verdict.Fail, Finding.Rise),
            _ when value < Lowest(expectation, expected, Warn * batch.Widening) => (Verdict.Warn, Finding.Drop),
            _ when value > Highest(expectation, expected, Warn * batch.Widening) => (Verdict.Warn, Finding.Rise),
            _ => (Verdict.Pass, Finding.Normal),
        };
        var said = new Phrase(
            "verdict.judged",
            ("found", Said.Against(today, expected, Reference(batch, expected))),
            ("range", Said.Range(low, high)));
        return Found(today, verdict, finding, said, expected, low, high, used) with { Parts = Parts(batch, expectation, value, expected) };
    }

    Decomposition Parts(Batch batch, Expectation expectation, double value, double expected) => new()
    {
        OwnPast = expectation.Count,
        SeasonFactor = expectation.SeasonFactor,
        Noise = expectation.Noise,
        Score = Math.Abs(LogScale.Of(value) - expectation.Point) / expectation.Scale,
        TellScore = Warn * batch.Widening,
        FailScore = Fail * batch.Widening,
        TellLow = Lowest(expectation, expected, Warn * batch.Widening),
        TellHigh = Highest(expectation, expected, Warn * batch.Widening),
    };

    double? Lowest(Expectation expectation, double expected, double z) =>
        MinChange.Drop is double drop ? Math.Max(1, Math.Min(expectation.CountAt(-z), expected * (1 + drop / 100))) : null;

    double? Highest(Expectation expectation, double expected, double z) =>
        MinChange.Rise is double rise ? Math.Min(double.MaxValue, Math.Max(expectation.CountAt(z), expected * (1 + rise / 100))) : null;

    /// <summary>Too few days for an expectation, but zero after days that all had users needs none.</summary>
    Judgement TooFew(Measurement.Taken today, ReadOnlySpan<Day> days, int seasonDays, bool checkHasHistory)
    {
        var least = double.MaxValue;
        foreach (var day in days)
            least = Math.Min(least, day.Value);
        if (today.Value <= 0 && days.Length >= 3 && least > 0 && least >= MinUsers)
        {
            var said = Said.Of("verdict.zero_after", today, ("days", days.Length), ("least", least));
            return Found(today, Verdict.Fail, Finding.Zero, said, days[^1].Value, 1, null, days.ToArray());
        }
        return Unjudged.NoHistory(
            Kind,
            today,
            days.Length == 0,
            checkHasHistory,
            new Phrase("verdict.lack_season", ("days", seasonDays), ("needed", MinSeasons)));
    }

    Judgement Found(
        Measurement.Taken today,
        Verdict verdict,
        Finding finding,
        Phrase said,
        double expected,
        double? low,
        double? high,
        IReadOnlyList<Day> used) =>
        new()
        {
            Series = today.Series,
            Rule = Kind,
            Verdict = verdict,
            Finding = finding,
            Said = said,
            Value = today.Value,
            Expected = expected,
            Low = low,
            High = high,
            Used = used,
        };

    /// <summary>The same season days, and the last seven that the level is made of; ascending.</summary>
    Day[] Used(ReadOnlySpan<Day> days, DateOnly date)
    {
        var count = 0;
        for (var i = 0; i < days.Length; i++)
            count += IsUsed(days, i, date) ? 1 : 0;
        var used = new Day[count];
        for (var i = days.Length - 1; i >= 0; i--)
        {
            if (IsUsed(days, i, date))
                used[--count] = days[i];
        }
        return used;
    }

    bool IsUsed(ReadOnlySpan<Day> days, int i, DateOnly date) => i >= days.Length - Expectation.LevelDays || IsSameSeason(days[i].Date, date);

    bool IsSameSeason(DateOnly day, DateOnly date) => (date.DayNumber - day.DayNumber) % SeasonDays == 0;

    bool OftenZero(Day[] used, DateOnly date)
    {
        var same = used.Where(day => IsSameSeason(day.Date, date)).ToList();
        return same.Count(day => day.Value <= 0) * 4 >= same.Count;
    }

    Phrase Reference(Batch batch, double expected) => SeasonDays % 7 == 0
        ? new Phrase("verdict.expected_on", ("expected", expected), ("weekday", Said.Weekday(batch.Day.Date)))
        : new Phrase("verdict.expected", ("expected", expected));
}
