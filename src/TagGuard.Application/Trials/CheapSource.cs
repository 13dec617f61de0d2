using TagGuard.Sources;

namespace TagGuard.Application.Trials;

/// <summary>Asks a source so that it has to know every table and column, and to read no rows: the condition never holds. Files are looked for, not
/// read.</summary>
/// <param name="inner">The source; the plan reader made sure that it can be asked what a check asks.</param>
/// <param name="ofAnyDate">Whether a table is looked at whatever its partition.</param>
/// <param name="faults">Where its faults are noted: a measurement may keep them to itself.</param>
sealed class CheapSource(ISource inner, bool ofAnyDate, List<SourceException> faults)
    : ICountSource, IRowsSource, IKeyedSource, IVolumeSource, IPathSource, IJsonSource, IExportSource, IFooterSource, IStatisticsSource,
        IScanSource, ITableSource
{
    const string Never = "1 = 0";

    static readonly ExportFlaws None = new(0, []);

    public string Name => inner.Name;

    public Task<string> ProbeAsync(CancellationToken cancellationToken) => inner.ProbeAsync(cancellationToken);

    public Task<Counted> CountAsync(TablePart part, CancellationToken cancellationToken) =>
        NotedAsync(async () =>
        {
            if (inner is not ITriedSource tried)
                return await ((ICountSource)inner).CountAsync(Of(part), cancellationToken);
            await tried.TryAsync(part, cancellationToken);
            return new Counted(0, tried.Question(part));
        });

    public Task<Counted> CountAsync(TablePart part, IProgress<ScanProgress>? progress, CancellationToken cancellationToken) =>
        CountAsync(part, cancellationToken);

    public Task TryAsync(TablePart part, CancellationToken cancellationToken) => CountAsync(part, cancellationToken);

    public string Question(TablePart part) => ((ICountSource)inner).Question(part);

    /// <summary>A query of the plan's around which nothing can be put, as one with two columns of a name, is asked as it is.</summary>
    public Task<RowsAnswer> RowsAsync(string sql, DateOnly date, CancellationToken cancellationToken) => NotedAsync(async () =>
    {
        try
        {
            var never = $"select * from (\n{sql.TrimEnd().TrimEnd(';')}\n) as asked where {Never}";
            return await ((IRowsSource)inner).RowsAsync(never, date, cancellationToken);
        }
        catch (SourceException fault) when (!fault.IsTransient)
        {
            return await ((IRowsSource)inner).RowsAsync(sql, date, cancellationToken);
        }
    });

    public string Question(string sql, DateOnly date) => ((IRowsSource)inner).Question(sql, date);

    public Task<TableRows> ReadAsync(TableQuery query, CancellationToken cancellationToken) => NotedAsync(() =>
        ((ITableSource)inner).ReadAsync(
            query.Part is { } part ? query with { Part = Of(part) }
                : query with { Sql = $"select * from (\n{query.Sql!.TrimEnd().TrimEnd(';')}\n) as asked where {Never}" },
            cancellationToken));

    public string Question(TableQuery query) => ((ITableSource)inner).Question(query);

    public Task<Counted> MatchAsync(RowMatch match, CancellationToken cancellationToken) =>
        NotedAsync(() => ((IRowsSource)inner).MatchAsync(match, cancellationToken));

    public string Question(RowMatch match) => ((IRowsSource)inner).Question(match);

    public Task<Buckets> BucketsAsync(KeyedPart part, int buckets, CancellationToken cancellationToken) =>
        NotedAsync(async () =>
        {
            if (inner is not ITriedSource tried)
                return await ((IKeyedSource)inner).BucketsAsync(part with { Part = Of(part.Part) }, buckets, cancellationToken);
            await tried.TryAsync(part.Part, cancellationToken);
            return new Buckets(new Bucket[buckets], tried.Question(part.Part));
        });

    public string Question(KeyedPart part, int buckets) => ((IKeyedSource)inner).Question(part, buckets);

    public Task<KeyedRows> RowsAsync(KeyedPart part, BucketChoice choice, CancellationToken cancellationToken) =>
        NotedAsync(() => ((IKeyedSource)inner).RowsAsync(part with { Part = Of(part.Part) }, choice, cancellationToken));

    public Task<Volumes> CountVolumesAsync(VolumeQuery query, IProgress<long>? progress, CancellationToken cancellationToken)
    {
        var active = query.Active is { } asked ? asked with { Part = Of(asked.Part) } : null;
        return NotedAsync(() => ((IVolumeSource)inner).CountVolumesAsync(
            query with { Part = Of(query.Part), Active = active }, null, cancellationToken));
    }

    public string Question(VolumeQuery query) => ((IVolumeSource)inner).Question(query);

    public Task<PathInfo?> FindAsync(string path, CancellationToken cancellationToken) =>
        NotedAsync<PathInfo?>(async () => await ((IPathSource)inner).FindAsync(path, cancellationToken) ?? throw Absent(path));

    public Task<IReadOnlyList<PathInfo>?> ListAsync(string folder, CancellationToken cancellationToken) =>
        NotedAsync(() => ((IPathSource)inner).ListAsync(folder, cancellationToken));

    public Task<FolderContent?> ContentAsync(string folder, CancellationToken cancellationToken) =>
        NotedAsync(() => ((IPathSource)inner).ContentAsync(folder, cancellationToken));

    public Task<JsonAnswer> GetAsync(string path, CancellationToken cancellationToken) =>
        NotedAsync(() => ((IJsonSource)inner).GetAsync(path, cancellationToken));

    string IPathSource.Question(string path) => ((IPathSource)inner).Question(path);

    string IJsonSource.Question(string path) => ((IJsonSource)inner).Question(path);

    public Task<ExportFacts> ReadExportAsync(ExportQuery query, IProgress<long>? progress, CancellationToken cancellationToken) =>
        NotedAsync(async () =>
        {
            var file = await FoundAsync(query.Path, cancellationToken);
            if (query.Checksum is { } checksum)
                await FoundAsync(checksum, cancellationToken);
            return new ExportFacts([], 0, None, None, None, file.Modified, IsSettled: true);
        });

    public Task<Counted> CountFootersAsync(string path, CancellationToken cancellationToken) =>
        NotedAsync(async () =>
        {
            await FoundAsync(path, cancellationToken);
            return new Counted(0, FootersQuestion(path));
        });

    public string FootersQuestion(string path) => ((IFooterSource)inner).FootersQuestion(path);

    /// <summary>Rows are counted where statistics do not hold, so that is asked for as well.</summary>
    public async Task<KeptStatistics> StatisticsAsync(TablePart part, CancellationToken cancellationToken)
    {
        await CountAsync(part, cancellationToken);
        return await NotedAsync(() => ((IStatisticsSource)inner).StatisticsAsync(part, cancellationToken));
    }

    public string StatisticsQuestion(TablePart part) => ((IStatisticsSource)inner).StatisticsQuestion(part);

    /// <summary>Every source of a plan is disposed by the plan's sources.</summary>
    public ValueTask DisposeAsync() => ValueTask.CompletedTask;

    TablePart Of(TablePart part)
    {
        var never = part with { Where = part.Where is null ? Never : $"({part.Where}) and {Never}" };
        return ofAnyDate ? never with { Partition = null, Value = null } : never;
    }

    async Task<PathInfo> FoundAsync(string path, CancellationToken cancellationToken) => inner is IPathSource paths
        ? await paths.FindAsync(path, cancellationToken) ?? throw Absent(path)
        : throw new NotSupportedException($"{inner.GetType().Name} does not tell whether a file is there.");

    SourceException Absent(string path) => new(inner.Name, path, "There is no such file or folder.", path) { IsAbsent = true };

    async Task<T> NotedAsync<T>(Func<Task<T>> ask)
    {
        try
        {
            return await ask();
        }
        catch (SourceException fault)
        {
            lock (faults)
                faults.Add(fault);
            throw;
        }
    }
}
