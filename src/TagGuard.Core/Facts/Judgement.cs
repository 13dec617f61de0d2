using TagGuard.Phrases;

namespace TagGuard.Facts;

/// <summary>A verdict with its reason and all that is needed to see it again.</summary>
public sealed record Judgement
{
    public required SeriesId Series { get; init; }

    /// <summary>The rule's kind, as the plan names it.</summary>
    public required string Rule { get; init; }

    public required Verdict Verdict { get; init; }

    public required Finding Finding { get; init; }

    /// <summary>The reason with its numbers; a text when it was stored by a TagGuard that knew no phrases, or by one that knows more.</summary>
    public required Phrase Said { get; init; }

    /// <summary>The reason as an English sentence.</summary>
    public string Sentence => Said.ToString();

    /// <summary>The value under test; null when it was not measured.</summary>
    public double? Value { get; init; }

    public double? Expected { get; init; }

    /// <summary>The value at and above which the verdict would not have been worse than Pass or Warn; null when there is no lower limit.</summary>
    public double? Low { get; init; }

    public double? High { get; init; }

    /// <summary>The days of history that the expectation was made of.</summary>
    public IReadOnlyList<Day> Used { get; init; } = [];

    /// <summary>What the expectation is made of; null when nothing was compared, or the judgement was read from a store.</summary>
    public Decomposition? Parts { get; init; }

    /// <summary>What it did together with other tags; null when it is told alone. Kept no longer than until the incidents are made of it.</summary>
    public SharedMove? Shared { get; init; }

    /// <summary>The cause that the numbers themselves show, a phrase of `cause.txt`; null when they show none. Kept as long as
    /// <see cref="Shared"/>.</summary>
    public Phrase? Clue { get; init; }

    /// <summary>Whether a Fail or Unknown closes the gate of the stage. Set from the plan, not
    /// by the rule, unless the rule says that it never blocks.</summary>
    public bool Blocking { get; init; } = true;

    /// <summary>Whether it closes the gate.</summary>
    public bool ClosesGate => Blocking && Verdict >= Verdict.Unknown;
}
