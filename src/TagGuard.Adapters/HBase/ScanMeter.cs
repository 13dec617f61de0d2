using TagGuard.Sources;

namespace TagGuard.Adapters.HBase;

/// <summary>How far a scan of regions is, and how long it may still take: as many regions more, at the pace of those before.</summary>
/// <param name="regions">The regions that are read.</param>
/// <param name="progress">Who is told; null when nobody looks.</param>
/// <param name="clock">The clock.</param>
sealed class ScanMeter(IReadOnlyList<Region> regions, IProgress<ScanProgress>? progress, TimeProvider clock)
{
    const double TooEarly = 0.02;

    readonly Lock _lock = new();
    readonly long _began = clock.GetTimestamp();
    readonly Dictionary<RegionId, double> _within = [];
    long _rows;
    int _done;

    public void Read(Region region, int rows, byte[] last)
    {
        lock (_lock)
        {
            _rows += rows;
            _within[region.Id] = Share(region.Range, last);
            Tell();
        }
    }

    public void End(Region region)
    {
        lock (_lock)
        {
            _within.Remove(region.Id);
            _done++;
            Tell();
        }
    }

    void Tell()
    {
        var share = (_done + _within.Values.Sum()) / regions.Count;
        var took = clock.GetElapsedTime(_began);
        progress?.Report(new ScanProgress(_rows, _done, regions.Count, share > TooEarly ? took * ((1 - share) / share) : null));
    }

    /// <summary>Where a key lies in its region, if keys were spread evenly; the first and last region of a table have no ends to tell by.</summary>
    static double Share(KeyRange range, ReadOnlySpan<byte> key)
    {
        if (range.Start.Length == 0 || range.End.Length == 0)
            return 0;
        var same = range.Start.AsSpan().CommonPrefixLength(range.End);
        var (start, end, at) = (Number(range.Start, same), Number(range.End, same), Number(key, same));
        return end > start ? Math.Clamp((at - start) / (end - start), 0, 1) : 0;
    }

    static double Number(ReadOnlySpan<byte> key, int from)
    {
        var number = 0.0;
        for (var i = from; i < from + 6; i++)
            number = number * 256 + (i < key.Length ? key[i] : 0);
        return number;
    }
}
