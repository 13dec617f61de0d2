using System.Net;
using System.Net.Sockets;
using TagGuard.Adapters.Hive;
using TagGuard.RealServerTests.SparkConnect;
using TagGuard.RealServerTests.Support;
using TagGuard.SourceContracts;
using TagGuard.Sources;

namespace TagGuard.RealServerTests.Hive;

/// <summary>A database of its own behind Spark's Thrift Server; its small tables are views of their rows, which need no job to be made.</summary>
public sealed class SparkThriftTables : ISourceTables
{
    /// <summary>The metastore keeps 32,700 letters of a view.</summary>
    const int MostRowsOfView = 100;

    static int _databases;

    int? _deadPort;

    public string Database { get; } = $"tagguard_{Environment.ProcessId}_{Interlocked.Increment(ref _databases)}";

    public string Endless => "select count(*) from range(1000000) a cross join range(1000000) b where a.id <> b.id";

    public string QuoteInText => @"'@date it\'s'";

    static HiveConnectionPlan Plan => new() { Host = "127.0.0.1", User = "root" };

    public async ValueTask MakeAsync()
    {
        var engines = await TestContext.Current.GetFixture<Engines>() ?? throw new InvalidOperationException("Engines is a fixture of the assembly.");
        await engines.UpAsync("hdfs", "spark");
        await HiveStatements.RunAsync(Plan, $"create database {Database}");
    }

    public Task AddAsync(SourceTable table)
    {
        if (table.Rows.Count > MostRowsOfView)
            return HiveStatements.RunAsync(Plan with { Database = Database }, AsTable(table));
        var columns = table.Columns.Select(column => $"cast(null as {SparkTables.TypeOf(column.Kind)}) as {Quoted(column.Name)}");
        var rows = table.Rows.Select(row =>
            "select " + string.Join(", ", row.Select((value, i) => SparkTables.Literal(table.Columns[i], value))));
        var all = string.Join(" union all ", rows.Prepend($"select {string.Join(", ", columns)} where 1 = 0"));
        return HiveStatements.RunAsync(Plan with { Database = Database }, $"create view {Quoted(table.Name)} as {all}");
    }

    static string AsTable(SourceTable table)
    {
        var columns = table.Columns.Select((column, i) => $"col{i + 1} as {Quoted(column.Name)}");
        var rows = table.Rows.Select(row =>
            $"({string.Join(", ", row.Select((value, i) => SparkTables.Literal(table.Columns[i], value)))})");
        return $"create table {Quoted(table.Name)} using parquet as select {string.Join(", ", columns)} from values {string.Join(", ", rows)}";
    }

    public ISource Open() => (Plan with { Database = Database, Port = _deadPort ?? 10000 }).Open("source", "/", TimeProvider.System);

    public ValueTask<IAsyncDisposable> DisturbAsync()
    {
        using var listener = new TcpListener(IPAddress.Loopback, 0);
        listener.Start();
        _deadPort = ((IPEndPoint)listener.LocalEndpoint).Port;
        return ValueTask.FromResult<IAsyncDisposable>(new Disturbance(() => _deadPort = null));
    }

    public async ValueTask DisposeAsync() => await HiveStatements.RunAsync(Plan, $"drop database if exists {Database} cascade");

    static string Quoted(string name) => $"`{name.Replace("`", "``", StringComparison.Ordinal)}`";
}
