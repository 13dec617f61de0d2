using TagGuard.Adapters.DuckDb;
using TagGuard.Adapters.Sqlite;

namespace TagGuard.Tests.Storage;

public sealed class NativeLibraryTests
{
    [Fact]
    public void DuckDbAndSqliteAreThoseBesideTheProgramNotTheSystems()
    {
        using var duckDb = new DuckDbDatabase(null, new Dictionary<string, string>());
        using var sqlite = SqliteDatabase.Open(":memory:", Access.Create, TimeSpan.Zero);

        // The path is the last field of a line.
        var loaded = File.ReadLines("/proc/self/maps")
            .Select(line => line[(line.LastIndexOf(' ') + 1)..])
            .Where(path => path.Contains("sqlite3.so", StringComparison.Ordinal) || path.Contains("duckdb.so", StringComparison.Ordinal))
            .Distinct()
            .Order()
            .ToList();

        Assert.Equal([Path.Combine(AppContext.BaseDirectory, "libduckdb.so"), Path.Combine(AppContext.BaseDirectory, "libe_sqlite3.so")], loaded);
    }
}
