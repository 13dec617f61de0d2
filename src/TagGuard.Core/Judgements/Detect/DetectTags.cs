using TagGuard.Detection;
using TagGuard.Facts;
using TagGuard.Judgements.Past;
using TagGuard.Phrases;

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
        if (morning.Faults.IsAny)
            found = Milder(morning, found, Look(morning, morning.Faults.Without()));
        var budget = DetectBudget.Of(rule, morning, found);
        var verdict = new DetectVerdict(rule.Kind, rule.MinChange, batch, budget.AlertScore * batch.Widening, budget.FailScore * batch.Widening);
        var judgements = tags.Select((tag, i) => morning.IsJudged(i, found[i].Result)
            ? WithShare(verdict.Of(tag, morning.Lives[i], found[i], morning.Counts.Of(i)), found[i].Result.Expected)
            : TooYoung(tag, morning.Lives[i], checkHasHistory: true));
        var told = Renames.Mark([.. judgements]);
        return [.. told, budget.Judge(batch, told)];
    }

    Detected[] Look(VolumeMorning morning, CheckMorning counts)
    {
        var result = Detector.Judge(counts);
        var together = new SharedMoves(morning, result, batch.Widening).Find();
        return [.. result.Tags.Select((tag, i) => new Detected(tag, together[i], tag.Stays, morning.Lives[i].WasAtFault))];
    }

    /// <summary>
    /// A tag that was at fault, or at zero, is seen in two ways: as if the fault was its new level, and as if it had never been. It is out of order
    /// when it is in both: while the fault lasts, but not when it has become the level, and not when it is over.
    /// </summary>
    static Detected[] Milder(VolumeMorning morning, Detected[] asNewLevel, Detected[] asNeverBeen) =>
        [.. asNewLevel.Select((found, i) => morning.Faults.MayBeOver(i) && asNeverBeen[i].IsMilderThan(found)
            ? asNeverBeen[i] with { Stays = found.Stays }
            : found)];

    /// <summary>What is out of order is reported with its share: did the tag move, or what it is a share of?</summary>
    Judgement WithShare(Judgement judgement, double expected) =>
        judgement.Verdict != Verdict.Pass && ShareSplit.Of(judgement.Value!.Value, expected, _base?.Value, _base?.Expected) is { } split
            ? judgement with { Said = judgement.Said.And(split.Said) }
            : judgement;

    /// <summary>A tag that comes later than its check is reported once, and then left in peace
    /// until it is old enough; a check without history holds the gate.</summary>
    Judgement TooYoung(Measurement.Taken tag, TagLife life, bool checkHasHistory)
    {
        var known = new Phrase("verdict.lack_known", ("days", life.Days), ("needed", rule.WarmUpDays));
        if (!checkHasHistory)
            return Unjudged.NoHistory(rule.Kind, tag, life.Days == 0, checkHasHistory, known);
        var isNew = life.Stage == LifeStage.New && tag.Value > 0;
        return new Judgement
        {
            Series = tag.Series,
            Rule = rule.Kind,
            Verdict = isNew ? Verdict.Warn : Verdict.Pass,
            Finding = isNew ? Finding.New : Finding.Warming,
            Said = !isNew ? Said.Of("verdict.too_young", tag, ("lack", known))
                : life.LastUsers is { } last ? Said.Of("verdict.new_again", tag, ("date", last))
                : Said.Of("verdict.new", tag),
            Value = tag.Value,
            Blocking = false,
        };
    }
}
