using TagGuard.Facts;
using TagGuard.Keys;
using TagGuard.Phrases;

namespace TagGuard.Judgements.Rules;

/// <summary>Today is a copy of the day before: more tags have exactly its count than chance explains.</summary>
/// <remarks>
/// The day before is the last accepted one, so a copy of a copy is found as well. How often a tag repeats its count is learnt from its own past, on
/// all days and on this weekday (a shop that is closed on Sundays repeats every one), and the larger of the two rates is believed.
/// </remarks>
public sealed record StaleRule : IRule, INamedRule
{
    /// <summary>Smaller counts repeat by chance.</summary>
    const double LeastUsers = 20;

    /// <summary>Fewest pairs of days that a tag's own rate of repeating is learnt from.</summary>
    const int LeastPairs = 3;

    const double LeastShare = 0.9;

    /// <summary>Natural logarithm of one in a billion: with a check a day, chance alone would take millions of years.</summary>
    const double Improbable = -20.7;

    [PlanKey("Fewest tags that must be comparable. Default 20.")]
    public int MinTags { get; init; } = 20;

    public static string Name => "stale";

    public string Kind => Name;

    /// <summary>Five of each weekday, each with the day before it.</summary>
    public int HistoryDays => 36;

    public IReadOnlyList<string> About => [Metrics.TagCount];

    public IEnumerable<KeyMistake> Mistakes()
    {
        if (MinTags < 5)
            yield return ("min_tags", $"min_tags {MinTags}: that few tags repeat their counts by chance too often to tell a copy. Use at least 5.");
    }

    public IEnumerable<Judgement> Judge(Batch batch)
    {
        var tags = batch.Today.OfType<Measurement.Taken>()
            .Where(tag => tag.Series is { Metric: Metrics.TagCount, Key.Length: > 0 } && tag.Value >= LeastUsers)
            .Select(tag => (tag.Value, Days: batch.History.Of(tag.Series)))
            .Where(tag => tag.Days.Count > 0)
            .ToList();
        if (tags.Count == 0)
            yield break;

        var last = tags.Max(tag => tag.Days[^1].Date);
        var (comparable, repeated, expected) = (0, 0, 0.0);
        foreach (var (value, days) in tags.Where(tag => tag.Days[^1].Date == last && tag.Days[^1].Value >= LeastUsers))
        {
            if (RepeatRate(days, batch.Day.Date) is not double rate)
                continue;
            comparable++;
            expected += rate;
            repeated += value == days[^1].Value ? 1 : 0;
        }
        if (comparable < MinTags)
            yield break;

        var isCopy = repeated >= LeastShare * comparable && expected <= repeated / 2.0 && LogTail(repeated, comparable, expected) < Improbable;
        var isYesterday = last == batch.Day.Date.AddDays(-1);
        var users = new SeriesId(batch.Check, Metrics.TaggedUsers);
        var counted = batch.Today.OfType<Measurement.Taken>().FirstOrDefault(taken => taken.Series == users)?.Value;
        yield return new Judgement
        {
            Series = users,
            Rule = Kind,
            Verdict = isCopy ? Verdict.Fail : Verdict.Pass,
            Finding = isCopy ? Finding.StaleCopy : Finding.Normal,
            Said = isYesterday
                ? new Phrase("verdict.stale_yesterday", ("repeated", repeated), ("tags", comparable), ("expected", Math.Round(expected)))
                : new Phrase("verdict.stale_of", ("repeated", repeated), ("tags", comparable), ("date", last), ("expected", Math.Round(expected))),
            Value = counted ?? repeated,
            Used = [.. batch.History.Of(users).Where(day => day.Date == last)],
        };
    }

    /// <summary>How probable it is that the tag's count is that of the day before; null when too little is known of it.</summary>
    double? RepeatRate(IReadOnlyList<Day> days, DateOnly date)
    {
        var from = date.AddDays(-HistoryDays);
        var (pairs, repeats, weekdayPairs, weekdayRepeats) = (0, 0, 0, 0);
        for (var i = days.Count - 1; i > 0 && days[i - 1].Date >= from; i--)
        {
            if (days[i].Date.DayNumber - days[i - 1].Date.DayNumber != 1)
                continue;
            var repeat = days[i].Value == days[i - 1].Value ? 1 : 0;
            pairs++;
            repeats += repeat;
            if (days[i].Date.DayOfWeek == date.DayOfWeek)
            {
                weekdayPairs++;
                weekdayRepeats += repeat;
            }
        }
        // What was not seen yet is not impossible: half a repeat is added, and less on the few days of one weekday.
        return pairs < LeastPairs
            ? null
            : Math.Max((repeats + 0.5) / (pairs + 1), (weekdayRepeats + (weekdayPairs > 0 ? 0.25 : 0)) / (weekdayPairs + 1));
    }

    /// <summary>Chernoff's bound on the logarithm of the chance of at least so many repeats.</summary>
    static double LogTail(int repeated, int comparable, double expected)
    {
        var seen = (double)repeated / comparable;
        var rate = expected / comparable;
        if (seen <= rate)
            return 0;
        var rest = seen < 1 ? (1 - seen) * Math.Log((1 - seen) / (1 - rate)) : 0;
        return -comparable * (seen * Math.Log(seen / rate) + rest);
    }
}
