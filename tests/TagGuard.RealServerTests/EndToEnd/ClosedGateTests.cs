using TagGuard.Adapters.Sqlite;
using TagGuard.RealServerTests.Support;

namespace TagGuard.RealServerTests.EndToEnd;

/// <summary>The gate never opens by mistake: what was not judged, by these checks and after the stages before, stays closed.</summary>
public sealed class ClosedGateTests
{
    const string Date = "2026-01-20";

    const string Head = """
        name: small
        connections:
          marks: { type: files, path: . }
          store: { type: sqlite, path: tagguard.db }
        stages:
        """;

    const string Upstream = """

          upstream:
            - name: orders landed
              path: { connection: marks, path: "{date:yyyyMMdd}/orders", deadline: "08:00" }
        """;

    const string Tags = """

          tags:
            - name: tags landed
              path: { connection: marks, path: "{date:yyyyMMdd}/tags", deadline: "08:00" }
        """;

    const string Second = """

            - name: crowds landed
              path: { connection: marks, path: "{date:yyyyMMdd}/crowds", deadline: "08:00" }
        """;

    static CancellationToken Token => TestContext.Current.CancellationToken;

    [Theory]
    [InlineData("count: { connection: w, table: \"t{date:yyyyMMdd}\" }", "stale: {}", "`stale` can never judge check \"c\"")]
    [InlineData("count: { connection: w, table: \"t{date:yyyyMMdd}\" }", "drift: {}", "`drift` can never judge check \"c\"")]
    [InlineData("count: { connection: w, table: \"t{date:yyyyMMdd}\" }", "duplicates: {}", "`duplicates` can never judge check \"c\"")]
    [InlineData(
        "path: { connection: marks, path: \"{date:yyyyMMdd}/x\" }",
        "change: { avg_last: 7d, fail: -30% }",
        "`change` can never judge check \"c\"")]
    [InlineData(
        "count: { connection: w, table: \"t{date:yyyyMMdd}\" }",
        "expect: { metric: tag_count, at_least: 1 }",
        "`expect` can never judge check \"c\"")]
    public async Task ARuleThatCouldNeverJudgeItsMeasurementIsRefusedWithItsLine(string measure, string rule, string told)
    {
        using var small = new SmallWarehouse(
            $"{Head}\n  tags:\n    - name: c\n      {measure}\n      judge: {{ {rule} }}\n".Replace(
                "connections:",
                "connections:\n  w: { type: duckdb, path: . }",
                StringComparison.Ordinal));

        var outcome = (await small.Tagguard.RunAsync("run", "--date", Date)).Expect(3);

        Assert.Contains("tagguard.yaml:10:", outcome.Error, StringComparison.Ordinal);
        Assert.Contains(told, outcome.Error, StringComparison.Ordinal);
    }

    [Fact]
    public async Task ACheckThatIsNewClosesTheGateUntilItIsJudged()
    {
        using var small = await OpenAsync(Head + Upstream + Tags, "orders", "tags");
        await PlanAsync(small, Head + Upstream + Tags + Second);

        var closed = (await GateAsync(small)).Expect(2);
        await MarkAsync(small, "crowds");
        (await small.Tagguard.RunAsync("tags", "--date", Date)).Expect(0);

        Assert.Contains("check \"crowds landed\" is new", closed.Error, StringComparison.Ordinal);
        Assert.Equal("plan_changed", closed.StandingOf("tags"));
        (await GateAsync(small)).Expect(0);
    }

    [Theory]
    [InlineData("deadline: \"08:00\" }\n          tags:", "deadline: \"23:00\" }\n          tags:", "check \"orders landed\" has changed")]
    [InlineData(
        "- name: tags landed",
        "- name: tags landed\n      judge: { blocking: false, expect: { metric: ready_minutes, at_least: 0 } }",
        "check \"tags landed\" has changed")]
    [InlineData("marks: { type: files, path: . }", "marks: { type: files, path: ./elsewhere }", "connection \"marks\" has changed")]
    [InlineData("name: small", "name: small\ntimezone: Asia/Shanghai", "the timezone is new")]
    [InlineData("name: small", "name: small\ncalendar: { events: [ { name: e, date: 2026-01-20 } ] }", "the calendar is new")]
    public async Task AGateIsClosedWhenItWasJudgedByOtherChecksThanThoseOfThePlan(string before, string after, string told)
    {
        const string plan = Head + Upstream + Tags;
        using var small = await OpenAsync(plan, "orders", "tags");
        var changed = plan.ReplaceLineEndings("\n")
            .Replace(
                before.Replace("\n          ", "\n  ", StringComparison.Ordinal),
                after.Replace("\n          ", "\n  ", StringComparison.Ordinal),
                StringComparison.Ordinal);
        Assert.NotEqual(plan.ReplaceLineEndings("\n"), changed);
        await PlanAsync(small, changed);

        Assert.Contains(told, (await GateAsync(small)).Expect(2).Error, StringComparison.Ordinal);

        await PlanAsync(small, plan);
        (await GateAsync(small)).Expect(0);
    }

