using System.ComponentModel.DataAnnotations;
using System.Data.Common;
using System.Globalization;
using MySqlConnector;
using TagGuard.Adapters.MySql.Store;
using TagGuard.Adapters.Sources.Sql;
using TagGuard.Keys;
using TagGuard.Plans;
using TagGuard.Sources;
using TagGuard.Storage;

namespace TagGuard.Adapters.MySql;

/// <summary>`mysql`: a MySQL or MariaDB server, over MySqlConnector.</summary>
public record MySqlConnectionPlan : TableConnectionPlan, IPlanPart, IStorePlan
{
    /// <summary>What every session begins with: bad values are refused and not bent, times are
    /// UTC, and the server's own settings make no difference.</summary>
    const string SessionSettings =
        "set time_zone = '+00:00', sql_mode = 'STRICT_ALL_TABLES,ERROR_FOR_DIVISION_BY_ZERO,NO_ZERO_DATE,NO_ZERO_IN_DATE,NO_ENGINE_SUBSTITUTION'";

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

    [PlanKey(
        "verify-full: encrypted, and the certificate is the server's; required: encrypted, whoever answers; off: plain text. Default verify-full; a "
            + "unix socket needs none.")]
    public TlsMode? Tls { get; init; }

    [PlanKey(
        "A PEM file of authorities that may sign the server's certificate; relative to the plan's folder. Default: the machine's.",
        Example = "mysql-ca.pem")]
    public string? TlsCa { get; init; }

    [PlanKey("How long connecting may take. Default 15s.")]
    public TimeSpan ConnectTimeout { get; init; } = TimeSpan.FromSeconds(15);

    [PlanKey("How long one statement may take before it is stopped. Default 5m.")]
    public TimeSpan ReadTimeout { get; init; } = TimeSpan.FromMinutes(5);

    [PlanKey("How much longer a statement may take for the sending, when a server stands still. Default 1m.")]
    public TimeSpan WriteTimeout { get; init; } = TimeSpan.FromMinutes(1);

    /// <summary>Where the server is, without secrets.</summary>
    [PlanIgnore]
    public string Address => Socket ?? string.Create(CultureInfo.InvariantCulture, $"{Host}:{Port}");

    /// <summary>A unix socket does not leave the machine.</summary>
    [PlanIgnore]
    internal TlsMode EffectiveTls => Socket is null ? Tls ?? TlsMode.VerifyFull : TlsMode.Off;

    public override bool HoldsTables => true;

    public override IReadOnlyList<Type> Capabilities => [typeof(ICountSource), typeof(IRowsSource), typeof(ITableSource), typeof(IKeyedSource)];

    public override ISource Open(string name, string folder, TimeProvider clock) =>
        new KeyedSqlSource<MySqlSession>(name, new MySqlWire(Server(folder), cancellationToken => ConnectAsync(folder, cancellationToken)));

    public IRunStore OpenStore(string folder, TimeProvider clock) =>
        new MySqlRunStore(Server(folder), cancellationToken => ConnectAsync(folder, cancellationToken, blocks: true), clock);

    public override string? MistakeIn(string sql) => SingleStatement.MistakeIn(sql);

    public IEnumerable<KeyMistake> Mistakes()
    {
        if (Host is null && Socket is null)
            yield return (
                null,
                "Neither `host` nor `socket` is given: add `host: 10.10.10.10`, or `socket: /run/mysqld/mysqld.sock` for a server on this machine.");
        if (Host is not null && Socket is not null)
            yield return ("socket", "`host` and `socket` are both given: keep one of them.");
        if (Socket is not null && Tls is TlsMode.Required or TlsMode.VerifyFull)
            yield return ("tls", "A unix socket does not leave the machine and is not encrypted: take `tls` out, or use `host`.");
        if (TlsCa is not null && (Socket is not null || Tls is TlsMode.Off or TlsMode.Required))
            yield return ("tls_ca", "`tls_ca` is only looked at with `host` and `tls: verify-full`: take it out, or change `tls`.");
        foreach (var mistake in Timeouts.Mistakes(
            ("connect_timeout", ConnectTimeout), ("read_timeout", ReadTimeout), ("write_timeout", WriteTimeout)))
            yield return mistake;
    }

    /// <summary>Does something on a connection of its own, whose session is strict and in UTC.</summary>
    /// <param name="folder">The folder of the plan, for relative paths.</param>
    /// <param name="work">What is done.</param>
    /// <param name="cancellationToken">Stops it.</param>
    /// <exception cref="StoreException">The server cannot be reached, or failed; the message says what to do.</exception>
    public async Task UseAsync(string folder, Func<MySqlConnection, Task> work, CancellationToken cancellationToken)
    {
        try
        {
            await using var connection = await ConnectAsync(folder, cancellationToken);
            await work(connection);
        }
        catch (Exception fault) when (ServerFault.Is(fault))
        {
            throw new StoreException(ServerFault.Sentence(fault, Server(folder)), fault);
        }
    }

    /// <summary>An open connection whose session is strict and in UTC.</summary>
    /// <param name="folder">The folder of the plan, for relative paths.</param>
    /// <param name="cancellationToken">Stops it.</param>
    /// <param name="blocks">Whether each call waits on its thread.</param>
    /// <exception cref="DbException">The server cannot be reached, is not to be trusted, or does not let the user in.</exception>
    internal async Task<MySqlConnection> ConnectAsync(string folder, CancellationToken cancellationToken, bool blocks = false)
    {
        var server = Server(folder);
        var certificate = EffectiveTls == TlsMode.VerifyFull ? ServerCertificate.SignedBy(server.TlsCa) : null;
        var connection = new MySqlConnection(ConnectionKeys.Of(this, blocks).ConnectionString);
        if (certificate is not null)
            connection.RemoteCertificateValidationCallback = certificate.Accepts;
        try
        {
            await DriverWait.ForLineAsync(() => connection.OpenAsync(cancellationToken), ConnectTimeout, cancellationToken);
            await using var settings = new MySqlCommand(SessionSettings, connection);
            if (blocks)
                DriverWait.For(() => settings.ExecuteNonQueryAsync(cancellationToken), server, cancellationToken);
            else
                await DriverWait.ForAsync(() => settings.ExecuteNonQueryAsync(cancellationToken), server, cancellationToken);
            return connection;
        }
        catch (Exception fault)
        {
            await DriverWait.CloseAsync(connection);
            cancellationToken.ThrowIfCancellationRequested();
            throw LineFaults.Of(fault, certificate, server) ?? fault;
        }
    }

    /// <summary>Where the server is and how it is reached, for messages.</summary>
    internal MySqlServer Server(string folder) =>
        new(Address, Host, Database, User, EffectiveTls, TlsCa is null ? null : Path.GetFullPath(TlsCa, folder), ReadTimeout, WriteTimeout);
}
