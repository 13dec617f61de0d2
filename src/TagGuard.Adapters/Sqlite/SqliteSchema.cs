using TagGuard.Storage;

namespace TagGuard.Adapters.Sqlite;

/// <summary>Whether a file holds the tables, and how they are made.</summary>
static class SqliteSchema
{
    // "TagG": tells our file from any other program's, sqlite.org/pragma.html#pragma_application_id.
    const long ApplicationId = 0x54616747;

    /// <summary>Refuses a file that is not ready for this program.</summary>
    /// <remarks>Two numbers in the file's header are read, no table: this is on the way of every gate that is asked for.</remarks>
    public static void Need(SqliteDatabase database, string path)
    {
        if (database.Number("pragma application_id") != ApplicationId)
            throw new StoreException($"{path} holds no monitoring tables yet. Run `tagguard init`.");
        var version = database.Number("pragma user_version");
        if (version < SqliteScripts.Migrations.Count)
        {
            throw new StoreException(
                $"{path} was made by an older TagGuard (schema {version}, this one needs {SqliteScripts.Migrations.Count}). Run `tagguard init`.");
        }
        RefuseNewer(version, path);
    }

    /// <summary>Applies the scripts that are missing, in one transaction; another process that does the same waits for this one.</summary>
    public static IReadOnlyList<string> Apply(SqliteDatabase database, string path, DateTimeOffset now)
    {
        using var transaction = database.BeginWrite();
        var owner = database.Number("pragma application_id");
        if (owner != ApplicationId && (owner != 0 || database.Number("select count(*) from sqlite_master") > 0))
            throw new StoreException($"{path} belongs to another program. Name another file for the monitoring tables in the plan.");
        var version = database.Number("pragma user_version");
        RefuseNewer(version, path);
        if (version > 0)
            RefuseChanged(database, path);
        var missing = SqliteScripts.Migrations.Skip((int)version).ToList();
        foreach (var script in missing)
        {
            var text = SqliteScripts.Migration(script);
            database.Execute(text);
            using var note = database.Query("schema_version_add").Set("@script", script).Set("@sha256", SqliteScripts.HashOf(text)).Set("@now", now);
            note.Run();
        }
        database.Execute($"pragma application_id = {ApplicationId}; pragma user_version = {SqliteScripts.Migrations.Count}");
        transaction.Commit();
        return missing;
    }

    static void RefuseNewer(long version, string path)
    {
        if (version > SqliteScripts.Migrations.Count)
        {
            throw new StoreException(
                $"{path} was made by a newer TagGuard (schema {version}, this one knows {SqliteScripts.Migrations.Count}). Update tagguard on this machine.");
        }
    }

    static void RefuseChanged(SqliteDatabase database, string path)
    {
        using var applied = database.Query("schema_versions");
        while (applied.Read())
        {
            var script = applied.Text(0);
            if (applied.Text(1) != SqliteScripts.HashOf(SqliteScripts.Migration(script)))
            {
                throw new StoreException(
                    $"{script} was changed after it was applied to {path}. Use the TagGuard that made the tables; changes belong into a new script.");
            }
        }
    }
}