    [Fact]
    public async Task NamesOfPeopleCommentsAndLayoutDoNotCloseAGate()
    {
        using var small = await OpenAsync(Head + Upstream + Tags, "orders", "tags");

        await PlanAsync(
            small,
            "# Tuned by Li Wei\n"
                + Head
                + Upstream
                + Tags.Replace(
                    "- name: tags landed",
                    "- owner: wang\n      runbook: \"call 4410\"\n      timeout: 5m\n      name: 'tags landed'   # as before",
                    StringComparison.Ordinal));

        (await GateAsync(small)).Expect(0);
    }

    [Fact]
    public async Task OnPlanChangeKeepLetsTheVerdictStandButNotForACheckThatHasNone()
    {
        const string keep = "gate: { on_plan_change: keep }\n" + Head;
        using var small = await OpenAsync(keep + Upstream + Tags, "orders", "tags");

        await PlanAsync(small, keep + Upstream + Tags.Replace("08:00", "09:00", StringComparison.Ordinal));
        (await GateAsync(small)).Expect(0);
        await PlanAsync(small, keep + Upstream + Tags + Second);

        Assert.Contains("check \"crowds landed\" is new", (await GateAsync(small)).Expect(2).Error, StringComparison.Ordinal);
    }

    [Fact]
    public async Task AnotherPlanOfTheSameNameIsTold()
    {
        using var small = await OpenAsync(Head + Upstream + Tags, "orders", "tags");
        await File.WriteAllTextAsync(
            Path.Combine(small.Folder, "weak.yaml"),
            Head + Upstream + "\n  tags:\n    - name: weak\n      path: { connection: marks, path: \"{date:yyyyMMdd}/tags\" }\n",
            Token);
        (await small.Tagguard.RunAsync("run", "--plan", "weak.yaml", "--date", Date)).Expect(0);

        var gate = (await GateAsync(small)).Expect(2);

        Assert.Contains("weak.yaml, which has the name `small` as well", gate.Error, StringComparison.Ordinal);
        Assert.Contains("another plan of the same name", gate.Error, StringComparison.Ordinal);
        Assert.Contains("check \"weak\" is gone", gate.Error, StringComparison.Ordinal);
    }

    [Fact]
    public async Task LaterStagesCloseWhenAnEarlierOneIsJudgedAgainAndFails()
    {
        using var small = await OpenAsync(Head + Upstream + Tags, "orders", "tags");
        File.Delete(Path.Combine(small.Folder, "20260120", "orders"));
        (await small.Tagguard.RunAsync("upstream", "--date", Date)).Expect(1);

        var gate = (await small.Tagguard.RunAsync("gate", "--date", Date, "--stage", "tags")).Expect(2);

        Assert.Equal("held", gate.StandingOf("tags"));
        Assert.Contains("held by upstream", gate.Error, StringComparison.Ordinal);
    }

    [Fact]
    public async Task WhoOpensAStageIsToldWhatStaysClosedBehindIt()
    {
        using var small = await WithAsync(Head + Upstream + Tags, "tags");
        var run = (await small.Tagguard.RunAsync("run", "--date", Date)).Expect(1);
        var report = await File.ReadAllTextAsync((string)run.Line["report"]!, Token);

        var gate = await small.Tagguard.RunAsync(
            "gate", "--date", Date, "--stage", "upstream", "--open", "--by", "Li Wei", "--why", "known");

        Assert.Contains("held by upstream", report, StringComparison.Ordinal);
        Assert.Equal(["tags"], gate.Expect(0).Line["still_closed"]!.AsArray().Select(stage => (string)stage!));
        Assert.Contains(
            $"tags stays closed: it was held by upstream. Run the stage again, or open it as well: tagguard gate --open --stage tags --date {Date}",
            gate.Error,
            StringComparison.Ordinal);
        var tags = (await small.Tagguard.RunAsync("gate", "--date", Date, "--stage", "tags")).Expect(2).Line["stages"]![0]!;
        Assert.Equal(("held", 0), ((string)tags["standing"]!, tags["held_by"]!.AsArray().Count));
        await small.Tagguard.RunAsync("gate", "--date", Date, "--stage", "upstream", "--revoke", "--by", "Li Wei");
        tags = (await small.Tagguard.RunAsync("gate", "--date", Date, "--stage", "tags")).Expect(2).Line["stages"]![0]!;
        Assert.Equal(["upstream"], tags["held_by"]!.AsArray().Select(stage => (string)stage!));
    }

