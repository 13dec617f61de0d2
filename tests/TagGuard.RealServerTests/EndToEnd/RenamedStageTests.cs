using System.Text.RegularExpressions;
using TagGuard.RealServerTests.Support;

namespace TagGuard.RealServerTests.EndToEnd;

/// <summary>A plan whose stages are renamed, or whose checks move, after a date was saved.</summary>
public sealed class RenamedStageTests
{
    const string Tags = """
          tags:
            - name: tag job finished
              rows: { connection: zydb, sql: "select 1 from t_sys_log", equals: 1 }
            - name: steps done
              rows: { connection: zydb, sql: "select 1 from t_step_log", equals: 2 }

        """;

    [Theory]
    [InlineData("  tags:", "  labels:", "upstream labels")]
    [InlineData("    - name: steps done", "  later:\n    - name: steps done", "upstream tags later")]
    public async Task ADateIsRunAndReportedAgainWithEachCheckOnce(string from, string to, string stages)
    {
        using var logs = new LogTables(Tags);
        await logs.Job().Step("load_dw").Step("load_login").InitAsync();
        (await logs.Tagguard.RunAsync("run", "--date", LogTables.Date)).Expect(0);
        var plan = Path.Combine(logs.Folder, "tagguard.yaml");
        var text = await File.ReadAllTextAsync(plan, TestContext.Current.CancellationToken);
        await File.WriteAllTextAsync(plan, text.Replace(from, to, StringComparison.Ordinal), TestContext.Current.CancellationToken);

        (await logs.Tagguard.RunAsync("run", "--date", LogTables.Date)).Expect(0);
        var report = (await logs.Tagguard.RunAsync("report", "--date", LogTables.Date)).Expect(0);
        (await logs.Tagguard.RunAsync("gate", "--date", LogTables.Date)).Expect(0);
        var explained = (await logs.Tagguard.RunAsync("explain", "steps done", "--all", "--date", LogTables.Date)).Expect(0);

        Assert.Single(explained.Line["verdicts"]!.AsArray());
        var html = await File.ReadAllTextAsync((string)report.Line["report"]!, TestContext.Current.CancellationToken);
        Assert.Equal(stages.Split(' '), Regex.Matches(html, "<h3>(\\w+) <span").Select(heading => heading.Groups[1].Value));
    }
}
