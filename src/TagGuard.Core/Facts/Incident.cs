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

    /// <summary>What broke, in one line with its number: "Family A131U001: 9 of 9 tags at zero".</summary>
    public required string Title { get; init; }

    /// <summary>Why, probably.</summary>
    public required string Cause { get; init; }

    /// <summary>What to do first.</summary>
    public required string Advice { get; init; }

    /// <summary>Whom to tell; empty when the plan names nobody.</summary>
    public string Owner { get; init; } = "";

    /// <summary>Judgements in it.</summary>
    public required int Size { get; init; }

    /// <summary>The series whose history shows it best.</summary>
    public required SeriesId Lead { get; init; }

    /// <summary>The lead's judgement as a sentence.</summary>
    public required string Sentence { get; init; }

    /// <summary>Every series in it.</summary>
    public required IReadOnlyList<SeriesId> Members { get; init; }
}
