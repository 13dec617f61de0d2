using TagGuard.Facts;
using TagGuard.Judgements.Past;

namespace TagGuard.Judgements.Detect;

/// <summary>Judges the users of each family of tags: who lost all tags of it is seen here, though each of them moved by little.</summary>
/// <remarks>What families did together is what the tags did, and is told of them.</remarks>
/// <param name="rule">The rule's settings.</param>
/// <param name="batch">What is judged.</param>
sealed class DetectFamilies(DetectRule rule, Batch batch)
{
    /// <summary>A family of one tag is that tag.</summary>
    const int LeastTags = 2;

    /// <summary>The families that are more than one of the tags, and not all of them: all are the check itself.</summary>
    public IReadOnlyList<Measurement.Taken> OfSeveralTags(IReadOnlyList<Measurement.Taken> families, IReadOnlyList<Measurement.Taken> tags)
    {
        var sizes = tags.CountBy(tag => batch.Families.Of(tag.Series.Key)).ToDictionary();
        return [.. families.Where(family => sizes.GetValueOrDefault(family.Series.Key) is >= LeastTags and var size && size < tags.Count)];
    }

    /// <summary>A judgement for each family that is known long enough.</summary>
    /// <param name="families">The families.</param>
    /// <param name="share">The part of the false alarms that they may have.</param>
    public IEnumerable<Judgement> Judge(IReadOnlyList<Measurement.Taken> families, double share)
    {
        var lives = VolumeMorning.LivesOf(batch, families, rule);
        if (!lives.Any(life => life.Stage == LifeStage.Active))
            return [];
        var morning = VolumeMorning.Of(batch, families, lives, rule);
        var found = Detected.Of(morning);
        var budget = DetectBudget.Of(rule, share, morning, found);
        var verdict = new DetectVerdict(
            rule,
            rule.MinTotalChange,
            batch,
            budget.AlertScore * batch.Widening,
            budget.FailScore * batch.Widening);
        return Enumerable.Range(0, families.Count)
            .Where(i => morning.IsJudged(i, found[i].Result))
            .Select(i => verdict.Of(families[i], morning, i, found[i]));
    }
}
