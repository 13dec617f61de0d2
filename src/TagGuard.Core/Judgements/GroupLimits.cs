using TagGuard.Detection.Common;

namespace TagGuard.Judgements;

/// <summary>When the tags of a family or of an upstream table are told as one.</summary>
static class GroupLimits
{
    /// <summary>Fewer tags are told one by one.</summary>
    public const int MinTags = Groups.MinTags;

    /// <summary>The group is the name of a fault when this share of it moved.</summary>
    public const double MinShare = 0.6;
}
