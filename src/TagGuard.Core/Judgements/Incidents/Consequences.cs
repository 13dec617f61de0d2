using TagGuard.Facts;
using TagGuard.Phrases;

namespace TagGuard.Judgements.Incidents;

/// <summary>Recognises by their numbers the incidents that follow from one of an earlier stage or check: nobody is blamed for another's
/// fault.</summary>
/// <remarks>Each keeps its verdict: what is not there is not there. What it follows from, and the numbers that say so, stand in its cause.</remarks>
public static class Consequences
{
    /// <summary>Fewer rows are equal in number by chance.</summary>
    const double FewestRows = 5;

    /// <summary>Two moves are one fault when they differ by no more than this part of them.</summary>
    const double MostApart = 0.15;

    /// <summary>Smaller moves, in percent, are like others by chance.</summary>
    const double SmallestMove = 3;

    /// <param name="incidents">Incidents of a stage, check after check.</param>
    /// <param name="earlier">Those of the stages before it.</param>
    public static IReadOnlyList<Incident> Mark(IReadOnlyList<Incident> incidents, IReadOnlyList<Incident> earlier)
    {
        var own = earlier.Where(incident => incident.FollowsFrom is null).ToList();
        var marked = new List<Incident>(incidents.Count);
        foreach (var incident in incidents)
        {
            var found = own
                .Where(before => before.Check != incident.Check)
                .Select(before => (Before: before, Why: WhyFollows(incident, before)))
                .FirstOrDefault(pair => pair.Why is not null);
            marked.Add(found.Why is { } why ? incident with
            {
                Why = why,
                DoFirst = new Phrase($"advice.{why.Name["cause.".Length..]}"),
                Owner = found.Before.Owner.Length > 0 ? found.Before.Owner : incident.Owner,
            } : incident);
            if (found.Why is null)
                own.Add(incident);
        }
        return marked;
    }

    static Phrase? WhyFollows(Incident incident, Incident before) =>
        MissingRows(incident) is double fewer and >= FewestRows && Repeats(before) == fewer
            ? new Phrase("cause.follows_repeats", ("follows", before.Heading), ("count", fewer))
        : MissingRows(incident) is double less and >= FewestRows && Nameless(before) == less
            ? new Phrase("cause.follows_nameless", ("follows", before.Heading), ("count", less))
        : Slice(incident) is { } slice && slice == Slice(before)
            ? new Phrase("cause.follows_slice", ("follows", before.Heading), ("keys", slice))
        : incident.Finding == Finding.Missing && before.Finding == Finding.Missing && Reason(incident) is { } reason && reason == Reason(before)
            ? new Phrase("cause.follows_missing", ("follows", before.Heading))
        : (Change(incident) ?? FamilyChange(incident)) is double change && Change(before) is double moved && IsSame(change, moved)
            ? new Phrase("cause.follows_moved", ("follows", before.Heading), ("before", moved), ("change", change))
        : null;

    static bool IsSame(double change, double before) =>
        Math.Sign(change) == Math.Sign(before)
        && Math.Min(Math.Abs(change), Math.Abs(before)) >= SmallestMove
        && Math.Abs(change - before) <= MostApart * Math.Max(Math.Abs(change), Math.Abs(before));

    /// <summary>Rows that one of two sides has fewer than the other that is taken as right.</summary>
    static double? MissingRows(Incident incident) => First(incident.Said) is { Name: "verdict.fewer" } fewer ? fewer["apart"] as double? : null;

    /// <summary>The keys that a side has none of, where they lie side by side.</summary>
    static string? Slice(Incident incident) =>
        incident.Said.AsJoined?.FirstOrDefault(said => said.Name == "verdict.missing_slice")?["keys"] as string;

    static double? Repeats(Incident incident) => incident.Finding == Finding.Duplicates ? First(incident.Said)["repeated"] as double? : null;

    static double? Nameless(Incident incident) =>
        First(incident.Said) is { Name: "verdict.no_user_id" } nameless ? nameless["count"] as double? : null;

    /// <summary>Why a measurement was missed, in the words of the source.</summary>
    static string? Reason(Incident incident)
    {
        object? reason = First(incident.Said);
        while (reason is Phrase phrase)
            reason = phrase["reason"] ?? phrase.AsText;
        return reason as string;
    }

    /// <summary>How far the whole of a check moved, in percent; null when it is about a part of it.</summary>
    static double? Change(Incident incident)
    {
        if (incident.Lead.Key.Length > 0 && incident.What["change"] is null)
            return null;
        if (incident.What["change"] is double all)
            return all;
        var found = IncidentText.FoundIn(incident.Said);
        return incident.Finding switch
        {
            Finding.Drop when found.Name == "verdict.below" => -(found["change"] as double?),
            Finding.Rise when found.Name == "verdict.above" => found["change"] as double?,
            Finding.Zero => -100,
            _ => null,
        };
    }

    /// <summary>How far the tags of a family moved together, in percent; null for other incidents.</summary>
    static double? FamilyChange(Incident incident) =>
        incident.What is { Name: "incident.family" } what
        && what["moved"] is Phrase moved && moved["before"] is double and > 0 and var before && moved["now"] is double now
            ? (now - before) / before * 100
            : null;

    static Phrase First(Phrase said) => said.AsJoined is [var first, ..] ? first : said;
}