    [Fact]
    public async Task LaterStagesCloseWhenTheOverrideOfAnEarlierOneIsTakenBackOrRunsOut()
    {
        using var small = await WithAsync(Head + Upstream + Tags, "tags");
        (await small.Tagguard.RunAsync("upstream", "--date", Date)).Expect(1);
        await OverrideAsync("12h");
        (await small.Tagguard.RunAsync("tags", "--date", Date)).Expect(0);
        (await GateAsync(small)).Expect(0);

        await small.Tagguard.RunAsync("gate", "--date", Date, "--stage", "upstream", "--revoke", "--by", "Li Wei");
        (await small.Tagguard.RunAsync("gate", "--date", Date, "--stage", "tags")).Expect(2);
        await OverrideAsync("12h");
        (await GateAsync(small)).Expect(0);
        await OverrideAsync("1s");
        await Task.Delay(TimeSpan.FromSeconds(1.5), Token);

        (await small.Tagguard.RunAsync("gate", "--date", Date, "--stage", "tags")).Expect(2);

        async Task OverrideAsync(string lasts) =>
            (
                await small.Tagguard.RunAsync(
                    "gate",
                    "--date",
                    Date,
                    "--stage",
                    "upstream",
                    "--open",
                    "--by",
                    "Li Wei",
                    "--why",
                    "known",
                    "--for",
                    lasts)
            ).Expect(0);
    }

    [Fact]
    public async Task AStageIsClosedWhileOneBeforeItWasNeverJudged()
    {
        using var small = await WithAsync(Head + Upstream + Tags, "orders", "tags");

        var tags = (await small.Tagguard.RunAsync("tags", "--date", Date)).Expect(2);

        Assert.Contains("held by upstream", tags.Error, StringComparison.Ordinal);
        (await small.Tagguard.RunAsync("gate", "--date", Date, "--stage", "tags")).Expect(2);
        (await small.Tagguard.RunAsync("run", "--date", Date)).Expect(0);
    }

    [Theory]
    [InlineData("delete from verdict", "are not all in the store")]
    [InlineData("update run_stage set judged_by = null", "An older TagGuard judged it")]
    [InlineData("update tag_stage_state set decided_at = '2099-01-01T00:00:00.000Z'", "a clock is wrong")]
    public async Task AFlagThatDoesNotStandForItsVerdictsIsClosed(string damage, string told)
    {
        using var small = await OpenAsync(Head + Upstream + Tags, "orders", "tags");
        using (var database = SqliteDatabase.Open(Path.Combine(small.Folder, "tagguard.db"), Access.Write, TimeSpan.FromSeconds(5)))
            database.Execute(damage);

        Assert.Contains(told, (await GateAsync(small)).Expect(2).Error, StringComparison.Ordinal);

        (await small.Tagguard.RunAsync("report", "--date", Date)).Expect(0);
        (await small.Tagguard.RunAsync("run", "--date", Date)).Expect(0);
        (await GateAsync(small)).Expect(0);
    }

    [Fact]
    public async Task AStageNamedLikeAKeyOfTheAnswerDoesNotOverwriteIt()
    {
        using var small = await WithAsync(
            Head
                + Tags.Replace("tags:", "open:", StringComparison.Ordinal)
                + Second.Replace("- name", "- name", StringComparison.Ordinal).Replace("    - name", "  exit:\n    - name", StringComparison.Ordinal),
            "tags");
        await small.Tagguard.RunAsync("run", "--date", Date);

        var gate = (await GateAsync(small)).Expect(1);

        Assert.False((bool)gate.Line["open"]!);
        Assert.Equal(["open", "exit"], gate.Line["stages"]!.AsArray().Select(stage => (string)stage!["stage"]!));
    }

    static async Task<SmallWarehouse> WithAsync(string plan, params string[] marks)
    {
        var small = new SmallWarehouse(plan);
        foreach (var mark in marks)
            await MarkAsync(small, mark);
        (await small.Tagguard.RunAsync("init")).Expect(0);
        return small;
    }

    /// <summary>Everything is there and was judged good.</summary>
    static async Task<SmallWarehouse> OpenAsync(string plan, params string[] marks)
    {
        var small = await WithAsync(plan, marks);
        (await small.Tagguard.RunAsync("run", "--date", Date)).Expect(0);
        (await GateAsync(small)).Expect(0);
        return small;
    }

    static Task<Outcome> GateAsync(SmallWarehouse small) => small.Tagguard.RunAsync("gate", "--date", Date);

    static Task PlanAsync(SmallWarehouse small, string plan) => File.WriteAllTextAsync(Path.Combine(small.Folder, "tagguard.yaml"), plan, Token);

    static async Task MarkAsync(SmallWarehouse small, string mark)
    {
        var file = Path.Combine(Directory.CreateDirectory(Path.Combine(small.Folder, "20260120")).FullName, mark);
        await File.WriteAllTextAsync(file, "", Token);
        File.SetLastWriteTimeUtc(file, new DateTime(2026, 1, 21, 2, 0, 0, DateTimeKind.Utc));
    }
}
