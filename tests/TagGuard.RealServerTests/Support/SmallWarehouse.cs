using System.Globalization;
using TagGuard.Adapters.DuckDb;

namespace TagGuard.RealServerTests.Support;

/// <summary>A warehouse of 40 tags and some hundred users that grow a little every day, with a plan for it; deleted afterwards.</summary>
sealed class SmallWarehouse : IDisposable
{
    /// <summary>The first business date with data.</summary>
    public static readonly DateOnly First = new(2026, 1, 1);

    /// <summary>Users of the first date; each later one has one more: u0, u1, ….</summary>
    public const int FirstUsers = 400;

    public SmallWarehouse(string? plan = null)
    {
        File.WriteAllText(Path.Combine(Folder, "tagguard.yaml"), plan ?? Plan);
        Tagguard = new Tagguard(Folder);
    }

    public string Folder { get; } = Directory.CreateTempSubdirectory("tagguard-e2e-").FullName;

    public Tagguard Tagguard { get; }

    public const string Plan = """
        name: small
        connections:
          warehouse: { type: duckdb, path: warehouse }
          marks: { type: files, path: warehouse }
          store: { type: sqlite, path: tagguard.db }
        stages:
          upstream:
            - name: orders landed
              path: { connection: marks, path: "dw.db/orders/data_date={date:yyyyMMdd}/_SUCCESS", deadline: "08:00" }
            - name: orders are whole
              count: { connection: warehouse, table: dw.orders, partition: data_date, rule: { change: { avg_last: 7d, fail: -30% } } }
          tags:
            - name: user tags
              volume: { connection: warehouse, table: dw.tags, partition: data_date, user: userid, tags: tagmap }
              judge: { baseline: { min_users: 20 } }
        """;

    /// <summary>Writes the partitions of some dates; <paramref name="keep"/> is a condition
    /// on user `u` and tag `k` that decides what is there.</summary>
    public SmallWarehouse Write(DateOnly first, int days, string keep = "true")
    {
        using var database = new DuckDbDatabase(null, new Dictionary<string, string>());
        for (var date = first; date < first.AddDays(days); date = date.AddDays(1))
        {
            var users = FirstUsers + (date.DayNumber - First.DayNumber);
            // Every user has some 20 tags; which, changes a little from day to day.
            Copy(database, "tags", date, $"""
                select 'u' || u as userid, map_from_entries(list_transform(list(k), lambda t: struct_pack(k := t, v := ''))) as tagmap
                from (select u, printf('T%03dU001_%03d', t // 10, t % 10) as k from range({users}) a(u), range(40) b(t)
                      where (hash(u * 100 + t) % 1000 + hash(u * 100 + t + {date.DayNumber}) % 60) < 500) where {keep} group by u
                """);
            Copy(database, "orders", date, $"select i from range({users * 5}) t(i)");
            var marker = Path.Combine(FolderOf("orders", date), "_SUCCESS");
            File.WriteAllBytes(marker, []);
            File.SetLastWriteTimeUtc(marker, date.AddDays(1).ToDateTime(new TimeOnly(2, 30), DateTimeKind.Utc));
        }
        return this;
    }

    public string FolderOf(string table, DateOnly date) =>
        Path.Combine(Folder, "warehouse", "dw.db", table, "data_date=" + date.ToString("yyyyMMdd", CultureInfo.InvariantCulture));

    /// <summary>Store made and the dates judged.</summary>
    public async Task<SmallWarehouse> BackfilledAsync(DateOnly last)
    {
        (await Tagguard.RunAsync("init")).Expect(0);
        await Tagguard.RunAsync("backfill", "--from", $"{First:yyyy-MM-dd}", "--to", $"{last:yyyy-MM-dd}");
        return this;
    }

    /// <summary>The plan with a text in place of another.</summary>
    public async Task EditPlanAsync(string sound, string other)
    {
        var file = Path.Combine(Folder, "tagguard.yaml");
        var plan = await File.ReadAllTextAsync(file, TestContext.Current.CancellationToken);
        Assert.Contains(sound, plan, StringComparison.Ordinal);
        await File.WriteAllTextAsync(file, plan.Replace(sound, other, StringComparison.Ordinal), TestContext.Current.CancellationToken);
    }

    void Copy(DuckDbDatabase database, string table, DateOnly date, string select)
    {
        var folder = Directory.CreateDirectory(FolderOf(table, date)).FullName;
        database.Execute($"copy ({select}) to '{folder}/part-0.parquet' (format parquet)", CancellationToken.None);
    }

    public void Dispose() => Directory.Delete(Folder, recursive: true);
}
