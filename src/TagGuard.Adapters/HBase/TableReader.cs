using System.Text.Json;
using Google.Protobuf;
using TagGuard.Adapters.HBase.Rest;
using TagGuard.Adapters.Http;
using TagGuard.Facts;
using TagGuard.Sources;

namespace TagGuard.Adapters.HBase;

/// <summary>What a gateway tells of a table: its regions, its families, its last row.</summary>
/// <param name="gateways">Whom to ask.</param>
/// <param name="table">The table's name.</param>
/// <param name="clock">The clock.</param>
sealed class TableReader(Gateways gateways, string table, TimeProvider clock)
{
    const int Looks = 10;

    static readonly TimeSpan BetweenLooks = TimeSpan.FromSeconds(1);

    string Path => Gateways.PathOf(table);

    /// <summary>All regions in the order of their keys. While one is split or moved they may not be all, so it looks again.</summary>
    /// <exception cref="SourceException">There is no such table (absent), or its regions never are all of it.</exception>
    /// <exception cref="LostException">No gateway answers.</exception>
    public async Task<IReadOnlyList<Region>> RegionsAsync(CancellationToken cancellationToken)
    {
        for (var look = 1; ; look++)
        {
            var answer = await gateways.AskAsync($"{Path}/regions", cancellationToken);
            if ((int)answer.Status == 404)
                throw await AbsentAsync(cancellationToken);
            var regions = Region.Tiled(Read(answer, TableInfo.Parser, $"{Path}/regions"), out var why);
            if (why is null)
                return regions;
            if (look == Looks)
                throw Fault(
                    $"The regions of {table} are not the whole table: {why}. Wait until it is assigned, or mend it (hbck2).", isTransient: true);
            await Task.Delay(BetweenLooks, clock, cancellationToken);
        }
    }

    /// <summary>A family that is not there would be scanned, and without an error have no rows.</summary>
    /// <exception cref="SourceException">A family or the table is not there.</exception>
    public async Task CheckAsync(IEnumerable<string> families, CancellationToken cancellationToken)
    {
        var answer = await gateways.AskAsync($"{Path}/schema", cancellationToken);
        if ((int)answer.Status == 404)
            throw await AbsentAsync(cancellationToken);
        var there = Read(answer, TableSchema.Parser, $"{Path}/schema").Columns.Select(column => column.Name).ToList();
        if (families.FirstOrDefault(family => !there.Contains(family)) is { } missing)
            throw Fault($"{table} has no column family {missing}; it has {string.Join(", ", there)}. {Measurement.Missed.PlanCure}");
    }

    /// <summary>The last row of the table; null when it has none.</summary>
    /// <remarks>A scan without a scanner, which breaks off at an error and does not hide it as an end: backwards, so that one row tells that nothing
    /// is behind it.</remarks>
    /// <param name="scope">What rows are.</param>
    /// <param name="cancellationToken">Gives up.</param>
    /// <exception cref="LostException">The gateway met an error.</exception>
    public async Task<byte[]?> LastRowAsync(ScanScope scope, CancellationToken cancellationToken)
    {
        var last = await RowsAsync(scope, "limit=1&reversed=true", cancellationToken);
        if (last.Count == 0)
            return null;
        // A gateway that does not know `reversed` (HBase before 1.3) gives the first row.
        var first = await RowsAsync(scope, "limit=2", cancellationToken);
        return first.Count == 2 && last[0].AsSpan().SequenceCompareTo(first[1]) < 0
            ? throw Fault("Its gateway cannot read backwards, so the end of a table cannot be proven. Use one of HBase 1.3 or later.")
            : last[0];
    }

    async Task<IReadOnlyList<byte[]>> RowsAsync(ScanScope scope, string which, CancellationToken cancellationToken)
    {
        var columns = string.Concat(scope.Columns.Select(column => $"&column={Uri.EscapeDataString(column)}"));
        var path = $"{Path}/*?{which}&maxversions=1&cacheblocks=false{columns}&filter=FirstKeyOnlyFilter()%20AND%20KeyOnlyFilter()";
        var gateway = gateways.Next();
        var answer = await gateways.GetAsync(gateway, path, cancellationToken, Gateways.Json);
        if ((int)answer.Status != 200)
            throw gateways.Failed(gateways.Faults.Of((int)answer.Status == 404 ? 503 : (int)answer.Status, gateway, "GET " + path), gateway);
        try
        {
            // Its protobuf has lengths of 16 bits between the messages, which a long key breaks.
            using var document = JsonDocument.Parse(answer.Body);
            return [.. document.RootElement.GetProperty("Row").EnumerateArray().Select(row => row.GetProperty("key").GetBytesFromBase64())];
        }
        catch (Exception fault) when (fault is JsonException or KeyNotFoundException or InvalidOperationException or FormatException)
        {
            throw gateways.Faults.Lost("The answer is cut, or not HBase's JSON.", gateway, "GET " + path, fault);
        }
    }

    /// <summary>Only a server of HBase can say that a table is not there.</summary>
    async Task<SourceException> AbsentAsync(CancellationToken cancellationToken)
    {
        var version = await gateways.AskAsync(Gateways.Version, cancellationToken, Gateways.PlainText);
        return (int)version.Status == 200
            ? Fault($"Table {table} is not there.", isAbsent: true)
            : Fault("It is not HBase's REST server that answers. Correct `urls`.");
    }

    T Read<T>(HttpAnswer answer, MessageParser<T> parser, string path) where T : IMessage<T>
    {
        try
        {
            return parser.ParseFrom(answer.Body);
        }
        catch (InvalidProtocolBufferException fault)
        {
            throw gateways.Faults.Fault("Its answer is not HBase's protobuf. Correct `urls`.", gateways.Bases[0], "GET " + path, fault);
        }
    }

    SourceException Fault(string message, bool isTransient = false, bool isAbsent = false) =>
        new(gateways.Name, gateways.Address, message, $"GET {Path}/regions") { IsTransient = isTransient, IsAbsent = isAbsent };
}
