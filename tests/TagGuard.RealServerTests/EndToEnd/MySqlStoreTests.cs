using System.Globalization;
using TagGuard.RealServerTests.MySql;
using TagGuard.RealServerTests.Support;

namespace TagGuard.RealServerTests.EndToEnd;

/// <summary>The program with its tables on MySQL.</summary>
public sealed class MySqlStoreTests(MariaDb mariaDb, Demo demo)
{
    static readonly DateOnly Day = SmallWarehouse.First.AddDays(40);
    static readonly string Date = Day.ToString("yyyy-MM-dd", CultureInfo.InvariantCulture);

    static CancellationToken Token => TestContext.Current.CancellationToken;

    /// <summary>A warehouse whose plan keeps its tables in this database.</summary>
    static async Task<SmallWarehouse> WarehouseAsync(MariaDbDatabase database)
    {
        var store =
            $"{{ type: mysql, host: 127.0.0.1, port: {database.Server.Port}, database: {database.Name}, user: {MariaDbServer.User}, password: "
                + $"\"${{file:password}}\", tls_ca: \"{database.Server.AuthorityFile}\" }}";
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
        await connection.RunAsync(
            "insert into run (plan, plan_hash, verb, date, attempt, host, process_id, user, started) values ('small', '', 'run', @date, 1, "
                + "'other-host', 77, 'etl', utc_timestamp(3))",
            ("@date", Date));
        await connection.RunAsync(
            "insert into run_lock values ('small', @date, 1, 'other-host', '', utc_timestamp(3), utc_timestamp(3))",
            ("@date", Date));

        var refused = (await small.Tagguard.RunAsync("run", "--date", Date)).Expect(2);

        Assert.Contains("etl on other-host (process 77) runs the same date", refused.Error, StringComparison.Ordinal);
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
        Assert.Equal(
            ["service", "store"],
            plan.Split('\n').Where(line => line.Contains("type: mysql", StringComparison.Ordinal)).Select(line => line.Split(':')[0].Trim()));
        Assert.DoesNotContain(MariaDbServer.Password, outcome.Error + outcome.Output + plan, StringComparison.Ordinal);
        return folder;

        static string Told(System.Text.Json.Nodes.JsonNode day) => $"{day["date"]} {day["exit"]} {day["right"]}";
    }

    [Theory]
    [InlineData("mysql://etl:geheim@db1/tagguard", "leave it out of --store")]
    [InlineData("postgres://db1/tagguard", "is not a place for the demo's tables")]
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
