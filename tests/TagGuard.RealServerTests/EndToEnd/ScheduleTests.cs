using System.Diagnostics;
using System.Globalization;
using System.Text.Json.Nodes;
using TagGuard.RealServerTests.Support;

namespace TagGuard.RealServerTests.EndToEnd;

/// <summary>The files of `jobs/schedules`, each run by what reads it.</summary>
public sealed class ScheduleTests
{
    const string Cron = "/usr/sbin/cron", Analyze = "/usr/bin/systemd-analyze", Python = "/usr/bin/python3";

    static readonly DateOnly Day = SmallWarehouse.First.AddDays(40);
    static readonly string Date = Day.ToString("yyyyMMdd", CultureInfo.InvariantCulture);

    static CancellationToken Token => TestContext.Current.CancellationToken;

    static string Schedule(string name) => Path.Combine(Tagguard.Root, "jobs", "schedules", name);

    /// <summary>The schedule with the places of this test.</summary>
    static async Task<string> ReadAsync(string name, SmallWarehouse small) => (await File.ReadAllTextAsync(Schedule(name), Token))
        .Replace("/opt/tagguard/tagguard", Path.Combine(Shell.Installed, "tagguard"), StringComparison.Ordinal)
        .Replace("/etc/tagguard/tagguard.yaml", Path.Combine(small.Folder, "tagguard.yaml"), StringComparison.Ordinal)
        .Replace("/var/log/tagguard", small.Folder, StringComparison.Ordinal);

    [Fact]
    public async Task CronRunsTheNight()
    {
        Shell.Need(Cron, "cron");
        Assert.SkipUnless(Environment.IsPrivilegedProcess, "Only root may add to /etc/cron.d.");
        using var small = new SmallWarehouse();
        (await small.Tagguard.RunAsync("init")).Expect(0);
        var table = $"/etc/cron.d/tagguard-test-{Environment.ProcessId}";
        var lines = (await ReadAsync("tagguard.cron", small)).Split('\n')
            // Every minute, as the user of this test, without waiting for an upstream that is not there.
            .Select(line => line.StartsWith("30 5 * * * tagguard ", StringComparison.Ordinal)
                ? "* * * * * root " + line["30 5 * * * tagguard ".Length..].Replace("--wait 3h", "--wait 1s", StringComparison.Ordinal)
                : line.Replace(" tagguard $TAGGUARD", " root $TAGGUARD", StringComparison.Ordinal));
        await File.WriteAllTextAsync(table, string.Join('\n', lines), Token);
        var log = Path.Combine(small.Folder, "tagguard.log");
        using var cron = Process.Start(Cron, ["-f"]);
        try
        {
            for (var seconds = 0; seconds < 150 && !Has(log, "CLOSED upstream"); seconds++)
                await Task.Delay(TimeSpan.FromSeconds(1), Token);
        }
        finally
        {
            File.Delete(table);
            cron.Kill(entireProcessTree: true);
            await cron.WaitForExitAsync(Token);
        }

        Assert.True(Has(log, "CLOSED upstream"), File.Exists(log) ? await File.ReadAllTextAsync(log, Token) : "Cron started nothing.");
    }

    static bool Has(string log, string text) => File.Exists(log) && File.ReadAllText(log).Contains(text, StringComparison.Ordinal);

    [Fact]
    public async Task SystemdTakesTheUnits()
    {
        Shell.Need(Analyze, "systemd");
        using var small = new SmallWarehouse();
        foreach (var name in new[] { "tagguard.service", "tagguard.timer" })
        {
            var unit = (await ReadAsync(name, small)).Replace("User=tagguard", "User=root", StringComparison.Ordinal);
            await File.WriteAllTextAsync(Path.Combine(small.Folder, name), unit, Token);
        }

        var verified = await Shell.RunAsync(small.Folder, null, Analyze, "verify", "./tagguard.service", "./tagguard.timer");
        var due = await Shell.RunAsync(small.Folder, null, Analyze, "calendar", "*-*-* 05:30:00 Asia/Shanghai");

        Assert.True(verified.Exit == 0, verified.Error);
        Assert.DoesNotContain("tagguard.", verified.Error, StringComparison.Ordinal);
        Assert.Contains("05:30:00", due.Output, StringComparison.Ordinal);
    }

