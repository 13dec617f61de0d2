using TagGuard.Adapters.Sqlite;
using TagGuard.Storage;
using TagGuard.StoreContracts;

namespace TagGuard.Tests.Adapters;

/// <summary>A SQLite file in a folder of its own, with a name that has to be quoted.</summary>
public sealed class SqliteTables : IStoreTables
{
    public string Folder { get; } = Directory.CreateTempSubdirectory("tagguard-").FullName;

    public string FileName => Path.Combine(Folder, "tag guard's.db");

    public ValueTask MakeAsync() => ValueTask.CompletedTask;

    public IRunStore Open(TimeProvider clock) => new SqliteRunStore(FileName, clock);

    public string Look(string sql)
    {
        using var database = SqliteDatabase.Open(FileName, Access.Read, TimeSpan.Zero);
        using var query = database.Prepare(sql);
        var rows = new List<string>();
        while (query.Read())
            rows.Add(string.Join('|', Enumerable.Range(0, query.Columns).Select(query.Text)));
        return string.Join(' ', rows);
    }

    public void Run(string sql)
    {
        using var database = SqliteDatabase.Open(FileName, Access.Write, TimeSpan.Zero);
        // Who damages tables by hand is not held up by keys.
        database.Execute("pragma foreign_keys = off");
        database.Execute(sql);
    }

    public ValueTask DisposeAsync()
    {
        Directory.Delete(Folder, recursive: true);
        return ValueTask.CompletedTask;
    }
}
