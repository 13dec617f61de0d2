using System.Net;
using System.Net.Sockets;
using TagGuard.SourceContracts;
using TagGuard.Sources;

namespace TagGuard.RealServerTests.SparkConnect;

/// <summary>Tables in Parquet on HDFS, parted by folders, in a database of Spark's metastore that one test has to itself.</summary>
public sealed class SparkTables : ISourceTables
{
    readonly string _database = $"tagguard_connect_{Guid.NewGuid():n}";

    /// <summary>Where the plan looks for the server, when it is not there.</summary>
    int? _deadPort;

    public string Endless => "select count(*) from range(1000000000) a, range(1000000000) b where a.id <> b.id";

    /// <summary>Before 4.0 a doubled one is none.</summary>
    public string QuoteInText => @"'@date it\'s'";

    public string NameOf(string table) => $"{_database}.{table}";

    public async ValueTask MakeAsync()
    {
        await Spark.UpAsync();
        await Spark.RunAsync($"create database {_database}");
    }

    public Task AddAsync(SourceTable table) => Spark.RunAsync(
        [
            $"drop table if exists {NameOf(table.Name)}",
            $"create table {NameOf(table.Name)} ({string.Join(", ", table.Columns.Select(Declared))}) using parquet"
                + (table.Partition is null ? "" : $" partitioned by (`{table.Partition}`)"),
            .. table.Rows.Count == 0 ? [] : new[] { Insert(table) },
        ]);

    /// <remarks>Hive's metastore cannot be asked for the partition `\`: Spark then lists them all, if it is told so.</remarks>
    public ISource Open() => Spark.Source(Spark.Plan with
    {
        Port = _deadPort ?? Spark.Port,
        Settings = new Dictionary<string, string> { ["spark.sql.hive.metastorePartitionPruningFallbackOnException"] = "true" },
    });

    public ValueTask<IAsyncDisposable> DisturbAsync()
    {
        // The server is not ours alone: so the line leads to where none is.
        using var listener = new TcpListener(IPAddress.Loopback, 0);
        listener.Start();
        _deadPort = ((IPEndPoint)listener.LocalEndpoint).Port;
        return ValueTask.FromResult<IAsyncDisposable>(new Disturbance(() => _deadPort = null));
    }

    public async ValueTask DisposeAsync() => await Spark.RunAsync($"drop database if exists {_database} cascade");

    /// <summary>A value as Spark's SQL has it.</summary>
    public static string Literal(SourceColumn column, string? value)
    {
        var sql = column.Literal(value, text => $"cast(x'{text}' as string)", bytes => $"x'{bytes}'");
        return $"cast({sql} as {TypeOf(column.Kind)})";
    }

    static string Declared(SourceColumn column) => $"`{column.Name}` {TypeOf(column.Kind)}";

    /// <summary>The type of a column in Spark.</summary>
    public static string TypeOf(ColumnKind kind) => kind switch
    {
        ColumnKind.Whole => "bigint",
        ColumnKind.Natural => "decimal(20, 0)",
        ColumnKind.Fixed => "decimal(38, 10)",
        ColumnKind.Boolean => "boolean",
        ColumnKind.Date => "date",
        ColumnKind.Time => "timestamp",
        ColumnKind.Bytes => "binary",
        _ => "string",
    };

    /// <summary>By the names of the columns, for Spark has the partition's last.</summary>
    string Insert(SourceTable table)
    {
        var rows = table.Rows.Select(row => $"({string.Join(", ", row.Select((value, i) => Literal(table.Columns[i], value)))})");
        var columns = string.Join(", ", table.Columns.Select(column => $"`{column.Name}`"));
        return $"insert into {NameOf(table.Name)} ({columns}) values {string.Join(", ", rows)}";
    }
}
