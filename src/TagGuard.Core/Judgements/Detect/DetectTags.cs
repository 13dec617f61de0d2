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

    /// <param name="tags">The tags.</param>
    /// <param name="families">The users of their families, which have their part in the budget.</param>
    public IReadOnlyList<Judgement> Judge(IReadOnlyList<Measurement.Taken> tags, IReadOnlyList<Measurement.Taken> families)
    {
        var lives = VolumeMorning.LivesOf(batch, tags, rule);
        // A kilobyte a tag for the days side by side, which nobody needs on the first ones.
        if (!lives.Any(life => life.Stage == LifeStage.Active))
            return [.. tags.Select((tag, i) => TooYoung(tag, lives[i], checkHasHistory: false))];
        var morning = VolumeMorning.Of(batch, tags, lives, rule);
        var found = Detected.Of(morning, result => new SharedMoves(morning, result, batch.Widening).Find());
        var ofFamilies = new DetectFamilies(rule, batch);
        var judged = ofFamilies.OfSeveralTags(families, tags);
        var share = (double)tags.Count / (tags.Count + judged.Count);
        var budget = DetectBudget.Of(rule, share, morning, found);
        var verdict = new DetectVerdict(rule, rule.MinChange, batch, budget.AlertScore * batch.Widening, budget.FailScore * batch.Widening);
        var judgements = tags.Select((tag, i) => morning.IsJudged(i, found[i].Result)
            ? WithShare(verdict.Of(tag, morning, i, found[i]), found[i].Result.Expected)
            : TooYoung(tag, morning.Lives[i], checkHasHistory: true));
        var told = new Renames(batch.Families).Mark([.. judgements]);
        IReadOnlyList<Judgement> all = [.. told, .. ofFamilies.Judge(judged, 1 - share)];
        var used = budget.Judge(batch, all);
        foreach (var said in new[] { Leaving(morning), NewFamilies() }.OfType<Phrase>())
            used = used with { Said = used.Said.And(said) };
        return [.. all, used];
    }

    /// <summary>Why the users of families are not judged for a while, after the plan puts tags into others; null when they are.</summary>
    Phrase? NewFamilies() => batch.FamiliesSince is not { } since || since.DayNumber + rule.WarmUpDays <= batch.Day.Date.DayNumber ? null
        : since > batch.Day.Date ? new Phrase("verdict.families_otherwise")
        : new Phrase("verdict.families_since", ("date", since), ("from", since.AddDays(rule.WarmUpDays)));

    /// <summary>Which tags fell as expected, for whoever sees them fall and reads nothing of it; null when none did.</summary>
    Phrase? Leaving(VolumeMorning morning)
    {
        var tags = Enumerable.Range(0, morning.Tags.Count).Where(tag => morning.LeavingOf(tag) is not null).ToList();
        if (tags.Count == 0)
            return null;
        var most = tags.MaxBy(tag => morning.LeavingOf(tag)!.Value.Users);
        var cohort = morning.LeavingOf(most)!.Value;
        return new Phrase(
            tags.Count == 1 ? "verdict.cohort_of" : "verdict.cohorts_of",
            ("key", morning.Tags[most].Series.Key),
            ("users", cohort.Users),
            ("date", batch.Day.Date.AddDays(-cohort.Came)),
            ("more", tags.Count - 1));
    }

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
