namespace TagGuard.Detection.Events;

/// <summary>What happened to many tags of a check at once.</summary>
public enum SharedEventKind
{
    /// <summary>All tags moved together, much more than they usually do.</summary>
    CommonMove,

    /// <summary>More tags have exactly yesterday's count than chance allows: yesterday's data again.</summary>
    StaleCopy,

    /// <summary>A part of the tags fell.</summary>
    PartFell,

    /// <summary>A part of the tags rose.</summary>
    PartRose,
}

/// <summary>One line for what many tags did at once.</summary>
/// <param name="Kind">What happened.</param>
/// <param name="Factor">The middle factor that counts were changed by: 0.7 for -30 %; 1 for a stale copy.</param>
/// <param name="Size">Tags that show it.</param>
/// <param name="Of">Tags that could show it.</param>
/// <param name="Members">The tags that need no line of their own beside this one, as numbers of their rows, ascending.</param>
/// <param name="Shards">N when all tags alike lost so nearly 1/N that one of N parts of the
/// data seems to be missing; null when that cannot be told.</param>
public sealed record SharedEvent(SharedEventKind Kind, double Factor, int Size, int Of, IReadOnlyList<int> Members, int? Shards = null)
{
    /// <summary>Moves up to this are not told, in log units; 0 when that is not known.</summary>
    public double Usual { get; init; }
}
