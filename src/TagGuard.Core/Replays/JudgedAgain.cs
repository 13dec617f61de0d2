using TagGuard.Facts;
using TagGuard.Plans;
using TagGuard.Runs;
using TagGuard.Storage;

namespace TagGuard.Replays;

/// <summary>Stored verdicts of one date, judged again from what is stored: with the plan as it is now, and with what was known when they were made.</summary>
/// <param name="plan">The plan.</param>
/// <param name="store">Where the history is.</param>
/// <param name="day">The date.</param>
public sealed class JudgedAgain(Plan plan, IRunStore store, StoredDay day)
{
    readonly Dictionary<string, CheckAgain> _checks = [];

    /// <summary>The check of a stored verdict judged again; null when the plan has no such check any more.</summary>
    public async Task<CheckAgain?> OfAsync(StoredJudgement verdict, CancellationToken cancellationToken)
    {
        var name = verdict.Judgement.Series.Check;
        if (!_checks.TryGetValue(name, out var again) && plan.StageList.SelectMany(stage => stage.Checks).FirstOrDefault(check => check.Name == name) is { } check)
            _checks.Add(name, again = await JudgeAsync(check, verdict.JudgedAt, cancellationToken));
        return again;
    }

    async Task<CheckAgain> JudgeAsync(CheckPlan check, DateTimeOffset judgedAt, CancellationToken cancellationToken)
    {
        var history = await store.HistoryAsync(plan.Name, check.Name, day.Date, Judging.HistoryDays(check), judgedAt, cancellationToken);
        var today = day.Series.Where(series => series.Id.Check == check.Name).Select(series => series.Measurement).OfType<Measurement>();
        var judged = new StageJudge(plan).Check(check, day.Date, judgedAt, [.. today], history);
        return new CheckAgain(check, judged.Judgements, history.Without(plan.Calendar.Days));
    }
}

/// <summary>A check judged again.</summary>
/// <param name="Check">Its plan.</param>
/// <param name="Judgements">What came out.</param>
/// <param name="History">What it was judged by.</param>
public sealed record CheckAgain(CheckPlan Check, IReadOnlyList<Judgement> Judgements, History History)
{
    /// <summary>What came out for a stored verdict; null when nothing did. Of several rules of one kind, the one that says the same.</summary>
    public Judgement? Of(Judgement stored)
    {
        var same = Judgements.Where(judgement => judgement.Series == stored.Series && judgement.Rule == stored.Rule).ToList();
        return same.Find(judgement => IsSame(judgement, stored)) ?? same.FirstOrDefault();
    }

    /// <summary>Whether two judgements are the same to the last bit of every number.</summary>
    public static bool IsSame(Judgement one, Judgement other) =>
        (one.Verdict, one.Finding, one.Sentence, one.Blocking) == (other.Verdict, other.Finding, other.Sentence, other.Blocking)
        && Bits(one).SequenceEqual(Bits(other));

    static IEnumerable<long?> Bits(Judgement judgement) =>
        new[] { judgement.Value, judgement.Expected, judgement.Low, judgement.High }.Select(number => number is double known ? BitConverter.DoubleToInt64Bits(known) : (long?)null);
}
