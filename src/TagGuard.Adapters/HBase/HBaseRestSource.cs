using System.Text;
using Google.Protobuf;
using TagGuard.Adapters.HBase.Rest;
using TagGuard.Sources;

namespace TagGuard.Adapters.HBase;

/// <summary>Tables of HBase, read through its REST servers.</summary>
/// <param name="gateways">The servers.</param>
/// <param name="options">How tables are read.</param>
/// <param name="method">Who counts.</param>
/// <param name="job">The distributed count.</param>
/// <param name="clock">The clock.</param>
sealed class HBaseRestSource(Gateways gateways, ScanOptions options, CountMethod method, RowCounterJob job, TimeProvider clock)
    : IScanSource, IKeyedSource
{
    public string Name => gateways.Name;

    public string Question(TablePart part) => method == CountMethod.Rowcounter ? job.Question(ScanScope.Of(part, keysOnly: true)) : Scanned(part);

    static string Told(string question, string why) => why.Length > 0 ? $"{question} ({why})" : question;

    string Scanned(TablePart part) =>
        $"GET {Gateways.At(gateways.Bases[0], "/" + part.Table)}/regions, and a scanner of each: {ScanScope.Of(part, keysOnly: true)}";

    public Task<Counted> CountAsync(TablePart part, CancellationToken cancellationToken) => CountAsync(part, null, cancellationToken);

    public async Task<Counted> CountAsync(TablePart part, IProgress<ScanProgress>? progress, CancellationToken cancellationToken)
    {
        var choice = method == CountMethod.Auto ? await ChooseAsync(part, cancellationToken) : new MethodChoice(method == CountMethod.Rowcounter, "");
        if (choice.IsJob)
            return await CountByJobAsync(part, choice.Why, cancellationToken);
        var began = clock.GetUtcNow();
        var scan = new TableScan(gateways, ScanScope.Of(part, keysOnly: true), options, clock);
        var counts = await scan.ReadAsync<RowCount>(
            _ =>
            {
                var count = new RowCount();
                return ((_, _) => count.Rows++, count);
            },
            progress,
            cancellationToken);
        return new Counted(
            counts.Sum(count => count.Rows), Told($"{Scanned(part)} ({Told(scan, counts.Count, began)})", choice.Why));
    }

    async Task<MethodChoice> ChooseAsync(TablePart part, CancellationToken cancellationToken)
    {
        try
        {
            var regions = await new TableReader(gateways, part.Table, clock).RegionsAsync(cancellationToken);
            var status = await gateways.AskAsync("/status/cluster", cancellationToken);
            return MethodChoice.Of(regions, StorageClusterStatus.Parser.ParseFrom(status.Body));
        }
        catch (LostException fault)
        {
            throw fault.Fault;
        }
        catch (InvalidProtocolBufferException fault)
        {
            throw gateways.Faults.Fault("Its answer is not HBase's protobuf. Correct `urls`.", gateways.Bases[0], "GET /status/cluster", fault);
        }
    }

    /// <summary>The job says nothing of a table or family that is not there, or says it as a failure of its own.</summary>
    async Task<Counted> CountByJobAsync(TablePart part, string why, CancellationToken cancellationToken)
    {
        await TryAsync(part, cancellationToken);
        var scope = ScanScope.Of(part, keysOnly: true);
        return new Counted(await job.CountAsync(scope, cancellationToken), Told(job.Question(scope), why));
    }

    public async Task TryAsync(TablePart part, CancellationToken cancellationToken)
    {
        var scope = ScanScope.Of(part, keysOnly: true);
        var table = new TableReader(gateways, part.Table, clock);
        try
        {
            await table.RegionsAsync(cancellationToken);
            await table.CheckAsync(scope.Families, cancellationToken);
            await using var scanner = await OpenScanner.OpenAsync(gateways, part.Table, scope.Scanner(scope.Range), cancellationToken);
            // Without the right to read, a scanner has no rows and no error.
            if (await scanner.NextAsync(1, cancellationToken) is null)
                await table.LastRowAsync(scope, cancellationToken);
        }
        catch (LostException fault)
        {
            throw fault.Fault;
        }
    }

    public string Question(KeyedPart part, int buckets) => $"{Question(part.Part)}, {HashedTable.Question(part)}, in {buckets} buckets";

    public async Task<Buckets> BucketsAsync(KeyedPart part, int buckets, CancellationToken cancellationToken) => new(
        await new HashedTable(gateways, part, options, clock).BucketsAsync(buckets, cancellationToken), Question(part, buckets));

    public async Task<KeyedRows> RowsAsync(KeyedPart part, BucketChoice choice, CancellationToken cancellationToken)
    {
        var rows = await new HashedTable(gateways, part, options, clock).RowsAsync(choice, cancellationToken);
        return new KeyedRows(rows.ToAsyncEnumerable(), $"{Question(part, choice.Of)}, of which {choice.Chosen.Count}");
    }

    public async Task<string> ProbeAsync(CancellationToken cancellationToken)
    {
        var told = new List<string>();
        var (version, cluster, lost) = ("", "", (SourceException?)null);
        foreach (var gateway in gateways.Bases)
        {
            try
            {
                var answer = await gateways.GetAsync(gateway, Gateways.Version, cancellationToken, Gateways.PlainText);
                if ((int)answer.Status != 200)
                    throw gateways.Faults.Of((int)answer.Status, gateway, "GET " + Gateways.Version);
                version = Encoding.UTF8.GetString(answer.Body).Trim();
                cluster = Cluster((await gateways.GetAsync(gateway, "/status/cluster", cancellationToken)).Body);
                told.Add($"{gateway.GetLeftPart(UriPartial.Authority)} answers");
            }
            catch (LostException fault)
            {
                lost = fault.Fault;
                told.Add($"{gateway.GetLeftPart(UriPartial.Authority)} is of no use now ({fault.Message})");
            }
        }
        return version.Length > 0 ? $"HBase {version}: {cluster}{string.Join(", ", told)}" : throw lost!;
    }

    static string Cluster(byte[] body)
    {
        try
        {
            var status = StorageClusterStatus.Parser.ParseFrom(body);
            return $"{status.LiveNodes.Count} region servers{(status.DeadNodes.Count > 0 ? $" and {status.DeadNodes.Count} dead" : "")}, "
                + $"{status.Regions} regions; ";
        }
        catch (InvalidProtocolBufferException)
        {
            return "";
        }
    }

    string Told(TableScan scan, int regions, DateTimeOffset began)
    {
        var text = new StringBuilder($"{regions} regions from {began:HH:mm:ss} to {clock.GetUtcNow():HH:mm:ss} UTC");
        foreach (var (count, what) in new[]
        {
            (scan.ReadAgain, "regions read again, for they were split, merged or moved"),
            (scan.Notes.Resumed, "times taken up behind the last row"),
            (scan.Notes.Dropped, "ends told by a gateway that were none"),
        })
        {
            if (count > 0)
                text.Append($", {count} {what}");
        }
        return text.ToString();
    }

    public ValueTask DisposeAsync()
    {
        gateways.Dispose();
        return ValueTask.CompletedTask;
    }

    sealed class RowCount
    {
        public long Rows { get; set; }
    }
}
