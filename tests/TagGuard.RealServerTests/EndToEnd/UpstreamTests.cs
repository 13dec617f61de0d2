using System.Diagnostics;
using System.Globalization;
using Microsoft.AspNetCore.Http;
using TagGuard.RealServerTests.Support;

namespace TagGuard.RealServerTests.EndToEnd;

/// <summary>`upstream` on log tables: what is missing, waiting for it, and what ends the wait.</summary>
public sealed class UpstreamTests
{
    const string Date = LogTables.Date;

    [Fact]
    public async Task ALogRowThatIsMissingIsNamedAndExitsWith75()
    {
        using var logs = await new LogTables().Job().Step("load_dw").Step("load_login", "2026-11-19").InitAsync();

        var outcome = (await logs.Tagguard.RunAsync("upstream", "--date", Date)).Expect(75);

        Assert.Contains(
            "t_step_log has no row with data_date = 2026-11-20, step = load_login, remark = done.",
            outcome.Error,
            StringComparison.Ordinal);
        // Each condition has its own verdict, and what is there passes.
        Assert.Equal("Pass|Pass|Fail", logs.Stored("select verdict from verdict order by metric"));
    }

    [Fact]
    public async Task RowsThatArriveWhileItWaitsOpenTheGate()
    {
        using var logs = await new LogTables().Step("load_dw").InitAsync();
        using var process = logs.Tagguard.Start("upstream", "--date", Date, "--wait", "3m", "--poll", "1s");

        await process.StandardError.ReadLineUntilAsync(line => line.StartsWith("waiting for 2, at most", StringComparison.Ordinal));
        Assert.Equal("running", (await logs.Tagguard.RunAsync("gate", "--date", Date)).Expect(2).StandingOf("upstream"));
        logs.Step("load_login");
        await process.StandardError.ReadLineUntilAsync(line => line.StartsWith("waiting for 1, at most", StringComparison.Ordinal));
        logs.Job();

        (await Tagguard.EndOfAsync(process)).Expect(0);
        (await logs.Tagguard.RunAsync("gate", "--date", Date)).Expect(0);
        // Many looks, one attempt.
        Assert.Equal("3", logs.Stored("select count(*) from verdict"));
    }

    [Fact]
    public async Task WhenTheWaitRunsOutItExitsWith75()
    {
        using var logs = await new LogTables().Job().Step("load_dw").InitAsync();

        var outcome = (await logs.Tagguard.RunAsync("upstream", "--date", Date, "--wait", "2s", "--poll", "1s")).Expect(75);

        Assert.Contains("waiting for 1, at most 2 s more:", outcome.Error, StringComparison.Ordinal);
        Assert.Contains("  steps of the load: step = load_login, remark = done: t_step_log has no row", outcome.Error, StringComparison.Ordinal);
        (await logs.Tagguard.RunAsync("gate", "--date", Date)).Expect(75);
    }

    [Theory]
    [InlineData(
        "count: { connection: zydb, table: t_step_log, partition: data_date, partition_value: \"{date:yyyy-MM-dd}\", rule: { expect: { at_least: "
            + "9 } } }",
        "2 rows, at least 9 required: 7 too few")]
    [InlineData(
        "count: { connection: zydb, table: t_step_log, partition: step, partition_value: \"{date:yyyy-MM-dd}\", rule: { expect: { at_least: 1 } } }",
        "has no rows with step = 2026-11-20")]
    [InlineData(
        "freshness: { connection: zydb, sql: \"select max(task_sign) from t_sys_log where task_sign < '2026-11-20'\", max_lag: 1h }",
        "There is no event at all")]
    [InlineData("http: { connection: scheduler, path: /jobs, field: status, equals: SUCCESS }", "did not answer")]
    public async Task WhateverWasWaitedForInVainExitsWith75(string check, string told)
    {
        using var logs = await new LogTables($"    - name: more\n      {check}\n", "  scheduler: { type: http, url: \"http://127.0.0.1:1\" }\n")
            .Job()
            .Step("load_dw")
            .Step("load_login")
            .InitAsync();

        var outcome = (await logs.Tagguard.RunAsync("upstream", "--date", Date, "--wait", "1s", "--poll", "1s")).Expect(75);

        Assert.Contains(told, outcome.Error, StringComparison.Ordinal);
        Assert.Contains("CLOSED upstream 2026-11-20: The wait ran out. more: ", outcome.Error, StringComparison.Ordinal);
    }

