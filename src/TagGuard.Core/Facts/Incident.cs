using TagGuard.Phrases;

namespace TagGuard.Facts;

/// <summary>Findings that belong together, told once.</summary>
public sealed record Incident
{
    /// <summary>The worst verdict in it.</summary>
    public required Verdict Verdict { get; init; }

    public required Finding Finding { get; init; }

    /// <summary>Whether it closes the gate.</summary>
    public required bool Blocking { get; init; }

    public required string Check { get; init; }

    /// <summary>What broke, in one line with its number: "Family A131U001: 9 of 9 tags at zero". A
    /// text when it was stored by a TagGuard that knew no phrases.</summary>
    public required Phrase What { get; init; }

    /// <summary>What broke, with no more than the first sentence of what was found: for where the rest stands below.</summary>
    public Phrase Heading => What["said"] is Phrase { AsJoined: [var first, ..] }
        ? new Phrase(What.Name, [.. What.Values.Select(value => value.Name == "said" ? ("said", first) : (value.Name, (object?)value.Value))])
        : What;

    /// <summary>What the heading does not say of what was found; null when it says all.</summary>
    public Phrase? Body =>
        What.Equals(Said) ? null
        : What["said"] is Phrase said && said.Equals(Said) ? (Said.AsJoined is { Count: > 1 } all ? Phrase.Joined([.. all.Skip(1)]) : null)
        : Said;

    /// <summary>Why, probably.</summary>
    public required Phrase Why { get; init; }

    /// <summary>What to do first; the plan's runbook where there is one.</summary>
    public required Phrase DoFirst { get; init; }

    /// <summary>What the lead's judgement says.</summary>
    public required Phrase Said { get; init; }

    /// <summary>Its own numbers; null when they are those of the lead's verdict.</summary>
    public Evidence? Evidence => Evidence.In(Said);

    /// <summary>The incident of an earlier stage or check that it follows from, by its heading; null when it is a fault of its own.</summary>
    public Phrase? FollowsFrom => Why["follows"] as Phrase;

    /// <summary>The family that it is about; null when it is about more or less than one.</summary>
    public string? Family => What["family"] as string;

    /// <summary>What broke, in English.</summary>
    public string Title => What.ToString();

    /// <summary>Why, in English.</summary>
    public string Cause => Why.ToString();

    /// <summary>What to do first, in English.</summary>
    public string Advice => DoFirst.ToString();

    /// <summary>The lead's judgement as an English sentence.</summary>
    public string Sentence => Said.ToString();

    /// <summary>Whom to tell; empty when the plan names nobody.</summary>
    public string Owner { get; init; } = "";

    /// <summary>Judgements in it.</summary>
    public required int Size { get; init; }

    /// <summary>The series whose history shows it best.</summary>
    public required SeriesId Lead { get; init; }

    /// <summary>Every series in it.</summary>
    public required IReadOnlyList<SeriesId> Members { get; init; }
}
