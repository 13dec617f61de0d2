using System.Diagnostics;
using System.Globalization;
using TagGuard.RealServerTests.MySql;
using TagGuard.RealServerTests.Support;

namespace TagGuard.RealServerTests.EndToEnd;

/// <summary>The program with its tables on MySQL.</summary>
public sealed class MySqlStoreTests(MariaDb mariaDb, Demo demo)
{
    /// <summary>How often a `run` is broken off by a killed server.</summary>
    const string RoundsVariable = "TAGGUARD_CRASH_ROUNDS";

    static readonly DateOnly Day = SmallWarehouse.First.AddDays(40);
    static readonly string Date = Day.ToString("yyyy-MM-dd", CultureInfo.InvariantCulture);

    static CancellationToken Token => TestContext.Current.CancellationToken;

    /// <summary>A warehouse whose plan keeps its tables in this database.</summary>
    static async Task<SmallWarehouse> WarehouseAsync(MariaDbDatabase database)
    {
        var store = $"{{ type: mysql, host: 127.0.0.1, port: {database.Server.Port}, database: {database.Name}, user: {MariaDbServer.User}, password: \"${{file:password}}\", tls_ca: \"{database.Server.AuthorityFile}\" }}";
        var small = new SmallWarehouse(SmallWarehouse.Plan.Replace("{ type: sqlite, path: tagguard.db }", store, StringComparison.Ordinal));
        await File.WriteAllTextAsync(Path.Combine(small.Folder, "password"), MariaDbServer.Password, Token);
        return small;
    }

    [Fact]
    public async Task VerbsWorkAndSayNoPassword()
    {
        await using var database = await mariaDb.DatabaseAsync();
        using var small = (await WarehouseAsync(database)).Write(SmallWarehouse.First, 41);
        var early = (await small.Tagguard.RunAsync("gate", "--date", Date)).Expect(5);
        await small.BackfilledAsync(Day.AddDays(-1));

        var outcomes = new List<Outcome>
        {
            early,
            (await small.Tagguard.RunAsync("run", "--date", Date)).Expect(0),
            (await small.Tagguard.RunAsync("gate", "--date", Date)).Expect(0),
            (await small.Tagguard.RunAsync("explain", "T001U001_001", "--date", Date)).Expect(0),
            (await small.Tagguard.RunAsync("gate", "--date", "2027-01-01", "--stage", "tags", "--open", "--by", "李伟", "--why", "known 😀")).Expect(0),
            (await small.Tagguard.RunAsync("doctor")).Expect(0),
        };

        Assert.Contains("Run `tagguard init`", early.Error, StringComparison.Ordinal);
        Assert.All(outcomes, outcome => Assert.DoesNotContain(MariaDbServer.Password, outcome.Error + outcome.Output, StringComparison.Ordinal));
        await using var connection = await database.OpenAsync();
        Assert.Equal(41L, await connection.ScalarAsync("select count(*) from tag_data_day where tagid = 'T001U001_001'"));
    }

    [Fact]
    public async Task TheSecondRunOfADateSaysWhoHoldsIt()
    {
        await using var database = await mariaDb.DatabaseAsync();
        using var small = await WarehouseAsync(database);
        (await small.Tagguard.RunAsync("init")).Expect(0);
        await using var connection = await database.OpenAsync();
        await connection.RunAsync("insert into run (plan, plan_hash, verb, date, attempt, host, process_id, user, started) values ('small', '', 'run', @date, 1, 'other-host', 77, 'etl', utc_timestamp(3))", ("@date", Date));
        await connection.RunAsync("insert into run_lock values ('small', @date, 1, 'other-host', '', utc_timestamp(3), utc_timestamp(3))", ("@date", Date));

        var refused = (await small.Tagguard.RunAsync("run", "--date", Date)).Expect(2);

        Assert.Contains("etl on other-host (process 77) runs the same date", refused.Error, StringComparison.Ordinal);
    }

    [Fact]
    public async Task ARunWhoseServerIsKilledAtARandomMomentLeavesAClosedGateOrAWholeVerdict()
    {
        var rounds = int.Parse(Environment.GetEnvironmentVariable(RoundsVariable) ?? "6", CultureInfo.InvariantCulture);
        await using var server = await mariaDb.StartAsync("--innodb-flush-log-at-trx-commit=2");
        await using var database = await server.DatabaseAsync();
        using var small = (await WarehouseAsync(database)).Write(SmallWarehouse.First, 41);
        await small.BackfilledAsync(Day.AddDays(-1));
        var clock = Stopwatch.StartNew();
        (await small.Tagguard.RunAsync("run", "--date", Date)).Expect(0);
        var (longest, random) = ((int)clock.ElapsedMilliseconds, new Random(20260210));

        for (var round = 0; round < rounds; round++)
        {
            using var run = small.Tagguard.Start("run", "--date", Date);
            await Task.Delay(random.Next(longest), Token);
            await server.RestartAsync();
            var outcome = await Tagguard.EndOfAsync(run);

            Assert.Contains(outcome.Exit, new[] { 0, 5 });
            await WholeOrClosedAsync(database, isFinished: outcome.Exit == 0);
        }

        (await small.Tagguard.RunAsync("run", "--date", Date)).Expect(0);
        (await small.Tagguard.RunAsync("gate", "--date", Date)).Expect(0);
    }

