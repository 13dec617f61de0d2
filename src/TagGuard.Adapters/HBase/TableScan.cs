using TagGuard.Sources;

namespace TagGuard.Adapters.HBase;

/// <summary>Reads all of a table that is in a scope, some regions at once, until the regions that were read are those that there are.</summary>
/// <param name="gateways">Whom to ask.</param>
/// <param name="scope">What is read.</param>
/// <param name="options">How.</param>
/// <param name="clock">The clock.</param>
sealed class TableScan(Gateways gateways, ScanScope scope, ScanOptions options, TimeProvider clock)
{
    /// <summary>How often the regions may have changed while they were read.</summary>
    const int MostRounds = 8;

    readonly TableReader _table = new(gateways, scope.Table, clock);
    readonly RowBudget _budget = new(options.RowsPerSecond, clock);

    public ScanNotes Notes { get; } = new();

    /// <summary>Regions that were read again because they were split, merged or moved meanwhile.</summary>
    public int ReadAgain { get; private set; }

    /// <summary>Whether families are there, that are asked for in another way than by the scope.</summary>
    public async Task CheckAsync(IEnumerable<string> families, CancellationToken cancellationToken)
    {
        try
        {
            await _table.CheckAsync(families, cancellationToken);
        }
        catch (LostException fault)
        {
            throw fault.Fault;
        }
    }

    /// <summary>Reads every region; what is returned was read of regions that all are there at the end.</summary>
    /// <typeparam name="T">What is made of a region's rows.</typeparam>
    /// <param name="begin">Begins with a region: what takes its rows, and what it makes of them.</param>
    /// <param name="progress">Told how far it is; null when nobody looks.</param>
    /// <param name="cancellationToken">Gives up.</param>
    /// <exception cref="SourceException">Not all rows could be read.</exception>
    public async Task<IReadOnlyList<T>> ReadAsync<T>(
        Func<KeyRange, (TakeRow Take, T Result)> begin, IProgress<ScanProgress>? progress, CancellationToken cancellationToken)
    {
        try
        {
            await _table.CheckAsync(scope.Families, cancellationToken);
            var read = new Dictionary<RegionId, T>();
            for (var round = 0; round < MostRounds; round++)
            {
                var regions = (await _table.RegionsAsync(cancellationToken))
                    .Select(region => region with { Range = region.Range.Within(scope.Range) })
                    .Where(region => !region.Range.IsEmpty)
                    .ToList();
                var unread = regions.Where(region => !read.ContainsKey(region.Id)).ToList();
                if (unread.Count == 0)
                    return [.. regions.Select(region => read[region.Id])];
                if (round > 0)
                    ReadAgain += unread.Count;
                await ReadAsync(unread, read, begin, new ScanMeter(unread, progress, clock), cancellationToken);
            }
        }
        catch (LostException fault)
        {
            throw fault.Fault;
        }
        throw gateways.Faults.Fault(
            $"The regions of {scope.Table} were split, merged or moved {MostRounds} times while they were read. Wait until the table is quiet.",
            gateways.Bases[0],
            scope.ToString(),
            isTransient: true);
    }

    Task ReadAsync<T>(
        List<Region> regions, Dictionary<RegionId, T> read, Func<KeyRange, (TakeRow Take, T Result)> begin, ScanMeter meter,
        CancellationToken cancellationToken)
    {
        var limits = new ScanLimits(options.RetryFor, Math.Min(_budget.MostOfPage(options.Parallel), ScanOptions.MostOfPage));
        var parallel = new ParallelOptions { MaxDegreeOfParallelism = options.Parallel, CancellationToken = cancellationToken };
        return Parallel.ForEachAsync(regions, parallel, async (region, token) =>
        {
            var (take, result) = begin(region.Range);
            var scan = new RangeScan(gateways, scope, _table, _budget, limits, Notes, clock);
            await scan.RunAsync(region.Range, take, (rows, last) => meter.Read(region, rows, last), token);
            meter.End(region);
            lock (read)
                read[region.Id] = result;
        });
    }
}

/// <summary>How a table is read.</summary>
/// <param name="Parallel">Regions at once.</param>
/// <param name="RowsPerSecond">Rows a second, of all regions together; 0 for as many as come.</param>
/// <param name="RetryFor">How long no row may come of a region.</param>
sealed record ScanOptions(int Parallel, int RowsPerSecond, TimeSpan RetryFor)
{
    /// <summary>Measured with keys of 20 bytes: more are no faster, fewer are slower.</summary>
    public const int MostOfPage = 20_000;
}
