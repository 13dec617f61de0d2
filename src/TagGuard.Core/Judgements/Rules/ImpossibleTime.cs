using TagGuard.Facts;
using TagGuard.Phrases;

namespace TagGuard.Judgements.Rules;

/// <summary>Times that say nothing, for they cannot be: whatever is compared with them would pass or fail by accident.</summary>
static class ImpossibleTime
{
    /// <summary>How far the clocks of two machines may differ: what lies no further ahead counts as now.</summary>
    public static readonly TimeSpan ClockDifference = TimeSpan.FromMinutes(5);

    /// <summary>What clocks and formats count from stands for a time that was missing: 1970-01-01, in any zone, and whatever is before it.</summary>
    static readonly DateTimeOffset Zero = new(1970, 1, 2, 0, 0, 0, TimeSpan.Zero);

    /// <summary>From here on it is not a year but a word for infinity: 9999-12-31, and what sources give for times beyond the calendar.</summary>
    static readonly DateTimeOffset Infinity = new(9999, 12, 30, 0, 0, 0, TimeSpan.Zero);

    /// <summary>Whether an instant lies after now, by more than clocks differ.</summary>
    public static bool IsAhead(DateTimeOffset instant, DateTimeOffset now, TimeSpan most) => instant > now && instant - now > most;

    public static bool IsZero(DateTimeOffset instant) => instant < Zero;

    /// <summary>The failed judgement of a time that is ahead or zero.</summary>
    /// <param name="rule">The rule's kind.</param>
    /// <param name="taken">What was measured.</param>
    /// <param name="batch">When it was measured.</param>
    /// <param name="instant">The time.</param>
    /// <param name="subject">What has it, as "The newest event is".</param>
    public static Judgement Of(string rule, Measurement.Taken taken, Batch batch, DateTimeOffset instant, Phrase subject) => new()
    {
        Series = taken.Series,
        Rule = rule,
        Verdict = Verdict.Fail,
        Finding = Finding.ImpossibleTime,
        Said = IsZero(instant) ? new Phrase("verdict.clock_zero", ("subject", subject), ("at", Shown(instant, batch)))
            : instant >= Infinity ? new Phrase("verdict.clock_end", ("subject", subject))
            : new Phrase(
                "verdict.clock_ahead",
                ("subject", subject), ("at", Shown(instant, batch)), ("ahead", Span(instant - batch.Now)), ("now", Shown(batch.Now, batch))),
        Value = taken.Value,
    };

    static string Shown(DateTimeOffset instant, Batch batch) => Due.Date(instant, batch.Day);

    /// <summary>A length of time in the largest unit that tells it: "72 minutes", "466 days".</summary>
    public static Phrase Span(TimeSpan span) => span.TotalDays >= 3 ? new Phrase("verdict.days", ("count", (int)span.TotalDays))
        : span.TotalHours >= 3 ? new Phrase("verdict.hours", ("count", (int)span.TotalHours))
        : new Phrase("verdict.minutes", ("count", (int)Math.Ceiling(span.TotalMinutes)));
}
