using TagGuard.Facts;
using TagGuard.Keys;
using TagGuard.Phrases;

namespace TagGuard.Judgements.Rules;

/// <summary>Change against N days ago, or against the average of the last N days.</summary>
public sealed record ChangeRule : IRule
{
    [PlanKey(
        "Compare with the average of the accepted days among the last N; after a holiday, of which none is accepted, among the N before it.",
        Example = "7d")]
    public TimeSpan? AvgLast { get; init; }

    [PlanKey(
        "Compare with the value N days ago. Where that day is a holiday, failed or has no value: with the nearest comparable day of the four weeks "
            + "before it, of the same weekday when N is 7d, 14d, ….",
        Example = "7d")]
    public TimeSpan? DaysAgo { get; init; }

    [PlanKey("Changes beyond this warn: -10%, +20%, 10% (both ways) or [-10%, +30%].", Example = "-10%")]
    public Limits Warn { get; init; }

    [PlanKey("Changes beyond this fail.", Example = "-30%")]
    public Limits Fail { get; init; }

    [PlanKey("Tags smaller than this, both today and before, are not judged: few users move by large percentages. Default 0.", Example = "200")]
    public long MinUsers { get; init; }

    public string Kind => "change";

    public bool ComparesDays => true;

    public IReadOnlyList<string> About => VolumeSeries.Metrics;

    public int HistoryDays => Days + StandInDays;

    const int LongestDays = 730;

    /// <summary>Days further back, among which one stands in for a day that does not count: a holiday of a week is behind them.</summary>
    const int StandInDays = 28;

    const int DaysOfWeek = 7;

    int Days => (int)Math.Clamp(Math.Ceiling((AvgLast ?? DaysAgo ?? TimeSpan.Zero).TotalDays), 0, LongestDays);

    public IEnumerable<KeyMistake> Mistakes()
    {
        if (AvgLast is null == DaysAgo is null)
            yield return (null, "Give exactly one of `avg_last: 7d` (the average of the last days) and `days_ago: 7d` (one day).");
        foreach (var (key, span) in new[] { ("avg_last", AvgLast), ("days_ago", DaysAgo) })
        {
            if (span is TimeSpan time && (time < TimeSpan.FromDays(1) || time.Ticks % TimeSpan.TicksPerDay != 0 || time.TotalDays > LongestDays))
                yield return (key, $"{key} is {time.TotalDays:0.##} days: there is one value a day, so write whole days from 1d to {LongestDays}d.");
        }
        if (MinUsers < 0)
            yield return ("min_users", "min_users cannot be negative: write 0 to judge every tag.");
        if (Warn == default && Fail == default)
            yield return (null, "There is no limit, so only a fall to zero would ever be reported: add e.g. `warn: -10%` and `fail: -30%`.");
        foreach (var mistake in MistakesIn("warn", Warn).Concat(MistakesIn("fail", Fail)))
            yield return mistake;
        if (Fail.Drop > Warn.Drop)
            yield return (
                "fail",
                $"A fail limit of {Fail.Drop}% lies inside the warn limit of {Warn.Drop}%, so no drop would ever warn: the fail limit must be the "
                    + "wider one.");
        if (Fail.Rise < Warn.Rise)
            yield return (
                "fail",
                $"A fail limit of +{Fail.Rise}% lies inside the warn limit of +{Warn.Rise}%, so no rise would ever warn: the fail limit must be the "
                    + "wider one.");
    }

    static IEnumerable<KeyMistake> MistakesIn(string key, Limits limits)
    {
        if (limits.Drop is double drop && !double.IsFinite(drop) || limits.Rise is double rise && !double.IsFinite(rise))
            yield return (key, $"{key}: {limits} is not a percentage: use e.g. 10%.");
        else if (limits.Drop <= -100)
            yield return (key, $"A count can fall by at most 100%, so a drop limit of {limits.Drop}% never fires: use e.g. -30%.");
        else if (limits.Drop > 0 || limits.Rise < 0)
            yield return (
                key,
                $"{key}: {limits} leaves no change out as quiet, so an unchanged count would alarm: a drop limit is below 0%, a rise limit above.");
    }

    public IEnumerable<Judgement> Judge(Batch batch)
    {
        var volumes = VolumeSeries.In(batch);
        if (volumes.Count == 0)
            return [Unjudged.Missing(Kind, batch, Metrics.Rows)];
        var checkHasHistory = batch.History.Series.Any(series => Past(batch, series).Count > 0);
        return volumes.Select(measurement => measurement switch
        {
            Measurement.Taken taken => Judge(batch, taken, checkHasHistory),
            var missed => Unjudged.Missing(Kind, (Measurement.Missed)missed),
        });
    }

    /// <summary>The accepted days that are compared with.</summary>
    List<Day> Past(Batch batch, SeriesId series)
    {
        var (earliest, wanted) = (batch.Day.Date.AddDays(-HistoryDays), batch.Day.Date.AddDays(-Days));
        var days = batch.History.Of(series).Where(day => day.Date >= earliest).ToList();
        if (DaysAgo is not null)
        {
            var step = Days % DaysOfWeek == 0 ? DaysOfWeek : 1;
            return [.. days.Where(day => day.Date <= wanted && (wanted.DayNumber - day.Date.DayNumber) % step == 0).TakeLast(1)];
        }
        return days.Count > 0 ? [.. days.Where(day => day.Date > days[^1].Date.AddDays(-Days) && day.Date >= StartOf(days[^1].Date, wanted))] : [];
    }

