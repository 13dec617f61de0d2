using System.Diagnostics;
using System.Globalization;
using TagGuard.RealServerTests.Support;

namespace TagGuard.RealServerTests.EndToEnd;

/// <summary>Sources that never answer: a check's `timeout` and a signal end the wait all the same.
/// A pipe that nobody writes to stands for a mount that is gone.</summary>
public sealed class BlockingSourceTests
{
    const string Next = """

          later:
            - name: quick
              rows: { connection: zydb, sql: "select 1", equals: 1 }
        """;

    static CancellationToken Token => TestContext.Current.CancellationToken;

    [Fact]
    public async Task APipeInPlaceOfAnExportIsRefusedAndTheNextStageIsJudged()
    {
        using var logs = new LogTables(Stage("""
            export: { connection: files, file: "x_{date:yyyyMMdd}.csv", header: [id] }
            """) + Next, "  files: { type: files, path: . }\n");
        await MakePipeAsync(logs.Folder, "x_20261120.csv");
        await logs.InitAsync();

        var run = (await logs.Job().Step("load_dw").Step("load_login").Tagguard.RunAsync("run", "--date", LogTables.Date)).Expect(2);

        Assert.Contains("is a pipe, socket or device", run.Error, StringComparison.Ordinal);
        Assert.Equal("1", logs.Stored("select count(*) from run_stage where stage = 'later'"));
    }

    [Theory]
    [InlineData("select count(*) from read_csv('{folder}/pipe.csv')")]
    [InlineData("select count(*) from range(1000000000000) t(i) where hash(i) = 1")]
    public async Task ACheckThatBlocksEndsWithItsTimeoutAndTheNextStageIsJudged(string sql)
    {
        using var logs = await BlockedAsync(sql, "2s");

        var run = (await logs.Tagguard.RunAsync("run", "--date", LogTables.Date)).Expect(2);

        Assert.Contains("No answer within 00:00:02", run.Error, StringComparison.Ordinal);
        Assert.Equal("blocked|later|upstream", logs.Stored("select distinct stage from run_stage order by stage"));
        Assert.Equal("unknown", logs.Stored("select lower(verdict) from verdict where check_name = 'blocks'"));
        Assert.Equal("", logs.Stored("select run_id from run_lock"));
        Assert.Equal("could_not_tell", (await logs.Tagguard.RunAsync("gate", "--date", LogTables.Date)).StandingOf("blocked"));
    }

    [Theory]
    [InlineData("select count(*) from read_csv('{folder}/pipe.csv')", "TERM")]
    [InlineData("select count(*) from read_csv('{folder}/pipe.csv')", "INT")]
    [InlineData("select count(*) from range(1000000000000) t(i) where hash(i) = 1", "TERM")]
    [InlineData("select list_sum(list_transform(range(400000000), lambda x: x + 1))", "TERM")]
    public async Task ASignalEndsARunThatBlocksInNativeCode(string sql, string signal)
    {
        using var logs = await BlockedAsync(sql, "10m");
        using var process = logs.Tagguard.Start("run", "--date", LogTables.Date);
        await process.StandardError.ReadLineUntilAsync(line => line.Contains($" upstream {LogTables.Date}:", StringComparison.Ordinal));

        using var kill = Process.Start("kill", [$"-{signal}", process.Id.ToString(CultureInfo.InvariantCulture)]);
        var outcome = (await Tagguard.EndOfAsync(process)).Expect(4);

        Assert.Contains("Interrupted", (string)outcome.Line["error"]!, StringComparison.Ordinal);
        Assert.Equal("running", (await logs.Tagguard.RunAsync("gate", "--date", LogTables.Date)).StandingOf("blocked"));
        // Its date is free: another run need not wait.
        (await logs.Tagguard.RunAsync("upstream", "--date", LogTables.Date)).Expect(0);
    }

    [Fact]
    public async Task DoctorGoesOnWhenASourceBlocks()
    {
        using var logs = new LogTables("", "  pipe: { type: duckdb, path: pipe.duckdb }\n  files: { type: files, path: . }\n");
        await MakePipeAsync(logs.Folder, "pipe.duckdb");
        await logs.InitAsync();

        Assert.Equal("pipe", (string)(await logs.Tagguard.RunAsync("doctor")).Expect(3).Line["faults"]!);
    }

    static string Stage(string check) => $"  blocked:\n    - name: blocks\n      {check.Trim()}\n";

    static async Task<LogTables> BlockedAsync(string sql, string timeout)
    {
        var logs = new LogTables("", "  warehouse: { type: duckdb, path: . }\n");
        var plan = Path.Combine(logs.Folder, "tagguard.yaml");
        var check =
            $"rows: {{ connection: warehouse, sql: \"{sql.Replace("{folder}", logs.Folder, StringComparison.Ordinal)}\", equals: 1 }}\n      "
                + $"timeout: {timeout}";
        await File.AppendAllTextAsync(plan, Stage(check) + Next.TrimStart('\n'), Token);
        await MakePipeAsync(logs.Folder, "pipe.csv");
        return await logs.Job().Step("load_dw").Step("load_login").InitAsync();
    }

    static async Task MakePipeAsync(string folder, string name)
    {
        using var make = Process.Start("mkfifo", [Path.Combine(folder, name)]);
        await make.WaitForExitAsync(Token);
    }
}
