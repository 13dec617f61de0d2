using System.Data.Common;

namespace TagGuard.Adapters.MySql;

/// <summary>A plan's connection as the keys of a connection string: ours for our driver, and those that MySqlConnector and MySql.Data share for any other.</summary>
static class ConnectionKeys
{
    /// <summary>Silence of the server beyond the time a command may take: first the command is stopped politely.</summary>
    static readonly TimeSpan Grace = TimeSpan.FromSeconds(15);

    /// <param name="plan">The connection.</param>
    /// <param name="folder">The folder of the plan, for relative paths.</param>
    public static DbConnectionStringBuilder Of(MySqlConnectionPlan plan, string folder)
    {
        var tls = plan.Socket is null ? plan.Tls ?? TlsMode.VerifyFull : TlsMode.Off;
        var keys = new DbConnectionStringBuilder
        {
            ["User ID"] = plan.User,
            ["Database"] = plan.Database,
            ["SslMode"] = tls == TlsMode.Off ? "None" : tls.ToString(),
            ["ConnectionTimeout"] = Seconds(plan.ConnectTimeout),
            ["DefaultCommandTimeout"] = Seconds(plan.ReadTimeout),
        };
        if (plan.Password is not null)
            keys["Password"] = plan.Password;
        if (plan.TlsCa is not null)
            keys["SslCa"] = Path.GetFullPath(plan.TlsCa, folder);
        if (plan.Socket is null)
            (keys["Server"], keys["Port"]) = (plan.Host!, plan.Port);
        if (plan.Provider is null)
            AddOurs(keys, plan);
        else
            AddOthers(keys, plan.Socket);
        return keys;
    }

    static void AddOurs(DbConnectionStringBuilder keys, MySqlConnectionPlan plan)
    {
        if (plan.Socket is not null)
            keys["Socket"] = plan.Socket;
        keys["ReadTimeout"] = Seconds(plan.ReadTimeout + Grace);
        keys["WriteTimeout"] = Seconds(plan.WriteTimeout);
    }

    /// <summary>As both spell it: mysqlconnector.net/connection-options, dev.mysql.com/doc/connector-net/en/connector-net-8-0-connection-options.html.</summary>
    static void AddOthers(DbConnectionStringBuilder keys, string? socket)
    {
        if (socket is not null)
            (keys["Server"], keys["Protocol"]) = (socket, "Unix");
        // MySql.Data would speak the server's default, and lose letters.
        keys["CharacterSet"] = "utf8mb4";
        // A tinyint(1) of 2 is 2.
        keys["TreatTinyAsBoolean"] = false;
        // A pool hands on what a session was set to: a source's only reads, and the store must write.
        keys["Pooling"] = false;
    }

    static int Seconds(TimeSpan time) => (int)Math.Ceiling(time.TotalSeconds);
}
