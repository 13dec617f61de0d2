using System.Data.Common;
using System.Text.Json;
using System.Web;
using TagGuard.Adapters.MySql;
using TagGuard.Storage;

namespace TagGuard.Jobs.Demo;

/// <summary>Where the demo keeps its monitoring tables: in a file of its folder, or in a database on a MySQL server.</summary>
/// <param name="Line">The plan's line for it; null for the one that is there.</param>
sealed record DemoStore(string? Line)
{
    /// <summary>Names the server for `--store mysql`.</summary>
    public const string Variable = "TAGGUARD_DEMO_MYSQL";

    /// <summary>Holds the server's password, which is not written down anywhere.</summary>
    public const string PasswordVariable = "TAGGUARD_DB_PASSWORD";

    const string LocalSocket = "/run/mysqld/mysqld.sock";
    const string Form = "mysql://user@host:3306/database (?tls=off, ?tls_ca=FILE or ?socket=FILE behind it where needed)";

    /// <param name="text">`sqlite`, `mysql`, or the address of a server.</param>
    /// <exception cref="UsageException">It is none of these.</exception>
    public static DemoStore Of(string text) => text switch
    {
        "sqlite" => new DemoStore((string?)null),
        "mysql" => At(Environment.GetEnvironmentVariable(Variable) is { Length: > 0 } named ? named : Local()),
        _ => At(text),
    };

    /// <summary>Puts its line into the plan.</summary>
    public string WriteInto(string plan) => Line is null
        ? plan
        : string.Join('\n', plan.Split('\n').Select(line => line.StartsWith("  store:", StringComparison.Ordinal) ? Line : line));

    /// <summary>Creates the database, if it is not there.</summary>
    /// <exception cref="StoreException">The server cannot be reached, or the user may not.</exception>
    public static async Task CreateDatabaseAsync(MySqlConnectionPlan plan, string folder, CancellationToken cancellationToken)
    {
        try
        {
            await using var connection = await (plan with { Database = "information_schema" }).ConnectAsync(folder, cancellationToken);
            await using var create = connection.CreateCommand();
            create.CommandText = $"create database if not exists `{plan.Database.Replace("`", "``", StringComparison.Ordinal)}` character set utf8mb4";
            await create.ExecuteNonQueryAsync(cancellationToken);
        }
        catch (DbException fault)
        {
            throw new StoreException(fault.Message, fault);
        }
    }

    static string Local() => File.Exists(LocalSocket)
        ? $"mysql:///?socket={LocalSocket}"
        : throw new UsageException($"No server is named, and none listens at {LocalSocket}. Write --store {Form}, or the same into {Variable}; the password into {PasswordVariable}.");

    static DemoStore At(string address)
    {
        if (!Uri.TryCreate(address, UriKind.Absolute, out var url) || url.Scheme != "mysql")
            throw new UsageException($"\"{address}\" is no place for the demo's tables. Write --store sqlite, --store mysql, or --store {Form}.");
        if (url.UserInfo.Contains(':', StringComparison.Ordinal))
            throw new UsageException($"A password on the command line can be read by everybody on this machine: leave it out of --store, and put it into {PasswordVariable}.");
        var more = HttpUtility.ParseQueryString(url.Query);
        var keys = new List<(string Key, string? Value)>
        {
            ("host", more["socket"] is null ? Or(url.Host, "localhost") : null),
            ("port", more["socket"] is null && url.Port > 0 ? $"{url.Port}" : null),
            ("socket", more["socket"]),
            ("database", Or(Uri.UnescapeDataString(url.AbsolutePath.Trim('/')), "tagguard_demo")),
            ("user", Or(Uri.UnescapeDataString(url.UserInfo), Environment.UserName)),
            ("password", Environment.GetEnvironmentVariable(PasswordVariable) is null ? null : $"${{env:{PasswordVariable}}}"),
            ("tls", more["tls"]),
            ("tls_ca", more["tls_ca"] is { } file ? Path.GetFullPath(file) : null),
        };
        var given = keys.Where(key => key.Value is not null).Select(key => $"{key.Key}: {JsonSerializer.Serialize(key.Value)}");
        return new DemoStore($"  store:     {{ type: mysql, {string.Join(", ", given)} }}");
    }

    static string Or(string text, string instead) => text.Length > 0 ? text : instead;
}
