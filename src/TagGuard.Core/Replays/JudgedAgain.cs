using TagGuard.Facts;
using TagGuard.Phrases;
using TagGuard.Plans;
using TagGuard.Runs;
using TagGuard.Storage;

namespace TagGuard.Replays;

/// <summary>Stored verdicts of one date, judged again from what is stored: with the plan as
/// it is now, and with what was known when they were made.</summary>
/// <param name="plan">The plan.</param>
/// <param name="store">Where the history is.</param>
/// <param name="day">The date.</param>
public sealed class JudgedAgain(Plan plan, IRunStore store, StoredDay day)
{
    readonly Dictionary<string, CheckAgain> _checks = [];

    /// <summary>The check of a stored verdict judged again; null when the plan has no such check any more.</summary>
    public Task<CheckAgain?> OfAsync(StoredJudgement verdict, CancellationToken cancellationToken) =>
        OfAsync(verdict.Judgement.Series.Check, verdict.JudgedAt, cancellationToken);

    /// <summary>The check of verdicts that passed judged again; null when the plan has no such check any more.</summary>
    public Task<CheckAgain?> OfAsync(StoredPasses passes, CancellationToken cancellationToken) =>
        OfAsync(passes.Passes.Check, passes.JudgedAt, cancellationToken);

    async Task<CheckAgain?> OfAsync(string name, DateTimeOffset judgedAt, CancellationToken cancellationToken)
    {
        if (!_checks.TryGetValue(name, out var again)
            && plan.StageList.SelectMany(stage => stage.Checks).FirstOrDefault(check => check.Name == name) is { } check)
            _checks.Add(name, again = await JudgeAsync(check, judgedAt, cancellationToken));
        return again;
    }

    async Task<CheckAgain> JudgeAsync(CheckPlan check, DateTimeOffset judgedAt, CancellationToken cancellationToken)
    {
        var history = await store.HistoryAsync(plan.Name, check.Name, day.Date, Judging.HistoryDays(check), judgedAt, cancellationToken);
        var today = day.Series.Where(series => series.Id.Check == check.Name).Select(series => series.Measurement).OfType<Measurement>();
        var judged = new StageJudge(plan).Check(check, day.Date, judgedAt, [.. today], history);
        return new CheckAgain(check, judged.Judgements, Judging.Comparable(check, history).Without(plan.Calendar.Days))
        {
            Passed = Passes.Of(judged.Measurements, judged.Judgements).Passed,
        };
    }
}

/// <summary>A check judged again.</summary>
/// <param name="Check">Its plan.</param>
/// <param name="Judgements">What came out.</param>
/// <param name="History">What it was judged by.</param>
public sealed record CheckAgain(CheckPlan Check, IReadOnlyList<Judgement> Judgements, History History)
{
    /// <summary>What is stored as a number when it passes.</summary>
    public IReadOnlyList<(Passes Passes, IReadOnlyList<Judgement> Judgements)> Passed { get; init; } = [];

    /// <summary>The very verdicts that are stored as a number; null when others came out, so that nobody takes these for them.</summary>
    public IReadOnlyList<Judgement>? Of(Passes stored) => Passed.FirstOrDefault(again => again.Passes.AreSame(stored)).Judgements;

    /// <summary>What came out for a stored verdict; null when nothing did. Of several rules of one kind, the one that says the same.</summary>
    public Judgement? Of(Judgement stored)
    {
        var same = Judgements.Where(judgement => judgement.Series == stored.Series && judgement.Rule == stored.Rule).ToList();
        return same.Find(judgement => IsSame(judgement, stored)) ?? same.FirstOrDefault();
    }

    /// <summary>Whether a judgement is the stored one, to the last bit of every number.</summary>
    public static bool IsSame(Judgement again, Judgement stored) =>
        (again.Verdict, again.Finding, again.Blocking) == (stored.Verdict, stored.Finding, stored.Blocking)
        && SaysTheSame(again.Said, stored.Said)
        && Bits(again).SequenceEqual(Bits(stored));

    /// <summary>A judgement that an older program stored has its words, and no phrase:
    /// words are no number, and may have been improved since.</summary>
    static bool SaysTheSame(Phrase again, Phrase stored) => (stored.IsText && !again.IsText) || again.Equals(stored);

    static IEnumerable<long?> Bits(Judgement judgement) =>
        new[] { judgement.Value, judgement.Expected, judgement.Low, judgement.High }.Select(number =>
            number is double known ? BitConverter.DoubleToInt64Bits(known) : (long?)null);
}
