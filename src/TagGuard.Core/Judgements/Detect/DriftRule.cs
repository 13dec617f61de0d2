using TagGuard.Detection;
using TagGuard.Detection.Drifts;
using TagGuard.Facts;
using TagGuard.Judgements.Rules;
using TagGuard.Keys;
using TagGuard.Phrases;

namespace TagGuard.Judgements.Detect;

/// <summary>The tags that grew or shrank slowly beyond what all tags did: what no single morning shows. It never closes a gate.</summary>
/// <remarks>A tag is told when its drift is first seen, and again every fourth week while it goes on: a rule that was added later tells it then.
/// Nothing is remembered for it: the lists of the <see cref="Drift.DaysBetweenAlarms"/> days before are made again.</remarks>
public sealed record DriftRule : IRule
{
    const int Week = 7;
    const int WeeksBetweenReminders = Drift.DaysBetweenAlarms / Week;

    [PlanKey("The only weekday of the business date on which the list is made. Default: every day.", Example = "sunday")]
    public DayOfWeek? On { get; init; }

    public string Kind => "drift";

    public int HistoryDays => CheckMorning.HistoryDays + Drift.DaysBetweenAlarms;

    public bool ComparesDays => true;

    public bool CanClose => false;

    public IReadOnlyList<string> About => [Metrics.TagCount];

    public IEnumerable<KeyMistake> Mistakes() => [];

    public IEnumerable<Judgement> Judge(Batch batch)
    {
        if (On is { } weekday && batch.Day.Date.DayOfWeek != weekday)
            return [];
        List<Measurement.Taken> tags =
        [
            .. batch
                .Today.OfType<Measurement.Taken>()
                .Where(tag => VolumeSeries.Has(tag.Series) && tag.Series.Key.Length > 0)
                .OrderBy(tag => tag.Series),
        ];
        var known = tags.Count == 0 ? 0 : tags.Max(tag => batch.History.Measured(tag.Series).Count);
        if (tags.Count > 0 && known < Drift.DaysNeeded)
            return [TooShort(batch, known)];
        var morning = VolumeMorning.Before(batch, tags, 0);
        var drifts = Drift.Digest(morning);
        if (IsReminder(batch.Day.Date))
            return Told(drifts);
        var fresh = drifts.Select(drift => drift.Tag).ToHashSet();
        var step = On is null ? 1 : Week;
        // What began today is looked for on all the days; what goes on is found on the first, so most mornings cost two lists.
        for (var ago = step; ago < Drift.DaysBetweenAlarms && fresh.Count > 0; ago += step)
            fresh.ExceptWith(Drift.Digest(VolumeMorning.Before(batch, tags, ago)).Select(drift => drift.Tag));
        return Told(drifts.Where(drift => fresh.Contains(drift.Tag)));

        IEnumerable<Judgement> Told(IEnumerable<DriftResult> told) =>
            told.Select(drift => JudgementOf(batch, tags[drift.Tag], drift, DriftStart.Of(morning.Of(drift.Tag))));
    }

    /// <summary>The day in four weeks on which all that goes on is told.</summary>
    bool IsReminder(DateOnly date) => date.DayOfWeek == (On ?? DayOfWeek.Sunday) && date.DayNumber / Week % WeeksBetweenReminders == 0;

    /// <summary>A rule that can see nothing yet says so.</summary>
    Judgement TooShort(Batch batch, int known) => new()
    {
        Series = new SeriesId(batch.Check, Metrics.Drifts),
        Rule = Kind,
        Verdict = Verdict.Pass,
        Finding = Finding.Warming,
        Said = new Phrase("verdict.drift_short", ("lack", new Phrase("verdict.lack_known", ("days", known), ("needed", Drift.DaysNeeded)))),
        Value = 0,
        Blocking = false,
    };

    Judgement JudgementOf(Batch batch, Measurement.Taken tag, DriftResult drift, DriftStart? start)
    {
        var found = Math.Abs(drift.CommonMove) < 0.01
            ? new Phrase("verdict.drifted", ("change", Percent(drift.Move)))
            : new Phrase("verdict.drifted_beyond", ("change", Percent(drift.Move)), ("all", Percent(drift.CommonMove)));
        return new Judgement
        {
            Series = tag.Series,
            Rule = Kind,
            Verdict = Verdict.Warn,
            Finding = Finding.Drift,
            Said = start is { } began
                ? Said.Of("verdict.drift", tag, ("found", found)).And(SlowSince(batch, began))
                : Said.Of("verdict.drift", tag, ("found", found)),
            Value = tag.Value,
            Expected = Math.Round(Math.Clamp(tag.Value / drift.Factor, 0, double.MaxValue), 1),
            Blocking = false,
        };
    }

    /// <summary>"About -1.2% a day since 2026-11-03".</summary>
    public static Phrase SlowSince(Batch batch, DriftStart start) =>
        new("verdict.slow_since", ("rate", Percent(start.PerDay)), ("date", batch.Day.Date.AddDays(-start.DaysAgo)));

    static double Percent(double move) => (Math.Exp(move) - 1) * 100;
}
