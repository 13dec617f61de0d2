namespace TagGuard.Facts;

/// <summary>How much of a check something is about, from the widest to the narrowest.</summary>
public enum Extent
{
    /// <summary>All tags of the check.</summary>
    Check,

    /// <summary>The tags that are computed from one upstream table.</summary>
    Upstream,

    /// <summary>The tags of one family.</summary>
    Family,

    /// <summary>A part of the tags that has no name.</summary>
    Part,

    /// <summary>Tags of which some lost the users that the others got.</summary>
    Renamed,

    /// <summary>A tag by itself.</summary>
    Tag,
}