    [Fact]
    public async Task TheDagsCommandsGiveWhatTheirTasksWaitFor()
    {
        Shell.Need(Python, "python3");
        using var small = await new SmallWarehouse().Write(SmallWarehouse.First, 41).BackfilledAsync(Day.AddDays(-1));
        var dag = Path.Combine(small.Folder, "dag.py");
        await File.WriteAllTextAsync(dag, await ReadAsync("airflow_tagguard.py", small), Token);
        var compiled = await Shell.RunAsync(small.Folder, null, Python, "-m", "py_compile", dag);
        Assert.True(compiled.Exit == 0, compiled.Error);
        var harness = Path.Combine(Tagguard.Root, "tests", "TagGuard.RealServerTests", "EndToEnd", "dag_tasks.py");
        var read = await Shell.RunAsync(small.Folder, null, Python, harness, dag, $"{Day:yyyy-MM-dd}");
        Assert.True(read.Exit == 0, read.Error);
        var tasks = JsonNode.Parse(read.Output)!.AsArray().Select(task => task!.AsObject()).ToDictionary(task => (string)task["id"]!);

        Assert.Equal(75, (int)tasks["upstream"]["retry_exit_code"]!);
        Assert.Equal("all_done", (string)tasks["report"]["rule"]!);
        Assert.Equal("all_success", (string)tasks["push_tags"]["rule"]!);
        Assert.Equal("gate", (string)Assert.Single(tasks["push_tags"]["after"]!.AsArray())!);
        var marker = Path.Combine(small.FolderOf("orders", Day), "_SUCCESS");
        File.Move(marker, marker + ".later");
        Assert.Equal(1, await ExitAsync("upstream"));
        Assert.Equal(2, await ExitAsync("tags"));
        Assert.Equal(2, await ExitAsync("gate"));
        File.Move(marker + ".later", marker);
        Assert.Equal(0, await ExitAsync("upstream"));
        Assert.Equal(0, await ExitAsync("tags"));
        Assert.Equal(0, await ExitAsync("gate"));
        Assert.Equal(0, await ExitAsync("push_tags"));
        Assert.Equal(0, await ExitAsync("report"));
        Assert.Equal(0, await ExitAsync("backfill"));

        async Task<int> ExitAsync(string task)
        {
            var variables = tasks[task]["env"]!.AsObject().ToDictionary(one => one.Key, one => (string)one.Value!);
            return (await Shell.RunAsync(small.Folder, variables, "/bin/bash", "-c", (string)tasks[task]["command"]!)).Exit;
        }
    }

    /// <summary>Airflow takes a run's state from the tasks that nothing comes after.</summary>
    [Fact]
    public async Task WhatFailsFailsTheDagsRun()
    {
        Shell.Need(Python, "python3");
        var harness = Path.Combine(Tagguard.Root, "tests", "TagGuard.RealServerTests", "EndToEnd", "dag_tasks.py");
        var read = await Shell.RunAsync(Tagguard.Root, null, Python, harness, Schedule("airflow_tagguard.py"), $"{Day:yyyy-MM-dd}");
        var all = JsonNode.Parse(read.Output)!.AsArray().Select(task => task!.AsObject());
        var tasks = all.Where(task => (string)task["dag"]! == "tagguard").ToList();

        var last = Assert.Single(tasks, task => !tasks.Exists(other => After(other).Contains((string)task["id"]!)));

        Assert.Equal("one_failed", (string)last["rule"]!);
        Assert.Equal("exit 1", (string)last["command"]!);
        Assert.Equal(tasks.Where(task => task != last).Select(task => (string)task["id"]!), After(last));

        static IEnumerable<string> After(JsonObject task) => task["after"]!.AsArray().Select(one => (string)one!);
    }

    [Fact]
    public async Task DolphinSchedulersStepsExitAsTheGate()
    {
        using var small = await new SmallWarehouse().Write(SmallWarehouse.First, 41).BackfilledAsync(Day.AddDays(-1));
        var variables = new Dictionary<string, string>
        {
            ["TAGGUARD"] = Path.Combine(Shell.Installed, "tagguard"),
            ["TAGGUARD_PLAN"] = Path.Combine(small.Folder, "tagguard.yaml"),
        };

        Assert.Equal(2, await StepAsync("gate", Date));
        Assert.Equal(0, await StepAsync("upstream", Date));
        Assert.Equal(0, await StepAsync("tags", Date));
        Assert.Equal(0, await StepAsync("gate", Date));
        Assert.Equal(0, await StepAsync("report", Date));
        Assert.Equal(0, await StepAsync("backfill", Date, Date));
        Assert.Equal(3, await StepAsync("nothing", Date));
        Assert.Equal(3, await StepAsync("gate"));

        async Task<int> StepAsync(params string[] line) =>
            (await Shell.RunAsync(small.Folder, variables, "/bin/bash", [Schedule("dolphinscheduler.sh"), .. line])).Exit;
    }
}
