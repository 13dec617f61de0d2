using TagGuard.Adapters.Storage;

namespace TagGuard.Adapters.MySql.Store;

/// <summary>The texts of sql/mysql.</summary>
static class MySqlScripts
{
    public static StoreScripts All { get; } = new(
        "sql/mysql/", "001_tables.sql", "002_judged_at.sql", "003_judged_by.sql", "004_phrases.sql", "005_passes.sql",
        "006_outbox.sql", "007_tags.sql");
}
