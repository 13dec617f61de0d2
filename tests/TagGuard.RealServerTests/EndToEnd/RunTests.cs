using System.Globalization;
using TagGuard.RealServerTests.Support;

namespace TagGuard.RealServerTests.EndToEnd;

/// <summary>What runs do to each other and to what is stored.</summary>
public sealed class RunTests
{
    static readonly DateOnly Day = SmallWarehouse.First.AddDays(40);
    static readonly string Date = Day.ToString("yyyy-MM-dd", CultureInfo.InvariantCulture);

    const string Slow = """
        name: small
        connections:
          warehouse: { type: duckdb, path: . }
          store: { type: sqlite, path: tagguard.db }
        stages:
          upstream:
            - name: quick
              rows: { connection: warehouse, sql: "select 1", equals: 1 }
          tags:
            - name: slow
              rows: { connection: warehouse, sql: "select count(*) from range(1000000000000) t(i) where hash(i) = 1", equals: 1 }
        """;

    [Fact]
    public async Task TheSecondRunOfADateSaysWhoHoldsItOrWaits()
    {
        using var small = new SmallWarehouse(Slow);
        (await small.Tagguard.RunAsync("init")).Expect(0);
        using var first = small.Tagguard.Start("run", "--date", Date);
        await first.StandardError.ReadLineUntilAsync(line => line.Contains("upstream", StringComparison.Ordinal));

        var refused = (await small.Tagguard.RunAsync("upstream", "--date", Date)).Expect(2);
        using var waiting = small.Tagguard.Start("upstream", "--date", Date, "--wait-lock", "60s");
        first.Kill();
        await first.WaitForExitAsync(TestContext.Current.CancellationToken);

        Assert.Contains($"process {first.Id}", refused.Error, StringComparison.Ordinal);
        // The first one died; who waited takes its date over.
        (await Tagguard.EndOfAsync(waiting)).Expect(0);
    }

    [Fact]
    public async Task ARunThatIsKilledLeavesTheGateClosedAndCanBeRepeated()
    {
        using var small = await new SmallWarehouse().Write(SmallWarehouse.First, 41).BackfilledAsync(Day);
        (await small.Tagguard.RunAsync("gate", "--date", Date)).Expect(0);
        var plan = Path.Combine(small.Folder, "tagguard.yaml");
        var good = await File.ReadAllTextAsync(plan, TestContext.Current.CancellationToken);
        await File.WriteAllTextAsync(
            plan,
            good + "\n" + string.Join('\n', Slow.Split('\n')[^3..]).Replace("  tags:", "  slow:", StringComparison.Ordinal),
            TestContext.Current.CancellationToken);

        using (var run = small.Tagguard.Start("run", "--date", Date))
        {
            await run.StandardError.ReadLineUntilAsync(line => line.Contains($" upstream {Date}:", StringComparison.Ordinal));
            run.Kill();
            await run.WaitForExitAsync(TestContext.Current.CancellationToken);
        }
        await File.WriteAllTextAsync(plan, good, TestContext.Current.CancellationToken);

        (await small.Tagguard.RunAsync("gate", "--date", Date, "--stage", "upstream")).Expect(0);
        (await small.Tagguard.RunAsync("run", "--date", Date)).Expect(0);
        (await small.Tagguard.RunAsync("gate", "--date", Date)).Expect(0);
    }

    [Fact]
    public async Task AnOverrideOpensTheGateUntilItIsTakenBackAndIsShownAsOne()
    {
        using var small = await new SmallWarehouse().Write(SmallWarehouse.First, 40).Write(Day, 1, "not k like 'T002%'").BackfilledAsync(Day);
        (await small.Tagguard.RunAsync("gate", "--date", Date, "--stage", "tags")).Expect(1);

        var opened = (
            await small.Tagguard.RunAsync("gate", "--date", Date, "--stage", "tags", "--open", "--by", "Li Wei", "--why", "known campaign")
        ).Expect(0);
        Assert.Equal("open_by_override", opened.StandingOf("tags"));
        Assert.Contains("Li Wei", opened.Error, StringComparison.Ordinal);
        var report = Path.Combine(small.Folder, "report.html");
        (await small.Tagguard.RunAsync("report", "--date", Date, "--out", report)).Expect(0);
        Assert.Contains("known campaign", await File.ReadAllTextAsync(report, TestContext.Current.CancellationToken), StringComparison.Ordinal);

        (await small.Tagguard.RunAsync("gate", "--date", Date, "--stage", "tags", "--revoke", "--by", "Li Wei")).Expect(1);
    }

