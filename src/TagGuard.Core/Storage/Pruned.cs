namespace TagGuard.Storage;

/// <summary>What of a date is taken away.</summary>
public enum Prune
{
    /// <summary>Verdicts and incidents: its numbers stay, for later days are compared with them.</summary>
    Verdicts,

    /// <summary>All of it but what people decided.</summary>
    Everything,
}

/// <summary>How many rows were taken away.</summary>
/// <param name="Verdicts">Verdicts and incidents.</param>
/// <param name="Numbers">Measured numbers.</param>
/// <param name="Others">Runs, stages, checks and flags.</param>
public sealed record Pruned(long Verdicts, long Numbers, long Others)
{
    public static Pruned Nothing { get; } = new(0, 0, 0);

    public long Rows => Verdicts + Numbers + Others;

    public Pruned Plus(Pruned other) => new(Verdicts + other.Verdicts, Numbers + other.Numbers, Others + other.Others);
}
