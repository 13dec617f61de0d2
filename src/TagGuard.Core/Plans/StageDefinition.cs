namespace TagGuard.Plans;

/// <summary>What a stage is judged by, as hashes: two plans with the same definition of a stage judge it alike.</summary>
/// <param name="Stage">Name of the stage.</param>
/// <param name="Checks">Each check by its name, with a hash of what it measures, its rules and
/// whether it blocks; not of comments, owner, runbook or timeout.</param>
/// <param name="Shared">What its checks share with others, by what people call it: connections, the calendar, the time zone.</param>
/// <param name="PlanFile">The file that it was read from.</param>
public sealed record StageDefinition(
    string Stage, IReadOnlyDictionary<string, string> Checks, IReadOnlyDictionary<string, string> Shared, string PlanFile);
