using System.ComponentModel.DataAnnotations;
using TagGuard.Adapters.Yaml;
using TagGuard.Keys;
using TagGuard.Plans;
using TagGuard.Sources;
using TagGuard.Storage;
using TagGuard.Tests.Support;

namespace TagGuard.Tests.Yaml;

/// <summary>Plans as text, and a reader that knows three small types of connection.</summary>
static class SomePlan
{
    public static readonly IReadOnlyDictionary<string, Type> Types = new Dictionary<string, Type>
    {
        ["duckdb"] = typeof(WarehousePlan),
        ["sqlite"] = typeof(StorePlan),
        ["files"] = typeof(FilesPlan),
    };

    /// <summary>The plan of architecture.md with the connections that there are here.</summary>
    public const string Sample = """
        name: userprofile
        timezone: Asia/Shanghai
        connections:
          warehouse: { type: duckdb, path: warehouse }
          store:     { type: sqlite, path: tagguard.db }
          hdfs:      { type: files, folder: /mnt/hdfs, password: "${env:HDFS_PASSWORD}", port: 9870 }

        stages:
          upstream:
            - name: dw user job finished
              rows: { connection: warehouse, equals: 1,
                sql: "select task_stat from t_sys_log where task_name like '%job_dw_user%' and date(task_sign) = @date" }
            - name: order_fact landed
              path: { connection: hdfs, path: "/user/hive/warehouse/dw.db/order_fact/data_date={date:yyyyMMdd}/_SUCCESS",
                deadline: "08:00", stable_for: 5m }
            - name: order_fact is whole
              count: { connection: warehouse, table: dw.order_fact, partition: data_date, rule: { change: { avg_last: 7d, warn: -10%, fail: -30% } } }
          tags:
            - name: user tags
              volume: { connection: warehouse, table: dw.profile_tag_user, partition: data_date, user: userid, tags: tagmap, dimension: userid,
                        active: { table: dw.dw_cookie_user_login, user: userid, where: "site_id between 100 and 120" } }
              judge: { baseline: { season: 7d, min_users: 200 }, blocking: true }
          sync:
            - name: userprofile_offline
              equal: { left: { connection: warehouse, table: dw.profile_tag_user, partition: data_date },
                right: { connection: warehouse, table: "userprofile_{date:yyyyMMdd}" }, tolerance: 0 }
        """;

    /// <summary>A sound plan of one check; each argument replaces a part of it.</summary>
    public static string Of(
        string check = "- { name: c, rows: { connection: warehouse, sql: select 1, equals: 1 } }",
        string hdfs = "{ type: files, folder: /mnt }",
        string top = "name: p") =>
        $"""
            {top}
            connections:
              warehouse: {"{ type: duckdb, path: w }"}
              store: {"{ type: sqlite, path: s }"}
              hdfs: {hdfs}
            stages:
              tags:
                {check}
            """;

    public static Plan Read(string text) => InFile(text, file => Reader().Read(file));

    /// <summary>The mistakes of a plan, none when it is sound.</summary>
    public static IReadOnlyList<PlanMistake> Mistakes(string text)
    {
        try
        {
            Read(text);
            return [];
        }
        catch (PlanException refused)
        {
            return refused.Mistakes;
        }
    }

    public static PlanReader Reader() =>
        new(
            Types,
            name =>
                name == "HDFS_PASSWORD" ? Password
                : name == "PORT" ? "9870"
                : name == "NOT_A_NUMBER" ? Password
                : null,
            Repository.Path("jobs/calendars"));

    public const string Password = "hunter2-geheim";

    public static T InFile<T>(string text, Func<string, T> use)
    {
        var file = Path.Combine(Path.GetTempPath(), $"plan-{Guid.NewGuid():N}.yaml");
        File.WriteAllText(file, text);
        try
        {
            return use(file);
        }
        finally
        {
            File.Delete(file);
        }
    }
}

sealed record WarehousePlan : ConnectionPlan
{
    [Required, PlanKey("Folder of the warehouse.", Example = "warehouse")]
    public string Path { get; init; } = "";

    [PlanKey("Threads. Default 2."), Range(1, 64)]
    public int Threads { get; init; } = 2;

    public override IReadOnlyList<Type> Capabilities => [typeof(ICountSource), typeof(IVolumeSource), typeof(IRowsSource), typeof(ITableSource)];

    public override ISource Open(string name, string folder, TimeProvider clock) => throw new NotSupportedException();
}

sealed record StorePlan : ConnectionPlan, IStorePlan
{
    [Required, PlanKey("Path of the database.", Example = "tagguard.db")]
    public string Path { get; init; } = "";

    public override bool HoldsTables => true;

    public override IReadOnlyList<Type> Capabilities => [];

    public override ISource Open(string name, string folder, TimeProvider clock) => throw new NotSupportedException();

    public IRunStore OpenStore(string folder, TimeProvider clock) => throw new NotSupportedException();
}

sealed record FilesPlan : ConnectionPlan, IPlanPart
{
    [Required, PlanKey("Folder.", Example = "/mnt/hdfs")]
    public string Folder { get; init; } = "";

    [PlanKey("Password of the mount.")]
    public string? Password { get; init; }

    [PlanKey("Port."), Range(1, 65535)]
    public int? Port { get; init; }

    [PlanKey("How long to wait for an answer. Default 30s.")]
    public TimeSpan Timeout { get; init; } = TimeSpan.FromSeconds(30);

    [PlanKey("Folders that are looked at.")]
    public IReadOnlyList<string> Only { get; init; } = [];

    [PlanKey("From this day on.")]
    public DateOnly? Since { get; init; }

    [PlanKey("Other names of users.")]
    public IReadOnlyDictionary<string, double> Weights { get; init; } = new Dictionary<string, double>();

    public override IReadOnlyList<Type> Capabilities => [typeof(IPathSource), typeof(IFooterSource)];

    public override ISource Open(string name, string folder, TimeProvider clock) => throw new NotSupportedException();

    public IEnumerable<KeyMistake> Mistakes()
    {
        if (Folder == "echo")
            yield return ("folder", $"The password {Password} does not go with the folder: use another.");
    }
}
