using MySqlConnector;

namespace TagGuard.Adapters.MySql;

/// <summary>A plan's connection as the driver's connection string.</summary>
static class ConnectionKeys
{
    /// <summary>How long a statement that was stopped on the server may take to end; then its line is torn.</summary>
    public static readonly TimeSpan TimeToStop = TimeSpan.FromSeconds(5);

    /// <param name="plan">The connection.</param>
    /// <param name="blocks">Whether each call waits on its thread: that starts faster, for there is less to compile.</param>
    public static MySqlConnectionStringBuilder Of(MySqlConnectionPlan plan, bool blocks) => new()
    {
        Server = plan.Socket ?? plan.Host,
        Port = (uint)plan.Port,
        ConnectionProtocol = plan.Socket is null ? MySqlConnectionProtocol.Sockets : MySqlConnectionProtocol.UnixSocket,
        UserID = plan.User,
        Password = plan.Password,
        Database = plan.Database,
        // With VerifyFull, the driver would judge the certificate after it answered the server's challenge: see ServerCertificate.
        SslMode = plan.EffectiveTls == TlsMode.Off ? MySqlSslMode.None : MySqlSslMode.Required,
        TlsVersion = "TLS 1.2, TLS 1.3",
        ConnectionTimeout = Seconds(plan.ConnectTimeout),
        DefaultCommandTimeout = Seconds(plan.ReadTimeout),
        CancellationTimeout = (int)TimeToStop.TotalSeconds,
        // A key that comes over a line which others can change may be theirs.
        AllowPublicKeyRetrieval = plan.Socket is not null,
        AllowLoadLocalInfile = false,
        AllowUserVariables = false,
        // A pool hands on what a session was set to: a source's only reads, and the store must write.
        Pooling = false,
        AutoEnlist = false,
        ForceSynchronous = blocks,
        // Values are what the column holds: 2 in a tinyint(1), letters in a char(36), 0000-00-00 in a date.
        TreatTinyAsBoolean = false,
        GuidFormat = MySqlGuidFormat.None,
        AllowZeroDateTime = true,
    };

    static uint Seconds(TimeSpan time) => (uint)Math.Ceiling(time.TotalSeconds);
}
