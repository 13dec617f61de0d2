using TagGuard.Facts;
using TagGuard.Plans;
using TagGuard.Storage;

namespace TagGuard.Replays;

/// <summary>What a rule is worth on stored history: what it would catch today, and how often it cries wolf.</summary>
/// <param name="Check">The check.</param>
/// <param name="Rule">The rule's kind.</param>
/// <param name="SeriesDays">Series and days that it judged.</param>
/// <param name="Alarms">Of these, told alone, on days that nobody rejected: each was a
/// false alarm, or a fault that nobody has marked with `reject`.</param>
/// <param name="Series">What it would catch today, by series.</param>
public sealed record RuleProof(string Check, string Rule, int SeriesDays, int Alarms, IReadOnlyList<SeriesProof> Series)
{
    /// <summary>False alarms to expect of 1,000 series and days; an upper bound as long as real faults are not marked.</summary>
    public double AlarmsPerThousand => SeriesDays == 0 ? 0 : 1000.0 * Alarms / SeriesDays;
}

/// <summary>The smallest changes of one series that would be caught today, in percent of what is expected; null where none would.</summary>
/// <param name="Series">The series.</param>
/// <param name="Expected">What is expected of it today.</param>
/// <param name="Seen">The smallest drop and rise that are no noise, worth telling or not.</param>
/// <param name="Alerts">The smallest drop (-100 to 0) and rise that are told.</param>
/// <param name="Fails">The smallest that fail.</param>
public sealed record SeriesProof(SeriesId Series, double Expected, SmallestChanges Seen, SmallestChanges Alerts, SmallestChanges Fails)
{
    /// <summary>From the limits of a judgement; null when it compared with nothing.</summary>
    public static SeriesProof? Of(Judgement judgement) => judgement is { Expected: > 0 and double expected, Parts: { } parts }
        ? new SeriesProof(
            judgement.Series,
            expected,
            SmallestChanges.Of(parts.SeenLow ?? parts.TellLow ?? judgement.Low, parts.SeenHigh ?? parts.TellHigh ?? judgement.High, expected),
            SmallestChanges.Of(parts.TellLow ?? judgement.Low, parts.TellHigh ?? judgement.High, expected),
            SmallestChanges.Of(judgement.Low, judgement.High, expected))
        : null;
}

/// <summary>The smallest drop and rise beyond limits, in percent; null where there is none.</summary>
public readonly record struct SmallestChanges(double? Drop, double? Rise)
{
    /// <summary>The largest count below the lower limit, and the smallest above the upper one: counts are whole.</summary>
    public static SmallestChanges Of(double? low, double? high, double expected)
    {
        var most = low is double from ? Math.Ceiling(from) - 1 : -1;
        return new SmallestChanges(
            most >= 0 ? (most - expected) / expected * 100 : null,
            high is double to && to < double.MaxValue ? (Math.Floor(to) + 1 - expected) / expected * 100 : null);
    }
}

/// <summary>Proves the rules of a plan on stored history.</summary>
public static class Proof
{
    /// <param name="plan">The plan.</param>
    /// <param name="store">Where the numbers are.</param>
    /// <param name="historyOf">Name of the plan that they were stored under.</param>
    /// <param name="date">The business date whose limits are shown.</param>
    /// <param name="days">Days up to it on which alarms are counted.</param>
    /// <param name="progress">Told the date that is judged; may be null.</param>
    /// <param name="cancellationToken">Gives up.</param>
    public static async Task<IReadOnlyList<RuleProof>> OfAsync(
        Plan plan, IRunStore store, string historyOf, DateOnly date, int days, IProgress<DateOnly>? progress, CancellationToken cancellationToken)
    {
        var from = date.AddDays(1 - days);
        var rejected = (await store.DecisionsAsync(historyOf, from, date, cancellationToken))
            .Where(decision => decision is { Accepts: false, WithdrawnAt: null })
            .ToList();
        var tallies = new Dictionary<(string Check, string Rule), Tally>();
        var replay = new Replay(plan, store, historyOf) { KnowsLaterDecisions = true, Judged = Count };
        await replay.JudgeAsync(from, date, progress, cancellationToken);
        return
        [
            .. tallies.Select(tally => new RuleProof(tally.Key.Check, tally.Key.Rule, tally.Value.SeriesDays, tally.Value.Alarms, tally.Value.Today)),
        ];

        void Count(CheckPlan check, DateOnly day, IReadOnlyList<Judgement> judgements)
        {
            var compared = check.Rules.Where(rule => rule.ComparesDays).Select(rule => rule.Kind).ToHashSet();
            foreach (
                var judgement in judgements.Where(judgement =>
                    compared.Contains(judgement.Rule) && judgement is { Expected: not null, Series.Metric: not Metrics.Alarms }))
            {
                var key = (check.Name, judgement.Rule);
                if (!tallies.TryGetValue(key, out var tally))
                    tallies.Add(key, tally = new Tally());
                tally.SeriesDays++;
                if (judgement is { Verdict: Verdict.Warn or Verdict.Fail, Shared: null }
                    && !rejected.Exists(decision => decision.Date == day && decision.Concerns(judgement.Series)))
                    tally.Alarms++;
                if (day == date && SeriesProof.Of(judgement) is { } proof)
                    tally.Today.Add(proof);
            }
        }
    }

    sealed class Tally
    {
        public int SeriesDays { get; set; }

        public int Alarms { get; set; }

        public List<SeriesProof> Today { get; } = [];
    }
}
