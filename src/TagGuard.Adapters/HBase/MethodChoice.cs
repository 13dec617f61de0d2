using System.Text;
using TagGuard.Adapters.HBase.Rest;

namespace TagGuard.Adapters.HBase;

/// <summary>Whether a table is too big to be read through gateways, and why.</summary>
readonly record struct MethodChoice(bool IsJob, string Why)
{
    /// <summary>Beyond these a job on the cluster is faster than some gateways: 50 GB are about 10 minutes of one.</summary>
    const int MostRegions = 500, MostMegabytes = 50_000;

    /// <param name="regions">The table's regions.</param>
    /// <param name="status">What the servers say of theirs.</param>
    public static MethodChoice Of(IReadOnlyList<Region> regions, StorageClusterStatus status)
    {
        var names = regions.Select(region => region.Id.Name).ToHashSet(StringComparer.Ordinal);
        var megabytes = status.LiveNodes.SelectMany(node => node.Regions)
            .Where(region => names.Contains(Encoding.Latin1.GetString(region.Name.Span)))
            .Sum(region => (long)region.StorefileSizeMb + region.MemStoreSizeMb);
        var size = FormattableString.Invariant($"{regions.Count} regions of {megabytes} MB");
        return regions.Count > MostRegions || megabytes > MostMegabytes
            ? new(true, $"by rowcounter, for it has {size}, more than {MostRegions} or {MostMegabytes} MB")
            : new(false, $"through the gateways, for it has {size}, up to {MostRegions} and {MostMegabytes} MB");
    }
}