    /// <summary>No stage has a part of its verdicts, and no gate is open without all of them.</summary>
    static async Task WholeOrClosedAsync(MariaDbDatabase database, bool isFinished)
    {
        const string sizes = """
            select count(distinct verdicts), min(verdicts) from
              (select s.stage, (select count(*) from verdict v where v.run_stage_id = s.id) verdicts from run_stage s where s.date = @date) saved group by stage
            """;
        const string openWithoutVerdicts = """
            select count(*) from tag_stage_state g where g.business_date = @date and g.state = 1
              and not exists (select 1 from run_stage s join verdict v on v.run_stage_id = s.id where s.run_id = g.run_id and s.stage = g.stage_name)
            """;
        await using var connection = await database.OpenAsync();
        Assert.All(await connection.RowsAsync(sizes, ("@date", Date)), size => Assert.True(size[0] is 1L && (long)size[1] > 0, "A stage was saved with a part of its verdicts."));
        Assert.Equal(0L, await connection.ScalarAsync(openWithoutVerdicts, ("@date", Date)));
        if (isFinished)
            Assert.Equal(2L, await connection.ScalarAsync("select count(*) from tag_stage_state where business_date = @date and state = 1", ("@date", Date)));
    }

    [Fact]
    public async Task TheDemoGoesTheSameWithItsTablesOnANamedServer()
    {
        var server = await mariaDb.ServerAsync();
        using var small = new SmallWarehouse();
        using var passwords = new PasswordOfDemo();

        await TheDemoGoesTheSameAsync(small, $"mysql://{MariaDbServer.User}@127.0.0.1:{server.Port}/tagguard_demo?tls_ca={server.AuthorityFile}");

        await server.RunAsync("drop database tagguard_demo");
    }

    [Fact]
    public async Task TheDemoGoesTheSameOnAServerThatItStartsAndStops()
    {
        using var small = new SmallWarehouse();

        var folder = await TheDemoGoesTheSameAsync(small, "mysql");

        Assert.False(File.Exists(Path.Combine(folder, "mariadb", "data", "socket")), "The demo left its server running.");
        Assert.False(File.Exists(Path.Combine(folder, "tagguard.db")), "The demo made a SQLite file beside its server.");
    }

    /// <summary>The folder that the demo left.</summary>
    async Task<string> TheDemoGoesTheSameAsync(SmallWarehouse small, string store)
    {
        // One after the other: each takes all processors and some gigabytes.
        demo.Outcome.Expect(0);

        var outcome = (await small.Tagguard.RunAsync("demo", "--store", store)).Expect(0);

        var folder = Path.Combine(small.Folder, "tagguard-demo");
        var plan = await File.ReadAllTextAsync(Path.Combine(folder, "plan.yaml"), Token);
        Assert.Equal(demo.Days.Select(Told), outcome.Line["days"]!.AsArray().Select(day => Told(day!)));
        Assert.Equal(["service", "store"], plan.Split('\n').Where(line => line.Contains("type: mysql", StringComparison.Ordinal)).Select(line => line.Split(':')[0].Trim()));
        Assert.DoesNotContain(MariaDbServer.Password, outcome.Error + outcome.Output + plan, StringComparison.Ordinal);
        return folder;

        static string Told(System.Text.Json.Nodes.JsonNode day) => $"{day["date"]} {day["exit"]} {day["right"]}";
    }

    [Theory]
    [InlineData("mysql://etl:geheim@db1/tagguard", "leave it out of --store")]
    [InlineData("postgres://db1/tagguard", "is no place for the demo's tables")]
    [InlineData("mysql://etl@127.0.0.1:1/tagguard", "Check that the server runs")]
    public async Task AStoreThatTheDemoCannotUseIsTold(string store, string told)
    {
        using var small = new SmallWarehouse();

        var refused = await small.Tagguard.RunAsync("demo", "--store", store);

        Assert.NotEqual(0, refused.Exit);
        Assert.Contains(told, refused.Error, StringComparison.Ordinal);
    }

    /// <summary>The demo takes its password from the environment that it is started in.</summary>
    sealed class PasswordOfDemo : IDisposable
    {
        const string Variable = "TAGGUARD_DB_PASSWORD";

        public PasswordOfDemo() => Environment.SetEnvironmentVariable(Variable, MariaDbServer.Password);

        public void Dispose() => Environment.SetEnvironmentVariable(Variable, null);
    }
}
