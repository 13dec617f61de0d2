using System.Text;
using TagGuard.Keys;
using TagGuard.Storage;

namespace TagGuard.Adapters.Storage;

/// <summary>The texts of a database's folder under sql, which travel inside the assembly.</summary>
/// <param name="folder">The folder: `sql/sqlite/`.</param>
/// <param name="migrations">The scripts that make the tables, in their order. Forward only: a script that was released is never changed.</param>
sealed class StoreScripts(string folder, params IReadOnlyList<string> migrations)
{
    public IReadOnlyList<string> Migrations => migrations;

    /// <summary>A statement of the database's own dialect, or else the one that all databases share.</summary>
    public string Query(string name) => Find($"{folder}queries/{name}.sql") ?? Read($"sql/queries/{name}.sql");

    public string Migration(string script) => Read(folder + script);

    /// <summary>Hash of a script's text, whatever its line ends.</summary>
    public static string HashOf(string text) => Convert.ToHexStringLower(Sha256.HashData(Encoding.UTF8.GetBytes(text.ReplaceLineEndings("\n"))));

    /// <summary>Refuses tables that this program is too old or too new for.</summary>
    /// <param name="version">How many scripts were applied.</param>
    /// <param name="place">Where the tables are.</param>
    public void Need(long version, string place)
    {
        if (version < migrations.Count)
            throw new StoreException(
                $"{place} was made by an older TagGuard (schema {version}, this one needs {migrations.Count}). Run `tagguard init`.");
        RefuseNewer(version, place);
    }

    public void RefuseNewer(long version, string place)
    {
        if (version > migrations.Count)
        {
            throw new StoreException(
                $"{place} was made by a newer TagGuard (schema {version}, this one knows {migrations.Count}). Update tagguard on this machine.");
        }
    }

    /// <summary>Refuses tables that were made by scripts of the same names and other texts. Returns how many scripts were applied.</summary>
    public int RefuseChanged(StoreSession session, string place)
    {
        var count = 0;
        using var applied = session.Query("schema_versions");
        for (; applied.Read(); count++)
        {
            var script = applied.Text(0);
            if (migrations.Contains(script) && applied.Text(1) != HashOf(Migration(script)))
            {
                throw new StoreException(
                    $"{script} was changed after it was applied to {place}. Use the TagGuard that made the tables; changes belong in a new "
                        + "script.");
            }
        }
        return count;
    }

    /// <summary>Notes that a script was applied.</summary>
    public void Note(StoreSession session, string script)
    {
        using var note = session
            .Query("schema_version_add")
            .Set("@script", script)
            .Set("@sha256", HashOf(Migration(script)))
            .Set("@now", session.Now);
        note.Run();
    }

    static string Read(string name) =>
        Find(name) ?? throw new InvalidOperationException($"{name} is not embedded in {typeof(StoreScripts).Assembly.GetName().Name}.");

    static string? Find(string name)
    {
        using var stream = typeof(StoreScripts).Assembly.GetManifestResourceStream(name);
        if (stream is null)
            return null;
        using var reader = new StreamReader(stream);
        return reader.ReadToEnd();
    }
}
