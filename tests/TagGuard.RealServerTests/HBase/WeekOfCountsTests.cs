using System.Globalization;
using TagGuard.Adapters.Sqlite;
using TagGuard.RealServerTests.Support;

namespace TagGuard.RealServerTests.HBase;

/// <summary>Eight dates of a service in the real HBase: its rows of tag_email_monitor, and the week before the last date as Chromium shows it.
/// </summary>
[Collection("HBase")]
public sealed class WeekOfCountsTests(Engines engines) : HBaseTables(engines)
{
    const int Dates = 8;

    static readonly DateOnly Last = SmallWarehouse.First.AddDays(Dates - 1);

    [Fact]
    public async Task SevenDaysOfAServiceStandInTheMonitorTableAndInTheReport()
    {
        using var small = new SmallWarehouse(Checks).Write(SmallWarehouse.First, Dates);
        (await small.Tagguard.RunAsync("init")).Expect(0);
        await Tool.CreateAsync(Table, "20260105");
        for (var day = 0; day < Dates; day++)
            await Tool.FillAsync(Table, Lost(day), SmallWarehouse.FirstUsers + day, $"{Of(day):yyyyMMdd}_u%d");

        await small.Tagguard.RunAsync("backfill", "--from", $"{SmallWarehouse.First:yyyy-MM-dd}", "--to", $"{Last:yyyy-MM-dd}");
        var report = (await small.Tagguard.RunAsync("report", "--date", $"{Last:yyyy-MM-dd}", "--preview")).Expect(0);

        Assert.Equal(
            Enumerable.Range(0, Dates).Select(day => string.Create(
                CultureInfo.InvariantCulture,
                $"{Of(day):yyyy-MM-dd} userprofile_offline {400 + day} {400 + day - Lost(day)} {(Lost(day) == 0 ? 1 : 0)}")),
            Monitored(small));
        var folder = Path.GetDirectoryName((string)report.Line["report"]!)!;
        await using var pages = new Pages();
        await pages.InitializeAsync();
        var mail = await pages.TextAsync(Directory.GetFiles(folder, $"*{Last:yyyy-MM-dd}.mail.html").Single());
        var whole = await pages.TextAsync((string)report.Line["report"]!);
        for (var day = 0; day < Dates - 1; day++)
            Assert.Matches($@"{Of(day):MM-dd}\s+{(Lost(day) == 0 ? "=" : $"−{Lost(day)}")}", mail);
        Assert.Matches(@"userprofile_offline\s+407\s+405\s+−2", mail);
        Assert.Contains("userprofile_offline rows on the right", whole, StringComparison.Ordinal);
    }

    /// <summary>Rows that the sync of a date loses.</summary>
    static int Lost(int day) => day switch { 2 => 5, Dates - 1 => 2, _ => 0 };

    static DateOnly Of(int day) => SmallWarehouse.First.AddDays(day);

    static List<string> Monitored(SmallWarehouse small)
    {
        using var store = SqliteDatabase.Open(Path.Combine(small.Folder, "tagguard.db"), Access.Read, TimeSpan.FromSeconds(5));
        using var query = store.Prepare(
            "select date || ' ' || service_type || ' ' || hive_count || ' ' || hbase_count || ' ' || ok from tag_email_monitor order by date");
        var rows = new List<string>();
        while (query.Read())
            rows.Add(query.Text(0));
        return rows;
    }

    string Checks => $$"""
        name: week
        timezone: UTC
        connections:
          warehouse: { type: duckdb, path: warehouse }
          hbase: { type: hbase-rest, urls: ["{{Gateway}}"] }
          store: { type: sqlite, path: tagguard.db }
        notify: { mail: { from: tagguard@example.com, to: [duty@example.com] } }
        stages:
          sync:
            - name: userprofile_offline
              equal:
                left: { connection: warehouse, table: dw.tags, partition: data_date }
                right: { connection: hbase, table: {{Table}}, scan: { prefix: "{date:yyyyMMdd}_" } }
        """;

    sealed class Pages : InBrowser
    {
        /// <summary>What a page shows, with all that is folded opened.</summary>
        public async Task<string> TextAsync(string file)
        {
            var page = await Browser.NewPageAsync();
            await page.GotoAsync("file://" + file);
            await page.EvaluateAsync("document.querySelectorAll('details').forEach(one => one.open = true)");
            if (Environment.GetEnvironmentVariable("TAGGUARD_SCREENSHOTS") is { } folder)
                await page.ScreenshotAsync(new() { Path = Path.Combine(folder, Path.GetFileName(file) + ".png"), FullPage = true });
            return await page.InnerTextAsync("body");
        }
    }
}
