using TagGuard.Facts;
using TagGuard.Gates;
using TagGuard.Judgements;
using TagGuard.Phrases;
using TagGuard.Plans;

namespace TagGuard.Tests.Support;

/// <summary>Builders for what a test needs but is not about.</summary>
public static class Some
{
    public const string Check = "user tags";

    /// <summary>A Tuesday.</summary>
    public static readonly DateOnly Date = new(2026, 2, 3);

    public static readonly BusinessDay Day = new(Date, TimeZoneInfo.Utc);

    /// <summary>05:30 of the morning after.</summary>
    public static readonly DateTimeOffset Now = new(2026, 2, 4, 5, 30, 0, TimeSpan.Zero);

    public static readonly SeriesId Rows = new(Check, Metrics.Rows);

    public static SeriesId Total(string metric) => new(Check, metric);

    public static SeriesId Tag(string key) => new(Check, Metrics.TagCount, key);

    public static SeriesId Family(string key) => new(Check, Metrics.FamilyUsers, key);

    public static Measurement Taken(SeriesId series, double value) => new Measurement.Taken(series, value);

    public static Measurement Missed(SeriesId series, bool isAbsent = false) =>
        new Measurement.Missed(series, isAbsent ? "Partition 20260203 is not there." : "Hive at hive1:10000 did not answer.", isAbsent);

    public static Batch Batch(params Measurement[] today) => new(Check, Day, Now, today, TagGuard.Facts.History.None(Date));

    public static Batch With(this Batch batch, History history) => batch with { History = history };

    /// <summary>Values of the days before the date, the newest last.</summary>
    public static KeyValuePair<SeriesId, IReadOnlyList<Day>> Before(SeriesId series, params double[] values) =>
        new(series, [.. values.Select((value, i) => new Day(Date.AddDays(i - values.Length), value))]);

    public static History History(params KeyValuePair<SeriesId, IReadOnlyList<Day>>[] series) => new(Date, series);

    /// <summary>Days of about the same value: a little noise that is always the same, and a low weekend.</summary>
    public static double[] Usual(double level, int days = 56, double weekend = 0.7) => [.. Enumerable.Range(0, days).Select(i =>
    {
        var isWeekend = Date.AddDays(i - days).DayOfWeek is DayOfWeek.Saturday or DayOfWeek.Sunday;
        return Math.Round(level * (isWeekend ? weekend : 1) * (1 + 0.02 * Math.Sin(i * 2.4)));
    })];

    /// <summary>A definition of a stage, the same for the same name: two of them are no change of plan.</summary>
    public static StageDefinition Definition(string stage, params string[] checks) =>
        new(stage, checks.ToDictionary(check => check, check => $"hash of {check}"), new Dictionary<string, string>(), "/etc/tagguard.yaml");

    /// <summary>How gates stand for a plan of stages that have not changed since they were judged.</summary>
    public static IReadOnlyList<GateAnswer> Answers(
        IReadOnlyDictionary<string, GateState> gates,
        DateTimeOffset now,
        params IEnumerable<string> stages) =>
        Gatekeeper.Answers(new GateTerms([.. stages.Select(stage => Definition(stage))], TimeSpan.FromHours(36), OnPlanChange.Close), gates, now);

    public static Judgement Judgement(
        SeriesId series,
        Verdict verdict,
        Finding finding,
        double value = 0,
        double expected = 100,
        string rule = "baseline",
        bool blocking = true) =>
        new()
        {
            Series = series,
            Rule = rule,
            Verdict = verdict,
            Finding = finding,
            Said = Phrase.Text($"{value} where {expected} expected."),
            Value = value,
            Expected = expected,
            Blocking = blocking,
        };
}
