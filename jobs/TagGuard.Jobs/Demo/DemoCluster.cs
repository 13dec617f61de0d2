using System.Text.RegularExpressions;

namespace TagGuard.Jobs.Demo;

/// <summary>The cluster that has the demo's warehouse in place of DuckDB.</summary>
/// <param name="Kind">`hive` or `spark`.</param>
/// <param name="Connection">The plan's connection to it.</param>
/// <param name="Databases">What its databases' names begin with: one called dw may be there, and is nobody's to replace.</param>
/// <param name="Hdfs">The NameNode's WebHDFS, by which files are put there.</param>
/// <param name="User">Who puts them there, and asks.</param>
sealed partial record DemoCluster(string Kind, string Connection, string Databases, Uri Hdfs, string User)
{
    /// <summary>Name the servers of `--warehouse hive` and `spark`, as addresses.</summary>
    public const string HiveVariable = "TAGGUARD_DEMO_HIVE", SparkVariable = "TAGGUARD_DEMO_SPARK";

    const string Form = "hive://user@host:10000 or spark://user@host:15002 (/prefix_ of the databases behind it where needed)";
    const string OwnDatabases = "tagguard_demo_";

    /// <summary>Where its files are on HDFS.</summary>
    public string Root => $"/user/{User}/{Databases}{Kind}";

    /// <param name="text">`duckdb`, `hive`, `spark`, or the address of a server.</param>
    /// <param name="hdfs">WebHDFS's address; null for port 9870 of the same host.</param>
    /// <returns>Null for DuckDB.</returns>
    /// <exception cref="UsageException">It is none of these.</exception>
    public static DemoCluster? Of(string text, string? hdfs) => text switch
    {
        "duckdb" when hdfs is null => null,
        "duckdb" => throw new UsageException("--hdfs is for a warehouse on a cluster: add --warehouse hive or --warehouse spark."),
        "hive" => At(Environment.GetEnvironmentVariable(HiveVariable) is { Length: > 0 } named ? named : "hive://127.0.0.1", hdfs),
        "spark" => At(Environment.GetEnvironmentVariable(SparkVariable) is { Length: > 0 } named ? named : "spark://127.0.0.1", hdfs),
        _ => At(text, hdfs),
    };

    /// <summary>Puts its connection and its databases into the plan.</summary>
    public string WriteInto(string plan) =>
        Warehouse().Replace(DatabaseNames().Replace(plan, Databases + "$0"), _ => "  warehouse: " + Connection, 1);

    static DemoCluster At(string address, string? hdfs)
    {
        if (!Uri.TryCreate(address, UriKind.Absolute, out var url) || url is not { Scheme: "hive" or "spark", Host.Length: > 0, Query: "" })
            throw new UsageException(
                $"\"{address}\" is not a place for the demo's warehouse. Write --warehouse duckdb, hive, spark, or an address: {Form}.");
        if (url.UserInfo.Contains(':', StringComparison.Ordinal))
            throw new UsageException("The demo logs in without a password: leave it out of --warehouse.");
        var user = Uri.UnescapeDataString(url.UserInfo) is { Length: > 0 } named ? named : Environment.UserName;
        var databases = url.AbsolutePath.Trim('/') is { Length: > 0 } prefix ? prefix : OwnDatabases;
        if (!Name().IsMatch(databases) || !UserName().IsMatch(user))
            throw new UsageException(
                $"\"{address}\" names a user or a prefix that cannot be one: letters, digits and _ make both, users also . and -.");
        var web = hdfs ?? $"http://{url.Host}:9870";
        if (!Uri.TryCreate(web, UriKind.Absolute, out var files) || files.Scheme is not ("http" or "https"))
            throw new UsageException($"\"{web}\" is not an address of WebHDFS. Write --hdfs http://namenode:9870.");
        var connection = url.Scheme == "hive"
            // Its times have no zone, which Spark behind the same protocol only knows of the session's.
            ? $"{{ type: hive, host: \"{url.Host}\", port: {PortOf(url, 10000)}, user: \"{user}\", settings: {{ spark.sql.session.timeZone: UTC }} }}"
            : $"{{ type: spark-connect, host: \"{url.Host}\", port: {PortOf(url, 15002)}, user: \"{user}\" }}";
        return new DemoCluster(url.Scheme, connection, databases, files, user);
    }

    static int PortOf(Uri url, int usual) => url.Port > 0 ? url.Port : usual;

    [GeneratedRegex(@"^\w+$", RegexOptions.ECMAScript)]
    private static partial Regex Name();

    [GeneratedRegex(@"^[\w.-]+$", RegexOptions.ECMAScript)]
    private static partial Regex UserName();

    /// <summary>A table's database; not the folder of one.</summary>
    [GeneratedRegex(@"\b(dw|app)\.(?!db/)(?=\w)")]
    private static partial Regex DatabaseNames();

    [GeneratedRegex(@"^  warehouse:.*", RegexOptions.Multiline)]
    private static partial Regex Warehouse();
}
