using TagGuard.Adapters.Storage;

namespace TagGuard.Adapters.Sqlite;

/// <summary>The texts of sql/sqlite.</summary>
static class SqliteScripts
{
    public static StoreScripts All { get; } =
        new("sql/sqlite/", "001_tables.sql", "002_day_decision.sql", "003_judged_at.sql", "004_judged_by.sql", "005_phrases.sql",
            "006_passes.sql", "007_volumes.sql", "008_outbox.sql", "009_tags.sql");

    public static string Query(string name) => All.Query(name);
}