    [Fact]
    public async Task AFaultThatTimeDoesNotCureEndsTheWaitAtOnce()
    {
        using var logs = await new LogTables().Job().Job().InitAsync();

        var outcome = (await logs.Tagguard.RunAsync("upstream", "--date", Date, "--wait", "10h")).Expect(1);

        Assert.Contains("2 rows, 1 required: 1 too many.", outcome.Error, StringComparison.Ordinal);
        Assert.DoesNotContain("waiting for", outcome.Error, StringComparison.Ordinal);
    }

    [Fact]
    public async Task RunWaitsInItsStageUpstream()
    {
        using var logs = await new LogTables("  tags:\n    - name: anything\n      rows: { connection: zydb, sql: select 1, equals: 1 }\n")
            .Job()
            .Step("load_dw")
            .InitAsync();
        using var process = logs.Tagguard.Start("run", "--date", Date, "--wait", "3m", "--poll", "1s");

        await process.StandardError.ReadLineUntilAsync(line => line.StartsWith("waiting for 1", StringComparison.Ordinal));
        logs.Step("load_login");

        (await Tagguard.EndOfAsync(process)).Expect(0);
    }

    [Fact]
    public async Task ASignalEndsTheWaitWith4AndTheGateStaysClosed()
    {
        using var logs = await new LogTables().InitAsync();
        using var process = logs.Tagguard.Start("upstream", "--date", Date, "--wait", "2h", "--poll", "1h");
        await process.StandardError.ReadLineUntilAsync(line => line.StartsWith("waiting for 3", StringComparison.Ordinal));

        using (Process.Start("kill", ["-TERM", process.Id.ToString(CultureInfo.InvariantCulture)]))
            (await Tagguard.EndOfAsync(process)).Expect(4);

        (await logs.Tagguard.RunAsync("gate", "--date", Date)).Expect(2);
        Assert.Equal("0", logs.Stored("select count(*) from verdict"));
    }

    [Fact]
    public async Task AServiceThatFailsOnceIsAskedAgainAndItsFieldOpensTheGate()
    {
        var (asked, status) = (0, "RUNNING");
        await using var server = await JsonServer.StartAsync(context =>
        {
            if (++asked == 1)
            {
                context.Response.StatusCode = 503;
                return Task.CompletedTask;
            }
            return context.Response.WriteAsync($$"""{ "data": { "date": "{{context.Request.Query["date"]}}", "status": "{{status}}" } }""");
        });
        using var logs = await new LogTables().InitAsync();
        await File.WriteAllTextAsync(Path.Combine(logs.Folder, "http.yaml"), $$$"""
            name: http
            connections:
              scheduler: { type: http, url: "{{{server.Url.AbsoluteUri.TrimEnd('/')}}}", headers: { Authorization: "Bearer ${env:PATH}" } }
              store: { type: sqlite, path: tagguard.db }
            stages:
              upstream:
                - name: job is done
                  http: { connection: scheduler, path: "/api?date={date:yyyy-MM-dd}", field: data.status, equals: SUCCESS }
                - name: it is today's
                  http: { connection: scheduler, path: "/api?date={date:yyyy-MM-dd}", field: data.date, equals: "{date:yyyy-MM-dd}" }
            """, TestContext.Current.CancellationToken);
        using var process = logs.Tagguard.Start("upstream", "--plan", "http.yaml", "--date", Date, "--wait", "3m", "--poll", "1s");

        var again = await process.StandardError.ReadLineUntilAsync(line => line.Contains("trying again in", StringComparison.Ordinal));
        var waiting = await process.StandardError.ReadLineUntilAsync(line => line.Contains("data.status", StringComparison.Ordinal));
        status = "SUCCESS";

        Assert.Contains("scheduler did not answer (", again, StringComparison.Ordinal);
        Assert.Contains("(1 of 3)", again, StringComparison.Ordinal);
        Assert.EndsWith("data.status is RUNNING, SUCCESS required.", waiting, StringComparison.Ordinal);
        (await Tagguard.EndOfAsync(process)).Expect(0);
    }

