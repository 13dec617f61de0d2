using TagGuard.Facts;

namespace TagGuard.Judgements.Past;

/// <summary>Where a tag is in its life on a business date. A tag that has had no users for
/// <see cref="Vanished.Days"/> days is retired and not judged.</summary>
public enum LifeStage
{
    /// <summary>Never had a user before, or none for so long that it begins anew.</summary>
    New,

    /// <summary>Too few days are known to judge it.</summary>
    Warming,

    /// <summary>Judged.</summary>
    Active,
}

/// <summary>What is known of a tag's life before a business date.</summary>
/// <param name="Stage">Where it is.</param>
/// <param name="Days">Days that are known and not rejected.</param>
/// <param name="LastUsers">The last day with users; null when there was none.</param>
/// <param name="WasZero">Whether it had no users on the last known day.</param>
/// <param name="WasAtFault">Whether the last known day failed, and nobody has accepted it since.</param>
public readonly record struct TagLife(LifeStage Stage, int Days, DateOnly? LastUsers, bool WasZero, bool WasAtFault)
{
    /// <param name="measured">The measured days before the date, ascending.</param>
    /// <param name="date">The business date.</param>
    /// <param name="warmUp">Days to be known before a tag is judged.</param>
    public static TagLife Of(IReadOnlyList<Day> measured, DateOnly date, int warmUp)
    {
        var (days, last, wasZero, wasAtFault) = (0, (DateOnly?)null, false, false);
        for (var i = 0; i < measured.Count; i++)
        {
            var day = measured[i];
            if (day.State is DayState.Rejected)
                continue;
            days++;
            (wasZero, wasAtFault) = (day.Value <= 0, day.State == DayState.Quarantined);
            if (!wasZero)
                last = day.Date;
        }
        var isNew = last is not { } seen || seen < date.AddDays(-Vanished.Days);
        return new TagLife(isNew ? LifeStage.New : days < warmUp ? LifeStage.Warming : LifeStage.Active, days, last, wasZero, wasAtFault);
    }
}
