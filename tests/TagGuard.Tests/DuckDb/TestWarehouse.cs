using TagGuard.Adapters.DuckDb;
using TagGuard.Facts;
using TagGuard.Sources;

namespace TagGuard.Tests.DuckDb;

/// <summary>A small warehouse folder in Hive layout that is deleted afterwards.</summary>
sealed class TestWarehouse : IDisposable
{
    public string Folder { get; } = Directory.CreateTempSubdirectory("tagguard-test-").FullName;

    /// <summary>Writes a partition from a SELECT.</summary>
    public TestWarehouse Partition(string table, string value, string select, string file = "part-0.parquet")
    {
        var (schema, name) = (table.Split('.')[0], table.Split('.')[1]);
        var folder = Directory.CreateDirectory(Path.Combine(Folder, schema + ".db", name, "data_date=" + value)).FullName;
        return Copy(select, Path.Combine(folder, file));
    }

    public TestWarehouse Copy(string select, string file)
    {
        Run(null, $"copy ({select}) to '{file}' {(file.EndsWith(".csv", StringComparison.Ordinal) ? "(header)" : "(format parquet)")}");
        return this;
    }

    public static void Run(string? database, params string[] statements)
    {
        using var session = new DuckDbDatabase(database, new Dictionary<string, string>());
        foreach (var statement in statements)
            session.Execute(statement, TestContext.Current.CancellationToken);
    }

    /// <summary>The folder as a source, or a file in it.</summary>
    public T Open<T>(string path = "") where T : ISource =>
        (T)new DuckDbConnectionPlan { Path = Path.Combine(Folder, path) }.Open("warehouse", Folder, TimeProvider.System);

    public async Task<Volumes> VolumesOfAsync(
        string table,
        string value,
        string tags,
        ActiveQuery? active = null,
        string? where = null,
        string user = "userid",
        int? values = null,
        TagFamilies? families = null)
    {
        await using var source = Open<IVolumeSource>();
        var query = new VolumeQuery(new TablePart(table, "data_date", value, where), user, tags, active)
        {
            ValuesAtMost = values,
            Families = families ?? TagFamilies.Guessed,
        };
        return await source.CountVolumesAsync(query, null, TestContext.Current.CancellationToken);
    }

    public void Dispose() => Directory.Delete(Folder, recursive: true);
}
