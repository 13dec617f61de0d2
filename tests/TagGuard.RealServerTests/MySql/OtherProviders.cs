using TagGuard.Adapters.MySql;
using TagGuard.RealServerTests.Support;

namespace TagGuard.RealServerTests.MySql;

/// <summary>ADO.NET providers in the folder `providers/` of the tests, none of which the program or the tests know.</summary>
static class OtherProviders
{
    /// <summary>A type of its own for everything, and MySqlConnector's connection strings; passes all on to our driver.</summary>
    public const string Forwarding = "TagGuard.Tests.Provider.ForwardingFactory, TagGuard.Tests.Provider";

    /// <summary>Oracle's Connector/NET: the server's protocol in C#, text instead of prepared statements, other types and other exceptions.</summary>
    public const string MySqlData = "MySql.Data.MySqlClient.MySqlClientFactory, MySql.Data";

    /// <summary>A test's database as a connection of a plan.</summary>
    /// <param name="database">The database.</param>
    /// <param name="provider">One of these, or null for our driver.</param>
    /// <remarks>This old version of Oracle's cannot verify a server without a certificate of the client's.</remarks>
    public static MySqlConnectionPlan Plan(this MariaDbDatabase database, string? provider = null) => new()
    {
        Host = "127.0.0.1",
        Port = database.Server.Port,
        Database = database.Name,
        User = MariaDbServer.User,
        Password = MariaDbServer.Password,
        Provider = provider,
        Tls = provider == MySqlData ? TlsMode.Required : TlsMode.VerifyFull,
        TlsCa = provider == MySqlData ? null : database.Server.AuthorityFile,
    };
}
