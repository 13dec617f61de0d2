using TagGuard.Facts;
using TagGuard.Storage;

namespace TagGuard.Reports;

/// <summary>An incident with what is known about it beyond the business date.</summary>
/// <param name="Stage">The stage it was found in.</param>
/// <param name="Incident">The incident.</param>
/// <param name="Lead">The worst verdict about its lead; null when it is not stored.</param>
/// <param name="Series">The lead's history; null when there is none.</param>
/// <param name="Since">The first day of the trouble; null when the stored days cannot tell.</param>
public sealed record IncidentFacts(string Stage, Incident Incident, Judgement? Lead, StoredSeries? Series, DateOnly? Since)
{
    /// <summary>What follows from it in later stages and checks.</summary>
    public IReadOnlyList<IncidentFacts> Following { get; init; } = [];

    /// <summary>Whether it closes its gate, unless a person has opened that.</summary>
    public bool ClosesGate => Incident.Blocking && Incident.Verdict >= Verdict.Unknown;

    /// <summary>How much it matters, with what follows from it.</summary>
    public Severity Severity => ClosesGate || Following.Any(other => other.ClosesGate) ? Severity.Critical
        : Incident.Verdict >= Verdict.Unknown ? Severity.Important
        : Severity.Notice;

    /// <summary>
    /// The first of the days without an accepted value that lead up to the date. Only a Fail keeps a day from being accepted, and only a series
    /// that was missed can have been missing before, so of other findings nothing is claimed.
    /// </summary>
    public static DateOnly? SinceOf(Incident incident, StoredSeries? series, DateOnly date)
    {
        if (series is null || series.Before.Count == 0)
            return null;
        if (series.Today is null)
        {
            var accepted = series.Before.LastOrDefault(day => day.IsAccepted);
            return accepted == default ? series.Before[0].Date : accepted.Date.AddDays(1);
        }
        if (incident.Verdict != Verdict.Fail)
            return null;
        var since = date;
        for (var i = series.Before.Count - 1; i >= 0 && !series.Before[i].IsAccepted; i--)
            since = series.Before[i].Date;
        return since;
    }
}
