namespace TagGuard.Facts;

/// <summary>A check as it was judged.</summary>
/// <param name="Measurements">What was measured.</param>
/// <param name="Judgements">What was made of it.</param>
public readonly record struct JudgedCheck(IReadOnlyList<Measurement> Measurements, IReadOnlyList<Judgement> Judgements)
{
    /// <summary>How its tags were put into families, and what is known of them.</summary>
    public TagFamilies Families { get; init; } = TagFamilies.Guessed;

    /// <summary>Whether the whole day is quarantined: a fault that concerns every series of the check (a failed total, a copy, duplicates).</summary>
    public bool IsQuarantined => Judgements.Any(judgement => judgement.Verdict == Verdict.Fail && judgement.Series.Key.Length == 0);

    /// <summary>The series that are kept out of later baselines for this day.</summary>
    public IReadOnlySet<SeriesId> QuarantinedSeries => IsQuarantined
        ? Measurements.Select(measurement => measurement.Series).ToHashSet()
        : Judgements.Where(judgement => judgement.Verdict == Verdict.Fail).Select(judgement => judgement.Series).ToHashSet();
}