    [Fact]
    public async Task ADryRunPrintsWhatWouldBeAskedAndTouchesNothing()
    {
        using var small = new SmallWarehouse(SmallWarehouse.Plan + """

              sync:
                - name: tags arrived
                  equal:
                    left: { connection: warehouse, table: dw.tags, partition: data_date }
                    right: { connection: store, table: userprofile_offline, partition: ds, partition_value: "{date:yyyy-MM-dd}", where: "state = 1" }
            """);

        var sync = (await small.Tagguard.RunAsync("reconcile", "--date", Date, "--dry-run")).Expect(0);
        var run = (await small.Tagguard.RunAsync("run", "--date", Date, "--dry-run", "--wait", "2h")).Expect(0);

        // Both sides of a comparison, each with the date in it.
        Assert.Contains("sync: tags arrived (equal)", sync.Output, StringComparison.Ordinal);
        Assert.Contains(
            $"  warehouse: select count(*) from read_parquet(['{small.Folder}/warehouse/dw.db/tags/data_date=20261120/**']",
            sync.Output,
            StringComparison.Ordinal);
        Assert.Contains(
            "  store: select count(*) from `userprofile_offline` where `ds` = @value and (state = 1)  -- @value = 2026-11-20",
            sync.Output,
            StringComparison.Ordinal);
        Assert.Contains($"  marks: {small.Folder}/warehouse/dw.db/orders/data_date=20261120/_SUCCESS", run.Output, StringComparison.Ordinal);
        Assert.Contains("tagguard_list", run.Output, StringComparison.Ordinal);
        Assert.Equal(4, (int)run.Line["checks"]!);
        Assert.Equal(["tagguard.yaml"], Directory.EnumerateFileSystemEntries(small.Folder).Select(Path.GetFileName));
    }

    [Fact]
    public async Task ADryRunShowsTheRowsOfALogTableWithTheirValues()
    {
        using var logs = new LogTables();

        var outcome = (await logs.Tagguard.RunAsync("upstream", "--date", Date, "--dry-run")).Expect(0);

        Assert.Contains("task_stat = 2 and date(task_sign) = @date  -- @date = 2026-11-20", outcome.Output, StringComparison.Ordinal);
        Assert.Contains(
            "  zydb: select count(*) from `t_step_log` where `data_date` = @p0 and `step` = @p1 and `remark` = @p2  -- @p0 = 2026-11-20, @p1 = "
                + "load_login, @p2 = done",
            outcome.Output, StringComparison.Ordinal);
        Assert.False(File.Exists(Path.Combine(logs.Folder, "tagguard.db")));
    }

    [Fact]
    public async Task TheSamplePlanCanBeReadAndShowsItsQuestions()
    {
        using var logs = new LogTables();
        var sample = await File.ReadAllTextAsync(
            Path.Combine(Tagguard.Root, "jobs", "plans", "upstream.yaml"),
            TestContext.Current.CancellationToken);
        await File.WriteAllTextAsync(
            Path.Combine(logs.Folder, "upstream.yaml"),
            sample.Replace("SCHEDULER_TOKEN", "PATH", StringComparison.Ordinal),
            TestContext.Current.CancellationToken);

        var outcome = (await logs.Tagguard.RunAsync("upstream", "--plan", "upstream.yaml", "--date", Date, "--dry-run")).Expect(0);

        Assert.Equal(6, (int)outcome.Line["checks"]!);
        Assert.Contains(
            "  scheduler: GET https://scheduler:8080/api/jobs/dw_user?date=2026-11-20  -- data.status: SUCCESS required",
            outcome.Output,
            StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("--poll", "0s")]
    [InlineData("--wait", "soon")]
    public async Task AWaitThatIsNoneExitsWith3(string option, string value)
    {
        using var logs = new LogTables();

        (await logs.Tagguard.RunAsync("upstream", "--date", Date, "--wait", "1m", option, value)).Expect(3);
    }
}
