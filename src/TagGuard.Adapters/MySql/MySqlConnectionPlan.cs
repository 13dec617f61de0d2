using System.ComponentModel.DataAnnotations;
using System.Data.Common;
using System.Globalization;
using TagGuard.Adapters.MySql.Driver;
using TagGuard.Adapters.MySql.Store;
using TagGuard.Plans;
using TagGuard.Sources;
using TagGuard.Storage;

namespace TagGuard.Adapters.MySql;

/// <summary>`mysql`: a MySQL or MariaDB server, over our own driver or over any other ADO.NET provider for MySQL.</summary>
public record MySqlConnectionPlan : ConnectionPlan, IPlanPart, IStorePlan
{
    [PlanKey("The server's name or address; its certificate must be for it.", Example = "10.10.10.10")]
    public string? Host { get; init; }

    [Range(1, 65535), PlanKey("The server's port. Default 3306.")]
    public int Port { get; init; } = 3306;

    [PlanKey("The server's unix socket, in place of host and port, when it runs on this machine.", Example = "/run/mysqld/mysqld.sock")]
    public string? Socket { get; init; }

    [Required, PlanKey("The database (schema).", Example = "zydb")]
    public string Database { get; init; } = "";

    [Required, PlanKey("The user.", Example = "tagguard")]
    public string User { get; init; } = "";

    [PlanKey("The password, from ${env:…} or ${file:…}.", Example = "${env:TAGGUARD_DB_PASSWORD}")]
    public string? Password { get; init; }

    [PlanKey("verify-full: encrypted, and the certificate is the server's; required: encrypted; off: plain text. Default verify-full; a unix socket needs none.")]
    public TlsMode? Tls { get; init; }

    [PlanKey("A PEM file of authorities that may sign the server's certificate; relative to the plan's folder. Default: the machine's.", Example = "mysql-ca.pem")]
    public string? TlsCa { get; init; }

    [PlanKey("How long connecting may take. Default 15s.")]
    public TimeSpan ConnectTimeout { get; init; } = TimeSpan.FromSeconds(15);

    [PlanKey("How long one statement may take before it is stopped. Default 5m.")]
    public TimeSpan ReadTimeout { get; init; } = TimeSpan.FromMinutes(5);

    [PlanKey("How long sending may stand still. Default 1m.")]
    public TimeSpan WriteTimeout { get; init; } = TimeSpan.FromMinutes(1);

    [PlanKey("Another ADO.NET provider for MySQL, as type and assembly, from the folder providers/ beside the program (or TAGGUARD_PROVIDERS).", Example = "MySqlConnector.MySqlConnectorFactory, MySqlConnector")]
    public string? Provider { get; init; }

    /// <summary>Where the server is, without secrets.</summary>
    [PlanIgnore]
    public string Address => Socket ?? string.Create(CultureInfo.InvariantCulture, $"{Host}:{Port}");

    public override IReadOnlyList<Type> Capabilities => [typeof(ICountSource), typeof(IRowsSource), typeof(IKeyedSource)];

    public override ISource Open(string name, string folder, TimeProvider clock) =>
        new MySqlSource(name, Server(folder), cancellationToken => ConnectAsync(folder, cancellationToken));

    public IRunStore OpenStore(string folder, TimeProvider clock) =>
        new MySqlRunStore(Server(folder), cancellationToken => ConnectAsync(folder, cancellationToken), clock);

    public IEnumerable<KeyMistake> Mistakes()
    {
        if (Host is null && Socket is null)
            yield return (null, "Neither `host` nor `socket` is given: add `host: 10.10.10.10`, or `socket: /run/mysqld/mysqld.sock` for a server on this machine.");
        if (Host is not null && Socket is not null)
            yield return ("socket", "`host` and `socket` are both given: keep one of them.");
        if (Socket is not null && Tls is TlsMode.Required or TlsMode.VerifyFull)
            yield return ("tls", "A unix socket does not leave the machine and is not encrypted: take `tls` out, or use `host`.");
        if (TlsCa is not null && (Socket is not null || Tls is TlsMode.Off or TlsMode.Required))
            yield return ("tls_ca", "`tls_ca` is only looked at with `host` and `tls: verify-full`: take it out, or change `tls`.");
        foreach (var (key, value) in new[] { ("connect_timeout", ConnectTimeout), ("read_timeout", ReadTimeout), ("write_timeout", WriteTimeout) })
        {
            if (value < TimeSpan.FromSeconds(1) || value > TimeSpan.FromDays(1))
                yield return (key, "From 1s to 1d.");
        }
        if (Provider is not null && MistakeIn(Provider) is { } mistake)
            yield return ("provider", mistake);
    }

    /// <summary>An open connection whose session is strict and in UTC, on our driver or the plan's provider.</summary>
    /// <param name="folder">The folder of the plan, for relative paths.</param>
    /// <param name="cancellationToken">Stops it.</param>
    /// <exception cref="DbException">The server cannot be reached or does not let the user in.</exception>
    /// <exception cref="ProviderException">The provider cannot be loaded.</exception>
    public async Task<DbConnection> ConnectAsync(string folder, CancellationToken cancellationToken)
    {
        var connection = Create();
        try
        {
            connection.ConnectionString = ConnectionString(folder);
            await connection.OpenAsync(cancellationToken);
            // Our driver has done so already.
            if (Provider is not null)
                await SettleAsync(connection, cancellationToken);
            return connection;
        }
        catch (Exception fault)
        {
            await connection.DisposeAsync();
            if (Provider is null || fault is DbException or OperationCanceledException)
                throw;
            throw ProviderFolder.Fault(Provider, $"could not connect to {Address}", fault);
        }
    }

    /// <summary>Our driver's factory, or that of the plan's provider.</summary>
    /// <exception cref="ProviderException">The provider cannot be loaded.</exception>
    public DbProviderFactory Factory() => Provider is null ? MySqlProviderFactory.Instance : ProviderFolder.Load(Provider);

    DbConnection Create()
    {
        try
        {
            return Factory().CreateConnection() ?? throw new ProviderException($"{Provider} makes no connections: it is no provider for a database server.");
        }
        catch (Exception fault) when (Provider is not null && fault is not ProviderException)
        {
            throw ProviderFolder.Fault(Provider, "makes no connection", fault);
        }
    }

    /// <summary>The connection string for that factory. Holds the password.</summary>
    /// <param name="folder">The folder of the plan, for relative paths.</param>
    public string ConnectionString(string folder) => ConnectionKeys.Of(this, folder).ConnectionString;

    /// <remarks>With `set names`, the server's own words (names of tables, versions) come in utf8mb4 as well: in their utf8mb3, MySql.Data cannot read them.</remarks>
    static async Task SettleAsync(DbConnection connection, CancellationToken cancellationToken)
    {
        await using var command = connection.CreateCommand();
        foreach (var setting in new[] { "set names utf8mb4", MySqlOptions.SessionSettings })
        {
            command.CommandText = setting;
            await command.ExecuteNonQueryAsync(cancellationToken);
        }
    }

    /// <summary>Where the server is and how it is reached, for messages: without the password.</summary>
    MySqlOptions Server(string folder) => new()
    {
        Host = Host ?? "",
        Port = Port,
        Socket = Socket,
        Database = Database,
        User = User,
        Tls = Tls ?? TlsMode.VerifyFull,
        TlsCa = TlsCa is null ? null : Path.GetFullPath(TlsCa, folder),
    };

    static string? MistakeIn(string provider)
    {
        try
        {
            ProviderFolder.Load(provider);
            return null;
        }
        catch (ProviderException fault)
        {
            return fault.Message;
        }
    }
}
