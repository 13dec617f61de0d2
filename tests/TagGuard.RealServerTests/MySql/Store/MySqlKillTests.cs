using System.Diagnostics;
using TagGuard.Adapters.MySql.Store;
using TagGuard.Facts;
using TagGuard.RealServerTests.Support;
using TagGuard.Storage;
using TagGuard.StoreContracts;

namespace TagGuard.RealServerTests.MySql.Store;

/// <summary>The server is killed (-9): no half-written verdict, the gate stays closed, and the run can be repeated.</summary>
public sealed class MySqlKillTests(MariaDb mariaDb)
{
    const string KeepsCommits = "--innodb-flush-log-at-trx-commit=2";

    static CancellationToken Token => TestContext.Current.CancellationToken;

    [Fact]
    public async Task ASaveThatTheServerDidNotSurviveLeavesTheGateClosedWhereverItWas()
    {
        await using var server = await mariaDb.StartAsync(KeepsCommits);
        await using var database = await server.DatabaseAsync();
        await using var store = database.Store();
        await store.InitAsync(Token);
        await store.SaveAsync(Given.Date, Given.Stage(Given.Volumes([Given.Volume("A", 1)])));

        // From the first numbers to the flag behind the last verdict.
        foreach (var table in new[] { "tag_data_day", "incident", "verdict", "passes", "tag_stage_state" })
        {
            await using var run = await store.BeginAsync(Given.Start(), TimeSpan.Zero, Token);
            await using var blocker = await Blocker.TableAsync(database, table);
            var saving = store.SaveAsync(
                run,
                Given.Stage(Given.Volumes([Given.Volume("A", 2), Given.Volume("B", 2), Given.Taken(Metrics.Rows, 2)])) with
                {
                    Incidents = [Given.Incident()],
                },
                Token);
            await blocker.SomebodyWaitsAsync();
            await server.RestartAsync();

            var fault = await Assert.ThrowsAsync<StoreException>(() => saving);
            Assert.Contains("Nothing was half written", fault.Message, StringComparison.Ordinal);
            Assert.False((await store.GatesAsync(Given.Plan, Given.Date, Token))["tags"].IsGood);
            Assert.Equal(["A|1|1|1|0"], await LeftAsync(database));
        }
        await store.SaveAsync(Given.Date, Given.Stage(Given.Volumes([Given.Volume("A", 3)])));

        Assert.True((await store.GatesAsync(Given.Plan, Given.Date, Token))["tags"].IsGood);
        Assert.Equal(["A|3|2|2|0"], await LeftAsync(database));
    }

    /// <summary>Tags with their counts, then how many stages, verdicts and incidents there are.</summary>
    static async Task<IEnumerable<string>> LeftAsync(MariaDbDatabase database)
    {
        await using var connection = await database.OpenAsync();
        var rows = await connection.RowsAsync(
            "select tagid, tag_count, (select count(*) from run_stage), (select sum(verdicts) from passes), (select count(*) from incident) from "
                + "tag_data_day");
        return rows.Select(row => string.Join('|', row));
    }

    [Fact]
    public async Task AQuestionThatTheServerDidNotSurviveIsAskedAgain()
    {
        await using var server = await mariaDb.StartAsync(KeepsCommits);
        await using var database = await server.DatabaseAsync();
        await using var store = database.Store();
        await store.InitAsync(Token);
        await store.SaveAsync(Given.Date, Given.Stage(Given.Volumes([Given.Volume("A", 7)])));
        await using var blocker = await Blocker.HoldAsync(database, "lock tables tag_data_day write");

        var asking = store.HistoryAsync(Given.Plan, Given.Tags, Given.Date.AddDays(1), 1, Given.Later, Token);
        await blocker.SomebodyWaitsAsync();
        await server.RestartAsync();

        Assert.Equal(7, Assert.Single((await asking).Of(Given.Tag("A"))).Value);
    }

