namespace TagGuard.Facts;

/// <summary>What moved as one, from the widest to the narrowest.</summary>
public enum TogetherKind
{
    /// <summary>All tags of the check.</summary>
    Source,

    /// <summary>The tags that are computed from one upstream table.</summary>
    Upstream,

    /// <summary>The tags of one family.</summary>
    Family,

    /// <summary>A part of the tags that has no name.</summary>
    Part,
}

/// <summary>What a tag did together with others: its finding is told with theirs, not alone.</summary>
/// <param name="Kind">How wide it is.</param>
/// <param name="Name">The table or family; empty where there is no name.</param>
/// <param name="Finding">What they did.</param>
/// <param name="Of">Tags that could have done the same.</param>
/// <param name="Shards">The number of shards of which one would be missing, when the loss looks like that; else 0.</param>
public sealed record Together(TogetherKind Kind, string Name, Finding Finding, int Of, int Shards = 0);
