using System.Text.Json;
using System.Web;

namespace TagGuard.Jobs.Demo;

/// <summary>Where the demo keeps its monitoring tables and the service's: in files of its folder, or in a database on a MySQL server.</summary>
/// <param name="Connection">The plan's connection to the server; null for the files that are there.</param>
/// <param name="IsOwn">Whether the demo starts that server itself.</param>
sealed record DemoStore(string? Connection, bool IsOwn)
{
    /// <summary>Names the server for `--store mysql`.</summary>
    public const string Variable = "TAGGUARD_DEMO_MYSQL";

    /// <summary>Holds the server's password, which is not written down anywhere.</summary>
    public const string PasswordVariable = "TAGGUARD_DB_PASSWORD";

    const string Database = "tagguard_demo";
    const string Form = "mysql://user@host:3306/database (?tls=off, ?tls_ca=FILE or ?socket=FILE behind it where needed)";

    /// <summary>The connections that a server takes over.</summary>
    static readonly string[] Names = ["service", "store"];

    /// <param name="text">`sqlite`, `mysql`, or the address of a server.</param>
    /// <param name="folder">The demo's folder, where a server of its own is.</param>
    /// <exception cref="UsageException">It is none of these.</exception>
    public static DemoStore Of(string text, string folder) =>
        text switch
        {
            "sqlite" => new DemoStore(null, IsOwn: false),
            "mysql" => Environment.GetEnvironmentVariable(Variable) is { Length: > 0 } named
                ? At(named)
                : new DemoStore(Line([("socket", DemoServer.SocketIn(folder)), ("database", Database), ("user", "root")]), IsOwn: true),
            _ => At(text),
        };

    /// <summary>Puts its connections into the plan.</summary>
    public string WriteInto(string plan) =>
        Connection is null
            ? plan
            : string.Join(
                '\n',
                plan.Split('\n')
                    .Select(line =>
                        Names.FirstOrDefault(name => line.StartsWith($"  {name}:", StringComparison.Ordinal)) is { } name
                            ? $"  {name}: {Connection}"
                            : line));

    static DemoStore At(string address)
    {
        if (!Uri.TryCreate(address, UriKind.Absolute, out var url) || url.Scheme != "mysql")
            throw new UsageException($"\"{address}\" is not a place for the demo's tables. Write --store sqlite, --store mysql, or --store {Form}.");
        if (url.UserInfo.Contains(':', StringComparison.Ordinal))
            throw new UsageException(
                "A password on the command line can be read by everybody on this machine: leave it out of --store, and put it into "
                    + $"{PasswordVariable}.");
        var more = HttpUtility.ParseQueryString(url.Query);
        return new DemoStore(
            Line([
                ("host", more["socket"] is null ? Or(url.Host, "localhost") : null),
                ("port", more["socket"] is null && url.Port > 0 ? $"{url.Port}" : null),
                ("socket", more["socket"]),
                ("database", Or(Uri.UnescapeDataString(url.AbsolutePath.Trim('/')), Database)),
                ("user", Or(Uri.UnescapeDataString(url.UserInfo), Environment.UserName)),
                ("password", Environment.GetEnvironmentVariable(PasswordVariable) is null ? null : $"${{env:{PasswordVariable}}}"),
                ("tls", more["tls"]),
                ("tls_ca", more["tls_ca"] is { } file ? Path.GetFullPath(file) : null),
            ]),
            IsOwn: false);
    }

    static string Line((string Key, string? Value)[] keys) =>
        $"{{ type: mysql, "
            + $"{string.Join(", ", keys.Where(key => key.Value is not null).Select(key => $"{key.Key}: {JsonSerializer.Serialize(key.Value)}"))} }}";

    static string Or(string text, string instead) => text.Length > 0 ? text : instead;
}
