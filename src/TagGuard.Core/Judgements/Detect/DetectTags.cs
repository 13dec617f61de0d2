using TagGuard.Detection;
using TagGuard.Facts;
using TagGuard.Judgements.Past;

namespace TagGuard.Judgements.Detect;

/// <summary>Judges all tags of a check: what they did together, then each by what is left to it.</summary>
/// <param name="rule">The rule's settings.</param>
/// <param name="batch">What is judged.</param>
/// <param name="totals">The judgements of the check's totals: what the tags are a share of.</param>
sealed class DetectTags(DetectRule rule, Batch batch, IReadOnlyList<Judgement> totals)
{
    readonly Judgement? _base = totals.FirstOrDefault(total => total is { Series.Metric: Metrics.TaggedUsers, Value: not null, Expected: not null });

    public IReadOnlyList<Judgement> Judge(IReadOnlyList<Measurement.Taken> tags)
    {
        var lives = VolumeMorning.LivesOf(batch, tags, rule);
        // A kilobyte a tag for the days side by side, which nobody needs on the first ones.
        if (!lives.Any(life => life.Stage == LifeStage.Active))
            return [.. tags.Select((tag, i) => TooYoung(tag, lives[i], checkHasHistory: false))];
        var morning = VolumeMorning.Of(batch, tags, lives, rule);
        var found = Look(morning, morning.Counts);
        if (morning.Lives.Any(life => life.WasAtFault))
            found = Milder(morning, found, Look(morning, morning.WithoutLastFaults()));
        var budget = DetectBudget.Of(rule, morning, found);
        var verdict = new DetectVerdict(rule, batch, budget.Told * batch.Widening, budget.Fails * batch.Widening);
        var judgements = tags.Select((tag, i) => morning.IsJudged(i, found[i].Result)
            ? WithShare(verdict.Of(tag, morning.Lives[i], found[i]), found[i].Result.Expected)
            : TooYoung(tag, morning.Lives[i], checkHasHistory: true)).ToList();
        return [.. judgements, budget.Judge(batch, judgements)];
    }

    Detected[] Look(VolumeMorning morning, SourceMorning counts)
    {
        var result = Detector.Judge(counts, rule.Settings);
        var together = new DetectTogether(morning, result, batch.Widening).Find();
        return [.. result.Tags.Select((tag, i) => new Detected(tag, together[i], morning.Lives[i].WasAtFault))];
    }

    /// <summary>
    /// A tag that was at fault is seen in two ways: as if the fault was its new level, and as if it had never been. It is out of order when it is in both: while
    /// the fault lasts, but not when it has become the level, and not when it is over.
    /// </summary>
    static Detected[] Milder(VolumeMorning morning, Detected[] asNewLevel, Detected[] asNeverBeen) =>
        [.. asNewLevel.Select((found, i) => morning.Lives[i].WasAtFault && asNeverBeen[i].IsMilderThan(found) ? asNeverBeen[i] : found)];

    /// <summary>What is out of order is told with its share: did the tag move, or what it is a share of?</summary>
    Judgement WithShare(Judgement judgement, double expected) =>
        judgement.Verdict != Verdict.Pass && ShareSplit.Of(judgement.Value!.Value, expected, _base?.Value, _base?.Expected) is { } split
            ? judgement with { Sentence = $"{judgement.Sentence} {split}." }
            : judgement;

    /// <summary>A tag that comes later than its check is told once, and then left in peace until it is old enough; a check without history holds the gate.</summary>
    Judgement TooYoung(Measurement.Taken tag, TagLife life, bool checkHasHistory)
    {
        var known = $"{Say.Many(life.Days, "day")} known, {rule.WarmUpDays} wanted";
        if (!checkHasHistory)
            return Unjudged.NoHistory(rule.Kind, tag, life.Days == 0, checkHasHistory, known);
        var isNew = life.Stage == LifeStage.New && tag.Value > 0;
        var past = life.LastUsers is { } last ? $"back after {last:yyyy-MM-dd}" : "never seen before";
        return new Judgement
        {
            Series = tag.Series,
            Rule = rule.Kind,
            Verdict = isNew ? Verdict.Warn : Verdict.Pass,
            Finding = isNew ? Finding.New : Finding.Warming,
            Sentence = isNew ? $"New: {Say.Count(tag.Value, tag.Series)}, {past}." : $"{Say.Count(tag.Value, tag.Series)}; too young to be judged: {known}.",
            Value = tag.Value,
            Blocking = false,
        };
    }
}
