namespace TagGuard.Adapters.Storage;

/// <summary>Tries every right that a run needs, on every table, and changes nothing: the statements touch no row and are undone.</summary>
static class StoreRights
{
    /// <summary>The tables that a run writes to, each with a column of ours.</summary>
    static readonly (string Table, string Column)[] Tables =
    [
        ("run", "plan"), ("run_lock", "plan"), ("run_stage", "plan"), ("run_check", "check_name"), ("tag_data_day", "plan"), ("measurement", "plan"),
        ("tag_email_monitor", "plan"), ("incident", "check_name"), ("verdict", "check_name"), ("override", "plan"), ("tag_stage_state", "plan"),
        ("day_decision", "plan"), ("passes", "check_name"), ("judging_plan", "plan_hash"), ("outbox", "plan"),
        ("outbox_content", "told"), ("tag_entry", "plan"),
    ];

    public static void Try(StoreSession session, string plan, DateOnly date)
    {
        using var undone = session.BeginWrite(plan, date);
        foreach (var (table, column) in Tables)
        {
            Run(session, $"insert into {table} select * from {table} where 1 = 0");
            Run(session, $"update {table} set {column} = {column} where 1 = 0");
            Run(session, $"delete from {table} where 1 = 0");
        }
    }

    static void Run(StoreSession session, string sql)
    {
        using var statement = session.Prepare(sql);
        statement.Run();
    }
}
