using System.Net;
using System.Net.Sockets;
using TagGuard.RealServerTests.Support;
using TagGuard.SourceContracts;
using TagGuard.Sources;

namespace TagGuard.RealServerTests.MySql;

/// <summary>A database on the server that all tests share.</summary>
public sealed class MariaDbSourceTables : ISourceTables
{
    MariaDbDatabase? _database;

    /// <summary>Where the plan looks for the server, when it is not there.</summary>
    int? _deadPort;

    MariaDbDatabase Database => _database ?? throw new InvalidOperationException("MakeAsync comes first.");

    public string Endless => "select count(*) from seq_1_to_1000000 a, seq_1_to_1000000 b where a.seq <> b.seq";

    public async ValueTask MakeAsync()
    {
        var mariaDb = await TestContext.Current.GetFixture<MariaDb>() ?? throw new InvalidOperationException("MariaDb is a fixture of the assembly.");
        _database = await mariaDb.DatabaseAsync();
    }

    public async Task AddAsync(SourceTable table)
    {
        await using var connection = await Database.OpenAsync();
        foreach (var statement in SourceScript.Of(table, Quoted, TypeOf, text => $"convert(x'{text}' using utf8mb4)", bytes => $"x'{bytes}'"))
            await connection.RunAsync(statement);
    }

    public ISource Open()
    {
        var plan = Database.Plan();
        return (plan with { Port = _deadPort ?? plan.Port }).Open("source", "/", TimeProvider.System);
    }

    public ValueTask<IAsyncDisposable> DisturbAsync()
    {
        // The server is not ours alone: so the line leads to where none is.
        using var listener = new TcpListener(IPAddress.Loopback, 0);
        listener.Start();
        _deadPort = ((IPEndPoint)listener.LocalEndpoint).Port;
        return ValueTask.FromResult<IAsyncDisposable>(new Disturbance(() => _deadPort = null));
    }

    public async ValueTask DisposeAsync()
    {
        if (_database is not null)
            await _database.DisposeAsync();
    }

    static string Quoted(string name) => $"`{name.Replace("`", "``", StringComparison.Ordinal)}`";

    static string TypeOf(ColumnKind kind) => kind switch
    {
        ColumnKind.Whole => "bigint",
        ColumnKind.Natural => "bigint unsigned",
        ColumnKind.Fixed => "decimal(38, 10)",
        ColumnKind.Boolean => "boolean",
        ColumnKind.Date => "date",
        ColumnKind.Time => "datetime(6)",
        ColumnKind.Bytes => "varbinary(40)",
        _ => "varchar(200) collate utf8mb4_bin",
    };
}
