using TagGuard.Adapters.DuckDb;

namespace TagGuard.Jobs.Demo;

/// <summary>Builds the demo's warehouse from real orders: what a night's ETL leaves behind, for every business date.</summary>
/// <param name="assets">The folder `demo` of the program: orders, ETL and faults.</param>
/// <param name="folder">Where it is built.</param>
sealed class DemoWarehouse(string assets, string folder)
{
    public static readonly DateOnly First = new(2011, 9, 10);
    public static readonly DateOnly Good = new(2011, 11, 15);
    public static readonly DateOnly Last = new(2011, 11, 25);

    /// <summary>More than the ETL was seen to need; with less it spills to disk and takes longer.</summary>
    public const string Memory = "3GB";

    /// <summary>The service's database: what the services read, and the schedulers' logs.</summary>
    public string Service => Path.Combine(folder, "service.duckdb");

    /// <summary>The script of the service's tables on MySQL.</summary>
    public string ServiceTables => Path.Combine(assets, "mysql", "service.sql");

    /// <summary>The script of the warehouse's tables on a cluster.</summary>
    public string ClusterTables(string kind) => Path.Combine(assets, "cluster", kind + ".sql");

    /// <summary>The warehouse's tables.</summary>
    public static IReadOnlyList<string> Tables { get; } =
        ["dw.order_fact", "dw.dw_cookie_user_login", "dw.profile_tag_user", "dw.user_group_crowd", "app.reader_tag"];

    /// <summary>The files that hold rows, by their path below the warehouse.</summary>
    public IEnumerable<(string Name, string File)> Parts() =>
        Directory.EnumerateFiles(Warehouse, "*.parquet", SearchOption.AllDirectories)
            .Select(file => (Path.GetRelativePath(Warehouse, file).Replace('\\', '/'), file));

    string Warehouse => Path.Combine(folder, "warehouse");

    string Exports => Path.Combine(folder, "exports");

    public void Build(Action<string> tell, CancellationToken cancellationToken)
    {
        Directory.CreateDirectory(Path.Combine(Warehouse, "dw.db"));
        Directory.CreateDirectory(Path.Combine(Warehouse, "app.db"));
        Directory.CreateDirectory(Exports);
        using var session = new DuckDbScripts(Memory);
        foreach (var script in Scripts())
        {
            tell($"Building the warehouse: {Path.GetFileNameWithoutExtension(script)}");
            session.Run(script, Values(), First, cancellationToken);
        }
        tell("Writing the exports");
        for (var date = First; date <= Last; date = date.AddDays(1))
            session.Run(Path.Combine(assets, "etl", "per_date", "userprofile_call_centre.sql"), Values(), date, cancellationToken);
        Mark();
    }

    /// <summary>Breaks one date the way real pipelines break.</summary>
    public void Plant(DemoFault fault, CancellationToken cancellationToken)
    {
        using var session = new DuckDbScripts(Memory);
        session.Run(Path.Combine(assets, "faults", fault.Script + ".sql"), Values(fault.Date), fault.Date, cancellationToken);
        if (fault.Script == "upstream_late")
            File.Delete(MarkerOf("dw.order_fact", fault.Date));
    }

    /// <summary>Tables first (numbered), with the tag scripts, one a family, between the tables they need and the table they fill.</summary>
    IEnumerable<string> Scripts()
    {
        var numbered = Directory.GetFiles(Path.Combine(assets, "etl"), "*.sql").Order(StringComparer.Ordinal).ToList();
        var tags = Directory.GetFiles(Path.Combine(assets, "etl", "tags"), "*.sql").Order(StringComparer.Ordinal);
        return [.. numbered.Take(4), .. tags, .. numbered.Skip(4)];
    }

    /// <summary>`_SUCCESS` in every partition, at the time of the night at which such jobs end.</summary>
    void Mark()
    {
        foreach (var table in Tables)
        {
            for (var date = First; date <= Last; date = date.AddDays(1))
            {
                File.WriteAllBytes(MarkerOf(table, date), []);
                File.SetLastWriteTimeUtc(MarkerOf(table, date), date.AddDays(1).ToDateTime(new TimeOnly(2, 10 + (date.Day % 7)), DateTimeKind.Utc));
            }
        }
    }

    string MarkerOf(string table, DateOnly date) =>
        Path.Combine(Warehouse, table.Replace(".", ".db/", StringComparison.Ordinal), $"data_date={date:yyyyMMdd}", "_SUCCESS");

    Dictionary<string, string> Values(DateOnly? date = null) => new()
    {
        ["orders"] = Path.Combine(assets, "orders.parquet"),
        ["warehouse"] = Warehouse,
        ["service"] = Service,
        ["exports"] = Exports,
        ["first"] = $"{First:yyyy-MM-dd}",
        ["last"] = $"{Last:yyyy-MM-dd}",
        ["date"] = $"{date:yyyy-MM-dd}",
        ["yesterday:yyyyMMdd"] = $"{date?.AddDays(-1):yyyyMMdd}",
    };
}
