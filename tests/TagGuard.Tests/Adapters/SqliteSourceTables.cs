using TagGuard.Adapters.Sources.Sql;
using TagGuard.Adapters.Sqlite;
using TagGuard.SourceContracts;
using TagGuard.Sources;

namespace TagGuard.Tests.Adapters;

/// <summary>A SQLite file in a folder of its own.</summary>
public sealed class SqliteSourceTables : ISourceTables
{
    readonly string _folder = Directory.CreateTempSubdirectory("tagguard-").FullName;

    string FileName => Path.Combine(_folder, "service's.db");

    public string Endless => "with recursive n(i) as (select 1 union all select i + 1 from n) select max(i) from n";

    public ValueTask MakeAsync() => ValueTask.CompletedTask;

    public async Task AddAsync(SourceTable table)
    {
        await Task.CompletedTask;
        using var database = SqliteDatabase.Open(FileName, Access.Create, TimeSpan.Zero);
        foreach (var statement in SourceScript.Of(table, Quoted, TypeOf, text => $"cast(x'{text}' as text)", bytes => $"x'{bytes}'"))
            database.Execute(statement);
    }

    public ISource Open() => new SqlSource<SqliteSession>("source", new SqliteWire(FileName, TimeSpan.Zero));

    public ValueTask<IAsyncDisposable> DisturbAsync()
    {
        var writer = SqliteDatabase.Open(FileName, Access.Write, TimeSpan.Zero);
        writer.Execute("begin exclusive");
        return ValueTask.FromResult<IAsyncDisposable>(new Disturbance(writer.Dispose));
    }

    public ValueTask DisposeAsync()
    {
        Directory.Delete(_folder, recursive: true);
        return ValueTask.CompletedTask;
    }

    static string Quoted(string name) => $"\"{name.Replace("\"", "\"\"", StringComparison.Ordinal)}\"";

    static string TypeOf(ColumnKind kind) => kind is ColumnKind.Whole or ColumnKind.Boolean ? "integer" : kind == ColumnKind.Bytes ? "blob" : "text";
}
