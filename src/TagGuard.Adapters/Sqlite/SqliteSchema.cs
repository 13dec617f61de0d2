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
        SqliteScripts.All.Need(database.Number("pragma user_version"), path);
    }

    /// <summary>Applies the scripts that are missing, in one transaction; another process that does the same waits for this one.</summary>
    public static IReadOnlyList<string> Apply(SqliteStoreSession session, string path)
    {
        var (database, scripts) = (session.Database, SqliteScripts.All);
        using var transaction = database.BeginWrite();
        var owner = database.Number("pragma application_id");
        if (owner != ApplicationId && (owner != 0 || database.Number("select count(*) from sqlite_master") > 0))
            throw new StoreException(
                $"{path} belongs to another program. Name another file for the monitoring tables in the plan; tables that you have already are "
                    + "extended in place on MySQL only.");
        var version = database.Number("pragma user_version");
        scripts.RefuseNewer(version, path);
        if (version > 0)
            scripts.RefuseChanged(session, path);
        var missing = scripts.Migrations.Skip((int)version).ToList();
        foreach (var script in missing)
        {
            database.Execute(scripts.Migration(script));
            scripts.Note(session, script);
        }
        database.Execute($"pragma application_id = {ApplicationId}; pragma user_version = {scripts.Migrations.Count}");
        transaction.Commit();
        return missing;
    }
}
