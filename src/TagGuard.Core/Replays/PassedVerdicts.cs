using TagGuard.Facts;
using TagGuard.Phrases;
using TagGuard.Plans;
using TagGuard.Storage;

namespace TagGuard.Replays;

/// <summary>Verdicts of a date that passed and are stored as numbers: each is judged again, by what was known then, under the plan of
/// then.</summary>
/// <param name="plan">The plan at hand.</param>
/// <param name="planOf">The plan of a hash as far as it judges; null when nobody knows it any more.</param>
/// <param name="store">Where the history is.</param>
/// <param name="day">The date.</param>
public sealed class PassedVerdicts(Plan plan, Func<string, CancellationToken, Task<Plan?>> planOf, IRunStore store, StoredDay day)
{
    readonly Dictionary<string, (Plan? Plan, JudgedAgain? Judged)> _plans = [];
    readonly Dictionary<StoredPasses, Dictionary<SeriesId, Judgement>?> _again = new(ReferenceEqualityComparer.Instance);

    /// <summary>Those about one key (tag), series or check, series by series.</summary>
    public IReadOnlyList<(StoredPasses Stored, StoredSeries Series)> About(string about) =>
    [
        .. from passes in day.Stages.SelectMany(stage => stage.Passes)
           from series in day.Series
           where series.Today is not null && passes.Passes.Have(series.Id)
               && (series.Id.Check == about || series.Id.Key == about || series.Id.ToString() == about)
           select (passes, series),
    ];

    /// <summary>One of them.</summary>
    public async Task<PassedVerdict> JudgeAsync(StoredPasses stored, StoredSeries series, CancellationToken cancellationToken)
    {
        var (planThen, judged) = await PlanAsync(stored.PlanHash, cancellationToken);
        var check = judged is null ? null : await judged.OfAsync(stored, cancellationToken);
        if (!_again.TryGetValue(stored, out var again))
            _again.Add(stored, again = check?.Of(stored.Passes)?.ToDictionary(judgement => judgement.Series));
        var verdict = again?.GetValueOrDefault(series.Id);
        var why = verdict is not null ? new Phrase(planThen == plan ? "explain.same" : "explain.same_then")
            : new Phrase(check is null ? "explain.plan_lost" : "explain.past_changed");
        var told = new StoredJudgement(
            0, stored.RunId, stored.Stage, stored.PlanHash, stored.JudgedAt, verdict ?? Unknown(stored.Passes, series));
        return new PassedVerdict(told, check, why);
    }

    async Task<(Plan? Plan, JudgedAgain? Judged)> PlanAsync(string hash, CancellationToken cancellationToken)
    {
        if (_plans.TryGetValue(hash, out var found))
            return found;
        var known = hash == plan.Hash ? plan : await planOf(hash, cancellationToken);
        return _plans[hash] = (known, known is null ? null : new JudgedAgain(known, store, day));
    }

    /// <summary>What is known of a verdict that does not come out again.</summary>
    static Judgement Unknown(Passes passes, StoredSeries series) => new()
    {
        Series = series.Id,
        Rule = passes.Rule,
        Verdict = Verdict.Pass,
        Finding = passes.Finding,
        Said = new Phrase("explain.passed_only", ("others", passes.Count - 1)),
        Value = series.Today,
    };
}

/// <summary>A verdict that passed, judged again.</summary>
/// <param name="Verdict">The very verdict of then; only that it passed where it does not come out again. It has no id.</param>
/// <param name="Check">Its check judged again; null when that could not be done.</param>
/// <param name="Again">Whether it came out again, for people.</param>
public sealed record PassedVerdict(StoredJudgement Verdict, CheckAgain? Check, Phrase Again);
