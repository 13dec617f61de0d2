using System.Data.Common;
using System.Globalization;
using TagGuard.RealServerTests.MySql;

namespace TagGuard.RealServerTests.EndToEnd.Crashes;

/// <summary>What the monitoring tables hold of one date. Each question is one SELECT, so its answer is of one moment.</summary>
sealed class CrashTables(DbConnection connection, string date)
{
    /// <summary>What <see cref="CountsAsync"/> counts after a whole run of a <see cref="CrashSite"/>.</summary>
    public static readonly IReadOnlyList<string> Counted =
    [
        "incident: a job that never comes",
        "incident: userprofile_short",
        "measurement",
        "measurement: runs",
        "run_lock",
        "tag_data_day",
        "tag_data_day: saves",
        "tag_email_monitor: userprofile_mysql",
        "tag_email_monitor: userprofile_short",
        "tag_stage_state: sync",
        "tag_stage_state: tags",
        "tag_stage_state: upstream",
    ];

    /// <summary>All verdicts; those of tags that passed in one, with how many they are.</summary>
    const string Stored = """
        (select run_stage_id, check_name, rule, metric, series_key from verdict
        union all select run_stage_id, check_name, rule, metric, concat(verdicts, ' passed') from passes)
        """;

    /// <summary>What the verdicts `v` are about, a line each.</summary>
    const string Verdicts = """
        coalesce(group_concat(concat_ws('|', v.check_name, v.rule, v.metric, v.series_key)
            order by v.check_name, v.rule, v.metric, v.series_key separator '\n'), '')
        """;

    /// <summary>The gates that are open in a column that dashboards read, each with its verdicts:
    /// those of its stage's newest save, if the gate's own run made it.</summary>
    public async Task<Dictionary<string, string>> OpenAsync()
    {
        const string open = $"""
            select g.stage, {Verdicts}
            from tag_stage_state g
            left join run r on r.id = g.run_id and r.date = g.process_date
            left join run_stage s
              on s.run_id = r.id and s.id = (select max(id) from run_stage where plan = g.plan and date = g.process_date and stage = g.stage)
            left join {Stored} v on v.run_stage_id = s.id
            where g.process_date = @date and (g.state <> 0 or g.is_online <> 0)
            group by g.id, g.stage
            """;
        return (await RowsAsync(open)).ToDictionary(row => (string)row[0], row => (string)row[1]);
    }

    /// <summary>Every stage that was saved, by runs that were killed too, with the exit code of its gate and its verdicts.</summary>
    public async Task<IReadOnlyList<(string Stage, int Exit, string Verdicts)>> SavesAsync()
    {
        const string saves =
            $"select s.stage, s.exit_code, {Verdicts} from run_stage s left join {Stored} v on v.run_stage_id = s.id where s.date = @date group by "
                + "s.id, s.stage, s.exit_code";
        return [.. (await RowsAsync(saves)).Select(row => ((string)row[0], (int)row[1], (string)row[2]))];
    }

    /// <summary>How many verdicts these lines are.</summary>
    public static int Count(string verdicts) => verdicts.Split('\n').Distinct().Sum(line =>
        line.EndsWith(" passed", StringComparison.Ordinal) ? int.Parse(line.Split('|')[^1].Split(' ')[0], CultureInfo.InvariantCulture) : 1);

    /// <summary>How many runs of the date began, and how many stages they saved.</summary>
    public async Task<(long Began, long Saved)> ReachedAsync()
    {
        var row = (await RowsAsync("select (select count(*) from run where date = @date), (select count(*) from run_stage where date = @date)"))[0];
        return ((long)row[0], (long)row[1]);
    }

    /// <summary>How many rows there are of what may be there once only, and how many there may be, by name.</summary>
    public async Task<IReadOnlyList<(string Of, long Rows, long Once)>> CountsAsync()
    {
        const string counts = """
            select 'tag_data_day', count(*), count(distinct tagid) from tag_data_day where date = @date
            union all select 'tag_data_day: saves', count(distinct run_stage_id), 1 from tag_data_day where date = @date
            union all select 'measurement', count(*), count(distinct check_name, metric, series_key) from measurement where date = @date
            union all select 'measurement: runs', count(distinct run_id), 1 from measurement where date = @date
            union all select concat('tag_email_monitor: ', service_type), count(*), 1 from tag_email_monitor where date = @date group by service_type
            union all select concat('tag_stage_state: ', stage), count(*), 1 from tag_stage_state where process_date = @date group by stage
            union all select concat('incident: ', check_name), count(*), 1 from incident
              where run_stage_id in (select max(id) from run_stage where date = @date group by stage) group by check_name
            union all select 'run_lock', count(*), 0 from run_lock where date = @date
            """;
        return [.. (await RowsAsync(counts))
            .Select(row => (Of: (string)row[0], (long)row[1], Convert.ToInt64(row[2], CultureInfo.InvariantCulture)))
            .OrderBy(count => count.Of, StringComparer.Ordinal)];
    }

    Task<List<object[]>> RowsAsync(string sql) => connection.RowsAsync(sql, ("@date", date));
}
