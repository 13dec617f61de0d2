namespace TagGuard.Keys;

/// <summary>One mistake in a plan: where (1-based line and column) and what to do about it.</summary>
public sealed record PlanMistake(string File, int Line, int Column, string Message)
{
    public override string ToString() => $"{File}:{Line}:{Column}: {Message}";
}

/// <summary>The plan cannot be used; holds every mistake found, in the order of the file.</summary>
public sealed class PlanException(IReadOnlyList<PlanMistake> mistakes)
    : Exception(string.Join('\n', mistakes))
{
    public IReadOnlyList<PlanMistake> Mistakes { get; } = mistakes;
}
