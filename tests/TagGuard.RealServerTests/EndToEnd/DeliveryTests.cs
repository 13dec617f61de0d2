using System.Diagnostics;
using TagGuard.Adapters.Sqlite;
using TagGuard.RealServerTests.Support;

namespace TagGuard.RealServerTests.EndToEnd;

/// <summary>What the built program writes after the save: where it cannot, it says so, and verdict, gate and exit code are what they were.</summary>
public sealed class DeliveryTests
{
    const string Today = "2026-02-05";

    static readonly DateOnly Last = new(2026, 2, 5);

    /// <summary>A folder that is not to be written to, whoever runs the tests: a file is in its place, or the file system refuses.</summary>
    public static TheoryData<string> NoFolders => ["reports", "/proc/tagguard"];

    [Theory, MemberData(nameof(NoFolders))]
    public async Task AReportThatCannotBeWrittenDoesNotTurnBadDataIntoAFailureOfOurs(string folder)
    {
        using var small = await WarehouseAsync(lost: true);
        File.WriteAllText(Path.Combine(small.Folder, "reports"), "");

        var run = (await small.Tagguard.RunAsync("run", "--date", Today, "--report", Path.Combine(folder, "report.html"))).Expect(1);

        var undelivered = Assert.Single(run.Line["not_delivered"]!.AsArray())!;
        Assert.Equal("The report", (string)undelivered["what"]!);
        Assert.Contains(folder, (string)undelivered["reason"]!, StringComparison.Ordinal);
        Assert.Null(run.Line["report"]);
        Assert.Contains("NOTE   The report was not delivered: ", run.Error, StringComparison.Ordinal);
        Assert.Equal("bad_data", (await small.Tagguard.RunAsync("gate", "--stage", "tags", "--date", Today)).Expect(1).StandingOf("tags"));
    }

    [Fact]
    public async Task AnEarlierReportDoesNotLookCurrentWhenALaterRunBreaksOff()
    {
        using var small = await WarehouseAsync(lost: false);
        var report = (string)(await small.Tagguard.RunAsync("run", "--date", Today)).Expect(0).Line["report"]!;
        var good = await File.ReadAllTextAsync(report, TestContext.Current.CancellationToken);
        // A store that breaks under a run, as a full disk does.
        using (var store = SqliteDatabase.Open(Path.Combine(small.Folder, "tagguard.db"), Access.Write, TimeSpan.FromSeconds(5)))
            store.Execute("create trigger broken before insert on verdict begin select raise(abort, 'broken'); end");

        (await small.Tagguard.RunAsync("run", "--date", Today)).Expect(5);

        var now = await File.ReadAllTextAsync(report, TestContext.Current.CancellationToken);
        Assert.DoesNotContain("run not finished", good, StringComparison.Ordinal);
        Assert.Contains("closed: run not finished", now, StringComparison.Ordinal);
    }

    [Fact]
    public async Task AReportThatCannotBeWrittenKeepsNoGateClosed()
    {
        using var small = await WarehouseAsync(lost: false);
        File.WriteAllText(Path.Combine(small.Folder, "reports"), "");

        var run = (await small.Tagguard.RunAsync("run", "--date", Today)).Expect(0);

        Assert.Single(run.Line["not_delivered"]!.AsArray());
        (await small.Tagguard.RunAsync("gate", "--date", Today)).Expect(0);
        // Asked for by itself, it is what was asked for: then it is a failure.
        (await small.Tagguard.RunAsync("report", "--date", Today)).Expect(5);
    }

    [Fact]
    public async Task AFileOfKeysThatCannotBeWrittenChangesNothingElse()
    {
        using var small = new SmallWarehouse("""
            name: small
            connections:
              warehouse: { type: duckdb, path: warehouse }
              copy: { type: duckdb, path: copy }
              store: { type: sqlite, path: tagguard.db }
            stages:
              sync:
                - name: copied
                  equal:
                    left: { connection: warehouse, table: dw.tags, partition: data_date, key: userid }
                    right: { connection: copy, table: dw.tags, partition: data_date, key: userid }
                    drill: { export: "diff/{date:yyyyMMdd}.csv" }
            """).Write(SmallWarehouse.First, 1, keep: "u <> 7");
        Directory.Move(Path.Combine(small.Folder, "warehouse"), Path.Combine(small.Folder, "copy"));
        small.Write(SmallWarehouse.First, 1);
        File.WriteAllText(Path.Combine(small.Folder, "diff"), "");
        (await small.Tagguard.RunAsync("init")).Expect(0);

        var run = (await small.Tagguard.RunAsync("run", "--date", "2026-01-01")).Expect(1);

        var undelivered = Assert.Single(run.Line["not_delivered"]!.AsArray())!;
        Assert.StartsWith("diff/20260101.csv could not be written: ", (string)undelivered["reason"]!, StringComparison.Ordinal);
        Assert.Contains("1 missing there (u7)", Assert.Single(run.Line["stages"]![0]!["incidents"]!.AsArray())!.ToString(), StringComparison.Ordinal);
        Assert.True(File.Exists((string)run.Line["report"]!));

        File.Delete(Path.Combine(small.Folder, "diff"));
        run = (await small.Tagguard.RunAsync("reconcile", "--date", "2026-01-01")).Expect(1);

        Assert.Null(run.Line["not_delivered"]);
        Assert.Equal(["difference,key", "missing there,u7"], File.ReadLines(Path.Combine(small.Folder, "diff", "20260101.csv")));
    }

    [Theory]
    [InlineData("run")]
    [InlineData("gate")]
    public async Task ALogOnAFullDiskChangesNoExitCode(string verb)
    {
        using var small = await WarehouseAsync(lost: true);
        (await small.Tagguard.RunAsync("run", "--date", Today)).Expect(1);
        var start = new ProcessStartInfo("sh", ["-c", $"exec dotnet '{Tagguard.Program}' {verb} --date {Today} 2>/dev/full"])
        {
            WorkingDirectory = small.Folder,
            RedirectStandardOutput = true,
            RedirectStandardError = true,
        };

        using var process = Process.Start(start)!;

        (await Tagguard.EndOfAsync(process)).Expect(1);
    }

    /// <summary>Five good weeks, and a day on which a family of tags is there or not.</summary>
    static async Task<SmallWarehouse> WarehouseAsync(bool lost)
    {
        var days = Last.DayNumber - SmallWarehouse.First.DayNumber;
        var small = new SmallWarehouse().Write(SmallWarehouse.First, days).Write(Last, 1, lost ? "k not like 'T001%'" : "true");
        return await small.BackfilledAsync(Last.AddDays(-1));
    }
}