    [Fact]
    public async Task AMigrationThatTheServerDidNotSurviveIsGoneOnWith()
    {
        await using var server = await mariaDb.StartAsync(KeepsCommits);
        await using var database = await server.DatabaseAsync();
        await using var store = database.Store();
        await using (var before = await database.OpenAsync())
        {
            await before.RunAsync("create table tag_stage_state (process_date date, stage varchar(20), state int, is_online int)");
            await before.RunAsync("insert into tag_stage_state values ('2011-01-01', 'tags', 1, 2)");
        }
        await using (var blocker = await Blocker.TableAsync(database, "tag_stage_state"))
        {
            var making = store.InitAsync(Token);
            await blocker.SomebodyWaitsAsync();
            await server.RestartAsync();
            await Assert.ThrowsAsync<StoreException>(() => making);
        }
        var half = await Assert.ThrowsAsync<StoreException>(() => store.GatesAsync(Given.Plan, Given.Date, Token));

        Assert.Contains("Run `tagguard init`", half.Message, StringComparison.Ordinal);
        Assert.Equal(MySqlScripts.All.Migrations, await store.InitAsync(Token));
        await store.SaveAsync(Given.Date, Given.Stage(Given.Volumes([Given.Volume("A", 1)])));
        await using var connection = await database.OpenAsync();
        Assert.Equal(2L, await connection.ScalarAsync("select count(*) from tag_stage_state where state = 1 and is_online = 2"));
    }

    [Fact]
    public async Task FiftySavesThatAreKilledAtRandomMomentsAreWholeOrClosed()
    {
        const int Rounds = 50, Tags = 400;
        await using var server = await mariaDb.StartAsync(KeepsCommits);
        await using var database = await server.DatabaseAsync();
        await using var store = database.Store();
        await store.InitAsync(Token);
        var clock = Stopwatch.StartNew();
        await RunAsync(store, Stage(0));
        var (longest, random, open) = ((int)clock.ElapsedMilliseconds * 2, new Random(20111115), 0);
        for (var round = 0; round < Rounds; round++)
        {
            var saving = Task.Run(() => RunAsync(store, Stage(round)), Token);
            await Task.WhenAny(saving, Task.Delay(random.Next(longest), Token));
            await server.RestartAsync();
            await Record.ExceptionAsync(() => saving);
            open += await WholeOrClosedAsync(store, database, Tags) ? 1 : 0;
        }

        Assert.InRange(open, 1, Rounds - 1);

        static StageResult Stage(int round) =>
            Given.Stage(Given.Volumes(Enumerable.Range(0, Tags).Select(tag => Given.Volume($"T{tag}", round + 1))));
    }

    /// <summary>A run of a process that is gone when the next one begins.</summary>
    static async Task RunAsync(MySqlRunStore store, StageResult stage)
    {
        const int NoSuchProcess = int.MaxValue;
        await using var run = await store.BeginAsync(
            Given.Start(holder: new Holder(Environment.MachineName, NoSuchProcess, "etl")),
            TimeSpan.Zero,
            Token);
        await store.SaveAsync(run, stage, Token);
        await store.EndAsync(run, (int)stage.Gate.Exit, Given.Night, Token);
    }

    /// <summary>Looks what a kill left; true when the gate is open.</summary>
    static async Task<bool> WholeOrClosedAsync(MySqlRunStore store, MariaDbDatabase database, int tags)
    {
        await using var connection = await database.OpenAsync();
        var halves = await connection.RowsAsync(
            "select s.id, (select coalesce(sum(verdicts), 0) from passes where run_stage_id = s.id) n from run_stage s having n <> @tags",
            ("@tags", tags));
        Assert.Empty(halves);
        Assert.True(
            await connection.ScalarAsync("select count(distinct tag_count) from tag_data_day") is 0L or 1L,
            "The volumes of two saves are mixed.");
        var gates = await store.GatesAsync(Given.Plan, Given.Date, Token);
        if (!gates.TryGetValue("tags", out var gate) || !gate.IsGood)
            return false;
        var stages = (await store.DayAsync(Given.Plan, Given.Date, 0, Token)).Stages;
        Assert.Equal(tags, stages.SelectMany(stage => stage.Passes).Where(stored => stored.RunId == gate.RunId).Sum(stored => stored.Passes.Count));
        const string ofRun = "select count(*) from tag_data_day v join run_stage s on s.id = v.run_stage_id where s.run_id = @run";
        Assert.Equal((long)tags, await connection.ScalarAsync(ofRun, ("@run", gate.RunId)));
        return true;
    }
}
