using TagGuard.RealServerTests.Support;

namespace TagGuard.RealServerTests.HBase;

/// <summary>The built program, with a service's table in the real HBase.</summary>
[Collection("HBase")]
public sealed class HBasePlanTests(Engines engines) : HBaseTables(engines)
{
    const string Date = "2026-01-02";

    [Fact]
    public async Task ATableOfTheDayIsComparedWithTheWarehouse()
    {
        using var small = new SmallWarehouse().Write(SmallWarehouse.First, 2);
        await WritePlanAsync(
            small,
            "{ connection: warehouse, table: dw.tags, partition: data_date }",
            $"{{ connection: hbase, table: \"{Table}_{{date:yyyyMMdd}}\", scan: {{ prefix: u }} }}");
        (await small.Tagguard.RunAsync("init", "--plan", "hbase.yaml")).Expect(0);
        var dry = (await Run("reconcile", "--dry-run")).Expect(0);
        var missing = await Run("reconcile");
        await Tool.CreateAsync(Table + "_20260102", "u2", "u4");
        await Tool.FillAsync(Table + "_20260102", 0, SmallWarehouse.FirstUsers + 1, "u%d");
        await Tool.FillAsync(Table + "_20260102", 0, 9, "v%d");
        try
        {
            var doctor = (await small.Tagguard.RunAsync("doctor", "--plan", "hbase.yaml")).Expect(0);
            var whole = (await Run("reconcile")).Expect(0);
            await Tool.RunAsync("delete", Table + "_20260102", "50", "55", "u%d");
            var less = (await Run("reconcile")).Expect(1);

            Assert.Contains($"{Table}_20260102/regions", dry.Output + dry.Error, StringComparison.Ordinal);
            Assert.Contains($"Table {Table}_20260102 is not there.", missing.Error, StringComparison.Ordinal);
            Assert.NotEqual(0, missing.Exit);
            Assert.Contains("HBase 2.", doctor.Error, StringComparison.Ordinal);
            Assert.Contains("open", whole.Error, StringComparison.Ordinal);
            Assert.Contains("hbase holds 396, warehouse 401: 5 fewer", less.Error, StringComparison.Ordinal);
        }
        finally
        {
            await Tool.RunAsync("drop", Table + "_20260102");
        }

        Task<Outcome> Run(params string[] verb) => small.Tagguard.RunAsync([.. verb, "--plan", "hbase.yaml", "--date", Date]);
    }

    [Fact]
    public async Task ASliceThatTheSyncLostIsNamedByItsKeysAndClosesTheGate()
    {
        using var small = new SmallWarehouse().Write(SmallWarehouse.First, 2);
        await WritePlanAsync(
            small,
            "{ connection: warehouse, table: dw.tags, partition: data_date, key: \"(lpad(substr(userid, 2), 5, '0'))\" }",
            $"{{ connection: hbase, table: \"{Table}_{{date:yyyyMMdd}}\", key: \"after(rowkey, '_')\" }}");
        (await small.Tagguard.RunAsync("init", "--plan", "hbase.yaml")).Expect(0);
        var table = Table + "_20260102";
        await Tool.CreateAsync(table, "s_00100", "s_00300");
        await Tool.FillAsync(table, 0, SmallWarehouse.FirstUsers + 1, "s_%05d");
        await Tool.RunAsync("delete", table, "150", "250", "s_%05d");

        var run = (await small.Tagguard.RunAsync("run", "--plan", "hbase.yaml", "--date", Date)).Expect(1);
        var gate = (await small.Tagguard.RunAsync("gate", "--plan", "hbase.yaml", "--date", Date, "--stage", "sync")).Expect(1);
        var report = System.Net.WebUtility.HtmlDecode(await File.ReadAllTextAsync((string)run.Line["report"]!, Token));

        const string Slice = "A slice was not synced: hbase has none of the keys 00150 … 00249 (100 of them were looked at).";
        Assert.Contains("hbase holds 301, warehouse 401: 100 fewer", gate.Output, StringComparison.Ordinal);
        Assert.Contains(Slice, report, StringComparison.Ordinal);
        Assert.Contains("100 missing there", report, StringComparison.Ordinal);
        Assert.Contains("0 extra there", report, StringComparison.Ordinal);
    }

    [Fact]
    public async Task ValuesAreComparedByFamilyAndQualifier()
    {
        using var small = new SmallWarehouse().Write(SmallWarehouse.First, 2);
        await WritePlanAsync(
            small,
            "{ connection: warehouse, table: dw.tags, partition: data_date, key: userid, columns: [\"('v' || substr(userid, 2))\"] }",
            $"{{ connection: hbase, table: \"{Table}_{{date:yyyyMMdd}}\", key: rowkey, columns: [\"f:a\"] }}\n        compare: rows");
        (await small.Tagguard.RunAsync("init", "--plan", "hbase.yaml")).Expect(0);
        var table = Table + "_20260102";
        await Tool.CreateAsync(table, "u2");
        await Tool.FillAsync(table, 0, SmallWarehouse.FirstUsers + 1, "u%d");
        // Another qualifier and another family do not matter.
        await Tool.FillAsync(table, 0, 50, "u%d", "f:b", "other%d");
        await Tool.FillAsync(table, 0, 50, "u%d", "g:a", "other%d");
        try
        {
            (await small.Tagguard.RunAsync("reconcile", "--plan", "hbase.yaml", "--date", Date)).Expect(0);
            await Tool.FillAsync(table, 7, 9, "u%d", "f:a", "x%d");

            var differ = (await small.Tagguard.RunAsync("reconcile", "--plan", "hbase.yaml", "--date", Date)).Expect(1);

            Assert.Contains("0 missing there, 0 extra there, 2 different (u7, u8)", differ.Output, StringComparison.Ordinal);
        }
        finally
        {
            await Tool.RunAsync("drop", table);
        }
    }