    [Fact]
    public async Task AnEarlierStageThatIsClosedHoldsTheLaterOnesClosed()
    {
        using var small = await new SmallWarehouse().Write(SmallWarehouse.First, 41).BackfilledAsync(Day.AddDays(-1));
        File.Delete(Path.Combine(small.FolderOf("orders", Day), "_SUCCESS"));

        (await small.Tagguard.RunAsync("run", "--date", Date)).Expect(1);

        var gate = (await small.Tagguard.RunAsync("gate", "--date", Date, "--stage", "tags")).Expect(2);
        Assert.Contains("held by upstream before it", gate.Error, StringComparison.Ordinal);
    }

    [Fact]
    public async Task ABackfilledDayIsJudgedByEarlierDaysOnly()
    {
        // Days 0 to 40 are there, and day 40 is half gone; a day in the middle, judged last, must come out as it would have then.
        using var small = await new SmallWarehouse().Write(SmallWarehouse.First, 41).BackfilledAsync(Day);
        var middle = SmallWarehouse.First.AddDays(35).ToString("yyyy-MM-dd", CultureInfo.InvariantCulture);
        var before = await small.Tagguard.RunAsync("explain", "T001U001_001", "--date", middle);

        (await small.Tagguard.RunAsync("backfill", "--from", middle, "--to", middle)).Expect(0);
        var after = await small.Tagguard.RunAsync("explain", "T001U001_001", "--date", middle);

        Assert.Equal((string)before.Line["verdicts"]![0]!["sentence"]!, (string)after.Line["verdicts"]![0]!["sentence"]!);
        Assert.Equal("the same, to the last bit", (string)after.Line["verdicts"]![0]!["again"]!);
    }

    [Fact]
    public async Task WhatPassedIsExplainedByThePlanOfThenWhenItWasEditedSince()
    {
        using var small = await new SmallWarehouse().Write(SmallWarehouse.First, 41).BackfilledAsync(Day);
        var before = (await small.Tagguard.RunAsync("explain", "T001U001_001", "--date", Date)).Expect(0);

        await small.EditPlanAsync("min_users: 20", "min_users: 100000");
        var after = (await small.Tagguard.RunAsync("explain", "T001U001_001", "--date", Date)).Expect(0);

        var (then, now) = (before.Line["verdicts"]![0]!, after.Line["verdicts"]![0]!);
        Assert.Equal(("Pass", null), ((string?)then["verdict"], (string?)then["id"]));
        Assert.Equal((string)then["sentence"]!, (string)now["sentence"]!);
        Assert.Equal("the same, to the last bit, under the plan of then", (string)now["again"]!);
        (await small.Tagguard.RunAsync("reject", "T001U001_001", "--date", Date, "--by", "wang", "--why", "a test")).Expect(0);
    }

    [Fact]
    public async Task DoctorNamesWhatIsWrongAndExitsWith3()
    {
        using var small = new SmallWarehouse().Write(SmallWarehouse.First, 1);
        (await small.Tagguard.RunAsync("init")).Expect(0);
        (await small.Tagguard.RunAsync("doctor")).Expect(0);

        Directory.Delete(Path.Combine(small.Folder, "warehouse"), recursive: true);
        var sick = (await small.Tagguard.RunAsync("doctor")).Expect(3);

        Assert.Equal("warehouse, marks", (string)sick.Line["faults"]!);
    }

    [Fact]
    public async Task InitCanBeRepeated()
    {
        using var small = new SmallWarehouse();

        Assert.True((int)(await small.Tagguard.RunAsync("init")).Expect(0).Line["applied"]! > 0);
        Assert.Equal(0, (int)(await small.Tagguard.RunAsync("init")).Expect(0).Line["applied"]!);
    }

    [Fact]
    public async Task TheProgramWritesProgressAsPlainLinesWhenStderrIsNoTerminal()
    {
        using var small = new SmallWarehouse(Slow.Replace("1000000000000", "1000", StringComparison.Ordinal));
        (await small.Tagguard.RunAsync("init")).Expect(0);

        var run = await small.Tagguard.RunAsync("run", "--date", Date);

        Assert.DoesNotContain("\u001b", run.Error, StringComparison.Ordinal);
        Assert.Contains("upstream", run.Error, StringComparison.Ordinal);
    }
}