    /// <summary>The last days as they are asked for begin on the day wanted; those before a holiday have no such beginning.</summary>
    static DateOnly StartOf(DateOnly newest, DateOnly wanted) => newest >= wanted ? wanted : DateOnly.MinValue;

    Judgement Judge(Batch batch, Measurement.Taken today, bool checkHasHistory)
    {
        var used = Past(batch, today.Series);
        if (used.Count == 0)
            return Unjudged.NoHistory(Kind, today, batch.History.Of(today.Series).Count == 0, checkHasHistory, Lack(batch, today.Series));

        // A running mean: a sum of very large counts would overflow.
        var expected = 0.0;
        for (var i = 0; i < used.Count; i++)
            expected += (Math.Max(used[i].Value, 0) - expected) / (i + 1);
        var value = today.Value;
        if (today.Series.Key.Length > 0 && value < MinUsers && expected < MinUsers)
            return Unjudged.Small(Kind, today, expected, MinUsers, used);
        if (expected <= 0 && value > 0)
            return Unjudged.OutOfNothing(Kind, today, Reference(batch, today.Series, used, expected)) with { Used = used };

        var (warn, fail) = (Warn.Widened(batch.Widening), Fail.Widened(batch.Widening));
        var change = expected > 0 ? (value - expected) / expected * 100 : 0;
        var (verdict, finding) = value switch
        {
            <= 0 when expected > 0 => (Verdict.Fail, Finding.Zero),
            _ when fail.AreLeftBy(change) => (Verdict.Fail, Direction(change)),
            _ when warn.AreLeftBy(change) => (Verdict.Warn, Direction(change)),
            _ => (Verdict.Pass, Finding.Normal),
        };
        return new Judgement
        {
            Series = today.Series,
            Rule = Kind,
            Verdict = verdict,
            Finding = finding,
            Said = Say(today, expected, verdict == Verdict.Fail ? fail : warn, verdict, Reference(batch, today.Series, used, expected)),
            Value = value,
            Expected = expected,
            Low = fail.Drop is double drop ? expected * (1 + drop / 100) : null,
            High = fail.Rise is double rise ? Math.Min(expected * (1 + rise / 100), double.MaxValue) : null,
            Used = used,
            Parts = new Decomposition
            {
                OwnPast = expected,
                TellLow = warn.Drop is double least ? expected * (1 + least / 100) : null,
                TellHigh = warn.Rise is double most ? Math.Min(expected * (1 + most / 100), double.MaxValue) : null,
            },
        };
    }

    static Phrase Say(Measurement.Taken today, double expected, Limits left, Verdict verdict, Phrase reference)
    {
        var found = Said.Against(today, expected, reference);
        return verdict switch
        {
            Verdict.Fail when today.Value > 0 => new Phrase("verdict.beyond_fail", ("found", found), ("limit", left.ToString())),
            Verdict.Warn => new Phrase("verdict.beyond_warn", ("found", found), ("limit", left.ToString())),
            _ => new Phrase("verdict.changed", ("found", found)),
        };
    }

    Phrase Reference(Batch batch, SeriesId series, List<Day> used, double expected)
    {
        var (newest, wanted) = (used[^1].Date, batch.Day.Date.AddDays(-Days));
        return (IsAverage: AvgLast is not null, IsAsked: newest >= wanted) switch
        {
            (true, false) => new Phrase(
                "verdict.average_before", ("days", used.Count), ("date", newest), ("last", Days), ("expected", expected)),
            (true, _) when used.Count == Days => new Phrase("verdict.average", ("days", used.Count), ("expected", expected)),
            (true, _) => new Phrase("verdict.average_of", ("days", used.Count), ("last", Days), ("expected", expected)),
            (_, false) => new Phrase(
                "verdict.nearest_day", ("expected", expected), ("date", newest), ("asked", wanted), ("why", WhyNot(batch, series, wanted))),
            _ when Days == 1 => new Phrase("verdict.day_before", ("expected", expected)),
            _ => new Phrase("verdict.days_ago", ("days", Days), ("expected", expected)),
        };
    }

    Phrase Lack(Batch batch, SeriesId series) => DaysAgo is null
        ? new Phrase("verdict.lack_average", ("days", HistoryDays))
        : new Phrase(
            "verdict.lack_day",
            ("date", batch.Day.Date.AddDays(-Days)),
            ("why", WhyNot(batch, series, batch.Day.Date.AddDays(-Days))),
            ("days", StandInDays));

    /// <summary>Why a day is not compared with.</summary>
    static Phrase WhyNot(Batch batch, SeriesId series, DateOnly date) =>
        batch.History.Measured(series).Where(day => day.Date == date).Select(day => (DayState?)day.State).FirstOrDefault() switch
        {
            DayState.Special => new Phrase("verdict.day_special"),
            DayState.Rejected => new Phrase("verdict.day_rejected"),
            DayState.Quarantined => new Phrase("verdict.day_failed"),
            _ => new Phrase("verdict.day_unknown"),
        };

    static Finding Direction(double change) => change < 0 ? Finding.Drop : Finding.Rise;
}