    [Fact]
    public async Task RowsThatYesterdaysSyncLeftAreToldByWhenTheyWereWritten()
    {
        using var small = new SmallWarehouse().Write(SmallWarehouse.First, 2);
        await WritePlanAsync(
            small,
            "{ connection: warehouse, table: dw.tags, partition: data_date, key: userid }",
            $"{{ connection: hbase, table: \"{Table}_{{date:yyyyMMdd}}\", key: rowkey }}");
        (await small.Tagguard.RunAsync("init", "--plan", "hbase.yaml")).Expect(0);
        var table = Table + "_20260102";
        await Tool.CreateAsync(table, "u2");
        var night = new DateTimeOffset(2026, 1, 3, 2, 0, 0, TimeSpan.Zero);
        await Tool.FillAsync(table, 0, SmallWarehouse.FirstUsers + 1, "u%d", written: night);
        await Tool.FillAsync(table, 900, 912, "u%d", written: night.AddDays(-1));
        try
        {
            var left = (await small.Tagguard.RunAsync("reconcile", "--plan", "hbase.yaml", "--date", Date)).Expect(1);

            Assert.Contains("hbase holds 413, warehouse 401: 12 more", left.Output, StringComparison.Ordinal);
            Assert.Contains(
                "12 extra there are left over from an earlier sync: all were written before the other rows of hbase, the newest at 2026-01-02 "
                    + "02:00:00 UTC.",
                left.Output + left.Error,
                StringComparison.Ordinal);
        }
        finally
        {
            await Tool.RunAsync("drop", table);
        }
    }

    [Fact]
    public async Task ASyncThatStartedBeforeTheTagsWereFinishedIsToldByItsRowsAndTheMarker()
    {
        using var small = new SmallWarehouse().Write(SmallWarehouse.First, 2);
        await WritePlanAsync(
            small,
            "{ connection: warehouse, table: dw.tags, partition: data_date, key: userid }",
            $"{{ connection: hbase, table: \"{Table}_{{date:yyyyMMdd}}\", key: rowkey }}\n"
                + "        finished: { connection: files, path: \"{date:yyyyMMdd}_SUCCESS\" }");
        (await small.Tagguard.RunAsync("init", "--plan", "hbase.yaml")).Expect(0);
        var marker = Path.Combine(small.Folder, "20260102_SUCCESS");
        await File.WriteAllTextAsync(marker, "", Token);
        File.SetLastWriteTimeUtc(marker, new DateTime(2026, 1, 3, 2, 40, 0));
        var table = Table + "_20260102";
        await Tool.CreateAsync(table, "u2");
        await Tool.FillAsync(table, 0, SmallWarehouse.FirstUsers - 6, "u%d", written: new(2026, 1, 3, 2, 0, 0, TimeSpan.Zero));
        try
        {
            var run = (await small.Tagguard.RunAsync("run", "--plan", "hbase.yaml", "--date", Date)).Expect(1);
            var report = System.Net.WebUtility.HtmlDecode(await File.ReadAllTextAsync((string)run.Line["report"]!, Token));

            Assert.Contains("The sync started 40 minutes before warehouse was finished", report, StringComparison.Ordinal);
            Assert.Contains("The sync started at 02:00; warehouse was finished at 02:40.", report, StringComparison.Ordinal);
        }
        finally
        {
            await Tool.RunAsync("drop", table);
        }
    }

    [Fact]
    public async Task SqlAndPartitionsAreRefusedWithTheirPlace()
    {
        using var small = new SmallWarehouse();
        await File.WriteAllTextAsync(Path.Combine(small.Folder, "hbase.yaml"), $$"""
            name: sync
            connections:
              warehouse: { type: duckdb, path: warehouse }
              hbase: { type: hbase-rest, urls: ["{{Gateway}}"] }
              store: { type: sqlite, path: hbase.db }
            stages:
              sync:
                - name: offline
                  equal:
                    left: { connection: warehouse, table: dw.tags, partition: data_date, scan: { prefix: u } }
                    right: { connection: hbase, table: t, partition: data_date, where: "a = 1" }
            """, Token);

        var told = (await small.Tagguard.RunAsync("doctor", "--plan", "hbase.yaml")).Expect(3);

        Assert.Contains("hbase.yaml:11", told.Error, StringComparison.Ordinal);
        Assert.Contains("A table of HBase has no partitions", told.Error, StringComparison.Ordinal);
        Assert.Contains("HBase knows no SQL", told.Error, StringComparison.Ordinal);
        Assert.Contains("connection of type hbase-rest", told.Error, StringComparison.Ordinal);
    }

    static Task WritePlanAsync(SmallWarehouse small, string left, string right) => File.WriteAllTextAsync(
        Path.Combine(small.Folder, "hbase.yaml"),
        $$"""
        name: sync
        timezone: UTC
        connections:
          warehouse: { type: duckdb, path: warehouse }
          hbase: { type: hbase-rest, urls: ["http://127.0.0.1:1", "{{Gateway}}"], timeout: 10s, retry_for: 20s }
          files: { type: files, path: . }
          store: { type: sqlite, path: hbase.db }
        stages:
          sync:
            - name: userprofile_offline
              equal:
                left: {{left}}
                right: {{right}}
        """,
        Token);
}
