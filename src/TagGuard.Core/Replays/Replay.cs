using TagGuard.Facts;
using TagGuard.Plans;
using TagGuard.Runs;
using TagGuard.Storage;

namespace TagGuard.Replays;

/// <summary>
/// Stored numbers judged again under a plan, day by day as it would have been then: each morning knows only what was measured before it, and what the
/// replay itself failed is kept out of the mornings that follow. Nothing is measured and nothing is stored.
/// </summary>
/// <param name="plan">The plan to try.</param>
/// <param name="store">Where the numbers are.</param>
/// <param name="historyOf">Name of the plan under which they were stored.</param>
public sealed class Replay(Plan plan, IRunStore store, string historyOf)
{
    /// <summary>Whether decisions that people made later count as well, as if they had been made at once.</summary>
    public bool KnowsLaterDecisions { get; init; }

    /// <summary>Told every judgement of every check and date, in order; may be null.</summary>
    public Action<CheckPlan, DateOnly, IReadOnlyList<Judgement>>? Judged { get; init; }

    /// <summary>Judges the dates from <paramref name="from"/> to <paramref name="to"/>, in
    /// order; those on which nothing was measured are left out.</summary>
    /// <param name="from">The first business date.</param>
    /// <param name="to">The last.</param>
    /// <param name="progress">Told the date that is judged; may be null.</param>
    /// <param name="cancellationToken">Gives up.</param>
    public async Task<IReadOnlyList<ReplayedDay>> JudgeAsync(
        DateOnly from,
        DateOnly to,
        IProgress<DateOnly>? progress,
        CancellationToken cancellationToken)
    {
        var pasts = new Dictionary<string, CheckPast>();
        foreach (var check in plan.StageList.SelectMany(stage => stage.Checks))
            pasts.Add(check.Name, await PastAsync(check, from, to, cancellationToken));
        var days = new List<ReplayedDay>();
        for (var date = from; date <= to; date = date.AddDays(1))
        {
            progress?.Report(date);
            var stored = await store.DayAsync(historyOf, date, 0, cancellationToken);
            var stages = new List<ReplayedStage>();
            foreach (var stage in plan.StageList)
            {
                if (Judge(stage, date, stored, pasts, stages) is { } replayed)
                    stages.Add(replayed);
            }
            if (stages.Count > 0)
                days.Add(new ReplayedDay(date, stages));
        }
        return days;
    }

    async Task<CheckPast> PastAsync(CheckPlan check, DateOnly from, DateOnly to, CancellationToken cancellationToken)
    {
        var days = to.DayNumber - from.DayNumber + 1 + Judging.HistoryDays(check);
        var history = await store.HistoryAsync(historyOf, check.Name, to.AddDays(1), days, DateTimeOffset.MinValue, cancellationToken);
        return new CheckPast(history, await store.DecisionsAsync(historyOf, to.AddDays(1 - days), to, cancellationToken));
    }

    ReplayedStage? Judge(StagePlan stage, DateOnly date, StoredDay stored, Dictionary<string, CheckPast> pasts, List<ReplayedStage> before)
    {
        var judgements = stage.Checks.Select(check => Judge(check, date, stored, pasts[check.Name])).ToList();
        if (judgements.All(judged => judged.Judgements.Count == 0))
            return null;
        var closed = before.Where(earlier => !earlier.Would.IsOpen).Select(earlier => earlier.Stage).ToList();
        var would = StageJudge.Stage(stage, judgements, closed, earlier: [.. before.SelectMany(earlier => earlier.Would.Incidents)]);
        var did = stored.Stages.FirstOrDefault(one => one.Stage == stage.Name);
        return new ReplayedStage(
            stage.Name,
            did is null ? null : StageOutcome.Of(did),
            StageOutcome.Of(would.Gate.Exit, would.Incidents, judgements.SelectMany(judged => judged.Judgements)));
    }

    /// <summary>A check of which nothing is stored that was measured cannot be judged again: what was said then stands.</summary>
    JudgedCheck Judge(CheckPlan check, DateOnly date, StoredDay stored, CheckPast past)
    {
        var then = stored.Stages.SelectMany(stage => stage.Judgements).Where(one => one.Judgement.Series.Check == check.Name).ToList();
        List<Measurement> today =
        [
            .. past.On(date),
            .. stored.Series.Where(series => series.Id.Check == check.Name).Select(series => series.Missed).OfType<Measurement.Missed>(),
        ];
        if (today.Count == 0)
            return new JudgedCheck([], [.. then.Select(one => one.Judgement)]) { Families = check.Measure.FamiliesBy(stored.TagsOf(check.Name)) };
        var passed = stored.Stages.SelectMany(stage => stage.Passes).FirstOrDefault(passes => passes.Passes.Check == check.Name);
        return Judge(check, date, today, then.FirstOrDefault()?.JudgedAt ?? passed?.JudgedAt ?? NoonAfter(date), past);
    }

    JudgedCheck Judge(CheckPlan check, DateOnly date, IReadOnlyList<Measurement> today, DateTimeOffset now, CheckPast past)
    {
        var history = past.Before(date, Judging.HistoryDays(check), KnowsLaterDecisions ? DateTimeOffset.MaxValue : now);
        var judged = new StageJudge(plan).Check(check, date, now, today, history);
        Judged?.Invoke(check, date, judged.Judgements);
        past.Judged(date, judged.QuarantinedSeries);
        return judged;
    }

    /// <summary>A date that was not judged is taken as judged at the noon after it.</summary>
    static DateTimeOffset NoonAfter(DateOnly date) => new(date.AddDays(1), new TimeOnly(12, 0), TimeSpan.Zero);
}
