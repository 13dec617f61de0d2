namespace TagGuard.Adapters.HBase;

/// <summary>A region as it is now: split, merged or moved to another server it is another one.</summary>
/// <param name="Name">Its full name, which a split or merge changes.</param>
/// <param name="Location">The server that serves it.</param>
readonly record struct RegionId(string Name, string Location);

/// <summary>A part of a table, by the keys of its rows.</summary>
sealed record Region(RegionId Id, KeyRange Range)
{
    /// <summary>The regions in the order of their keys, or why they are not the whole table: a hole, or rows that belong to two.</summary>
    /// <param name="table">What the gateway tells of it.</param>
    /// <param name="why">Null when they are.</param>
    public static IReadOnlyList<Region> Tiled(Rest.TableInfo table, out string? why)
    {
        var regions = table.Regions
            .Select(one => new Region(
                new RegionId(one.Name, one.Location),
                new KeyRange(one.StartKey.ToByteArray(), one.EndKey.ToByteArray())))
            .ToList();
        regions.Sort((one, other) => one.Range.Start.AsSpan().SequenceCompareTo(other.Range.Start));
        why = regions.Count == 0 ? "no regions are told of it" : Mistake(regions);
        return regions;
    }

    static string? Mistake(List<Region> regions)
    {
        byte[] covered = [];
        for (var i = 0; i < regions.Count; i++)
        {
            var range = regions[i].Range;
            var order = range.Start.AsSpan().SequenceCompareTo(covered);
            if (i > 0 && covered.Length == 0)
                return $"two regions hold the rows from {RowKeys.Text(range.Start)} on";
            if (order > 0)
                return $"no region holds the rows from {RowKeys.Text(covered)} to {RowKeys.Text(range.Start)}";
            if (order < 0)
                return $"two regions hold the rows from {RowKeys.Text(range.Start)} to {RowKeys.Text(covered)}";
            if (range.IsEmpty)
                return $"the region at {RowKeys.Text(range.Start)} ends before it begins";
            covered = range.End;
        }
        return covered.Length == 0 ? null : $"no region holds the rows from {RowKeys.Text(covered)} on";
    }
}
