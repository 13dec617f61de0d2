using System.Globalization;
using TagGuard.Adapters.Sqlite;

namespace TagGuard.RealServerTests.Support;

/// <summary>The log tables of a scheduler in SQLite, as ETL jobs write them, with a plan that waits for their rows; deleted afterwards.</summary>
sealed class LogTables : IDisposable
{
    public const string Date = "2026-11-20";

    /// <param name="more">More of the plan, after the checks of the stage `upstream`.</param>
    /// <param name="connections">More connections.</param>
    public LogTables(string more = "", string connections = "")
    {
        File.WriteAllText(
            Path.Combine(Folder, "tagguard.yaml"),
            Plan.Replace("stages:\n", connections + "stages:\n", StringComparison.Ordinal) + more);
        Run(
            Access.Create,
            "create table t_step_log (data_date text, step text, remark text)",
            "create table t_sys_log (task_name text, task_stat integer, task_sign text)");
        Tagguard = new Tagguard(Folder);
    }

    public string Folder { get; } = Directory.CreateTempSubdirectory("tagguard-logs-").FullName;

    public Tagguard Tagguard { get; }

    const string Plan = """
        name: logs
        connections:
          zydb: { type: sqlite, path: zydb.db }
          store: { type: sqlite, path: tagguard.db }
        stages:
          upstream:
            - name: dw user job finished
              rows:
                connection: zydb
                sql: "select task_stat from t_sys_log where task_name like '%job_dw_user%' and task_stat = 2 and date(task_sign) = @date"
                equals: 1
            - name: steps of the load
              rows:
                connection: zydb
                table: t_step_log
                where: { data_date: "{date:yyyy-MM-dd}" }
                expect: [ { step: load_dw, remark: done }, { step: load_login, remark: done } ]

        """;

    public async Task<LogTables> InitAsync()
    {
        (await Tagguard.RunAsync("init")).Expect(0);
        return this;
    }

    public LogTables Job(string date = Date, int state = 2) =>
        Run(Access.Write, $"insert into t_sys_log values ('etl.job_dw_user.v2', {state.ToString(CultureInfo.InvariantCulture)}, '{date} 03:12:44')");

    public LogTables Step(string step, string date = Date) => Run(Access.Write, $"insert into t_step_log values ('{date}', '{step}', 'done')");

    /// <summary>What a query on the store returns: the first column of each row.</summary>
    public string Stored(string sql)
    {
        using var database = SqliteDatabase.Open(Path.Combine(Folder, "tagguard.db"), Access.Read, TimeSpan.FromSeconds(5));
        using var query = database.Prepare(sql);
        var rows = new List<string>();
        while (query.Read())
            rows.Add(query.Text(0));
        return string.Join('|', rows);
    }

    LogTables Run(Access access, params string[] statements)
    {
        using var database = SqliteDatabase.Open(Path.Combine(Folder, "zydb.db"), access, TimeSpan.FromSeconds(15));
        foreach (var statement in statements)
            database.Execute(statement);
        return this;
    }

    public void Dispose() => Directory.Delete(Folder, recursive: true);
}
