using TagGuard.Runs;

namespace TagGuard.Application;

/// <summary>What is to be run.</summary>
/// <param name="Verb">On whose behalf: `run`, `tags`, …; stored with the run.</param>
/// <param name="Date">The business date.</param>
/// <param name="Stages">The stages, by name.</param>
/// <param name="Patience">How long to wait for another run of the date, and for a stage to hold.</param>
public sealed record RunRequest(string Verb, DateOnly Date, IReadOnlyList<string> Stages, Patience Patience)
{
    /// <summary>Where the report is written after the run; null when none is wanted, but that an earlier one is true.</summary>
    public string? Report { get; init; }

    /// <summary>Whether its report is mailed to those whom the plan names.</summary>
    public bool IsMailed { get; init; }

    /// <summary>The log of the run, which the report links; null when there is none.</summary>
    public string? Log { get; init; }
}
