namespace TagGuard.Facts;

/// <summary>What a tag did together with others: its finding is told with theirs, not alone.</summary>
/// <param name="Extent">How wide it is.</param>
/// <param name="Name">The table or family; empty where there is no name.</param>
/// <param name="Finding">What they did.</param>
/// <param name="Of">Tags that could have done the same.</param>
/// <param name="Shards">The number of shards of which one would be missing, when the loss looks like that; else 0.</param>
/// <param name="Usual">Moves up to this are usual for them together, in log units; 0 when that is not known.</param>
public sealed record SharedMove(Extent Extent, string Name, Finding Finding, int Of, int Shards = 0, double Usual = 0);
