using System.Runtime.Versioning;
using TagGuard.RealServerTests.Support;

namespace TagGuard.RealServerTests.EndToEnd;

/// <summary>Where the program writes, and who may read it.</summary>
[SupportedOSPlatform("linux")]
public sealed class WrittenFileTests
{
    const UnixFileMode ForFile = UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.GroupRead;
    const UnixFileMode ForFolder = ForFile | UnixFileMode.UserExecute | UnixFileMode.GroupExecute;
    const string Equal =
        "equal: { left: { connection: warehouse, table: dw.tags, partition: data_date, key: userid }, right: { connection: warehouse, table: "
            + "dw.users, partition: data_date, key: userid }, drill: { export: EXPORT } }";

    static CancellationToken Token => TestContext.Current.CancellationToken;

    [Fact]
    public async Task StoreReportAndDifferencesAreForTheUserAndTheGroup()
    {
        using var small = Reconciled("\"diff/{date:yyyyMMdd}.csv\"", "small").Write(SmallWarehouse.First, 1);
        var users = Directory.CreateDirectory(small.FolderOf("users", SmallWarehouse.First)).FullName;
        File.Copy(Path.Combine(small.FolderOf("orders", SmallWarehouse.First), "part-0.parquet"), Path.Combine(users, "part-0.parquet"));
        var plan = Path.Combine(small.Folder, "tagguard.yaml");
        await File.WriteAllTextAsync(
            plan,
            (await File.ReadAllTextAsync(plan, Token)).Replace(
                "dw.users, partition: data_date, key: userid",
                "dw.users, partition: data_date, key: i",
                StringComparison.Ordinal),
            Token);
        (await small.Tagguard.RunAsync("init")).Expect(0);

        await small.Tagguard.RunAsync("run", "--date", "2026-01-01");
        (await small.Tagguard.RunAsync("report", "--date", "2026-01-01", "--out", "out/today.html")).Expect(0);

        foreach (var file in new[] { "tagguard.db", "reports/small-2026-01-01.html", "out/today.html", "diff/20260101.csv" })
            Assert.Equal((file, ForFile), (file, File.GetUnixFileMode(Path.Combine(small.Folder, file))));
        foreach (var folder in new[] { "reports", "out", "diff" })
            Assert.Equal((folder, ForFolder), (folder, File.GetUnixFileMode(Path.Combine(small.Folder, folder))));
    }

    /// <summary>The mail of the night may still lead to it.</summary>
    [Fact]
    public async Task AReportThatIsThereIsMadeTrueByEveryVerbThatJudgesItsDate()
    {
        using var small = new SmallWarehouse().Write(SmallWarehouse.First, 1);
        (await small.Tagguard.RunAsync("init")).Expect(0);
        var file = (string)(await small.Tagguard.RunAsync("run", "--date", "2026-01-01")).Line["report"]!;
        Directory.Delete(small.FolderOf("tags", SmallWarehouse.First), recursive: true);

        await small.Tagguard.RunAsync("tags", "--date", "2026-01-01");

        var gate = await small.Tagguard.RunAsync("gate", "--date", "2026-01-01", "--stage", "tags");
        var report = System.Net.WebUtility.HtmlDecode(await File.ReadAllTextAsync(file, Token));
        var reason = (string)gate.Line["stages"]![0]!["reason"]!;
        Assert.Contains(reason[reason.IndexOf("warehouse (", StringComparison.Ordinal)..].TrimEnd('.'), report, StringComparison.Ordinal);
        Assert.Equal([Path.GetFileName(file), "small.html"], Directory.GetFiles(Path.GetDirectoryName(file)!).Select(Path.GetFileName).Order());
    }

    [Theory]
    [InlineData("\"../{date:yyyyMMdd}.csv\"")]
    [InlineData("\"/tmp/{date:yyyyMMdd}.csv\"")]
    [InlineData("\"diff/{date:yyyy/../../../MM}.csv\"")]
    public async Task AnExportThatLeavesThePlansFolderIsAMistakeOfThePlan(string export)
    {
        using var small = Reconciled(export, "small");

        var refused = (await small.Tagguard.RunAsync("run", "--date", "2026-01-01")).Expect(3);

        Assert.Contains("tagguard.yaml:9:", refused.Error, StringComparison.Ordinal);
    }

    [Fact]
    public async Task AReportStaysInItsFolderWhateverThePlanIsCalled()
    {
        using var small = Reconciled("\"{date:yyyyMMdd}.csv\"", "\"../../outside\"");
        (await small.Tagguard.RunAsync("init")).Expect(0);

        var report = (await small.Tagguard.RunAsync("report", "--date", "2026-01-01")).Expect(0);

        Assert.Equal(Path.Combine(small.Folder, "reports", ".._.._outside-2026-01-01.html"), (string)report.Line["report"]!);
        Assert.True(File.Exists((string)report.Line["report"]!));
    }

    static SmallWarehouse Reconciled(string export, string name) => new($"""
        name: {name}
        connections:
          warehouse: {"{ type: duckdb, path: warehouse }"}
          store: {"{ type: sqlite, path: tagguard.db }"}

        stages:
          sync:
            - name: users
              {Equal.Replace("EXPORT", export, StringComparison.Ordinal)}
        """);
}
