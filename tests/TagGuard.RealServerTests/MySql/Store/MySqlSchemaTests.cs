using TagGuard.Adapters.MySql.Store;
using TagGuard.RealServerTests.Support;
using TagGuard.Storage;
using TagGuard.StoreContracts;

namespace TagGuard.RealServerTests.MySql.Store;

/// <summary>How the tables are made, and when not.</summary>
public sealed class MySqlSchemaTests(MariaDb mariaDb)
{
    static CancellationToken Token => TestContext.Current.CancellationToken;

    static Task<StoreException> RefusedAsync(MySqlRunStore store) =>
        Assert.ThrowsAsync<StoreException>(() => store.GatesAsync(Given.Plan, Given.Date, Token));

    [Fact]
    public async Task ManyInitsAtOnceMakeTheTablesOnce()
    {
        await using var database = await mariaDb.DatabaseAsync();

        var applied = await Task.WhenAll(Enumerable.Range(0, 4).Select(_ => database.Store().InitAsync(Token)));

        Assert.Equal(MySqlScripts.All.Migrations, applied.SelectMany(scripts => scripts));
        Assert.Empty(await database.Store().GatesAsync(Given.Plan, Given.Date, Token));
        Assert.Empty(await database.Store().InitAsync(Token));
    }

    [Fact]
    public void EveryScriptOfTheFolderIsAppliedAndEveryStatementSaysWhatItIs()
    {
        var embedded = typeof(MySqlRunStore).Assembly.GetManifestResourceNames();
        var scripts = embedded
            .Where(name => name.StartsWith("sql/mysql/", StringComparison.Ordinal))
            .Select(name => name["sql/mysql/".Length..])
            .ToList();

        Assert.Equal(scripts.Where(name => !name.Contains('/', StringComparison.Ordinal)).Order(), MySqlScripts.All.Migrations);
        Assert.All(scripts.Where(name => name.StartsWith("queries/", StringComparison.Ordinal)), name =>
            Assert.StartsWith("-- ", MySqlScripts.All.Query(Path.GetFileNameWithoutExtension(name)), StringComparison.Ordinal));
    }

    [Fact]
    public async Task TablesThatAreNotMadeYetAskForInit()
    {
        await using var database = await mariaDb.DatabaseAsync();

        Assert.Contains($"the database {database.Name} on 127.0.0.1", (await RefusedAsync(database.Store())).Message, StringComparison.Ordinal);
        Assert.Contains("Run `tagguard init`", (await RefusedAsync(database.Store())).Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task ADatabaseThatIsNotThereIsToldWithTheCure()
    {
        await using var database = await mariaDb.DatabaseAsync();
        await database.Server.RunAsync($"drop database {database.Name}");

        var refused = await Assert.ThrowsAsync<StoreException>(() => database.Store().InitAsync(Token));
        await database.Server.RunAsync($"create database {database.Name}");

        Assert.Contains("Create the database", refused.Message, StringComparison.Ordinal);
        Assert.DoesNotContain(MariaDbServer.Password, refused.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task ATableOfAnotherProgramIsLeftAlone()
    {
        await using var database = await mariaDb.DatabaseAsync();
        await using var connection = await database.OpenAsync();
        await connection.RunAsync("create table incident (id int)");

        var refused = await Assert.ThrowsAsync<StoreException>(() => database.Store().InitAsync(Token));

        Assert.Contains("has a table incident of another program", refused.Message, StringComparison.Ordinal);
        Assert.Equal(2, (await connection.RowsAsync("show tables")).Count);
    }

    [Theory]
    [InlineData("update schema_version set sha256 = 'another'", "was changed after it was applied")]
    [InlineData("insert into schema_version select concat('9', seq, '.sql'), '', now() from seq_1_to_50", "newer TagGuard (schema 57")]
    public async Task ASchemaThatThisProgramDoesNotKnowIsRefused(string change, string told)
    {
        await using var database = await mariaDb.DatabaseAsync();
        await database.Store().InitAsync(Token);
        await using var connection = await database.OpenAsync();
        await connection.RunAsync(change);

        Assert.Contains(told, (await Assert.ThrowsAsync<StoreException>(() => database.Store().InitAsync(Token))).Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task ASchemaThatIsTooOldAsksForInit()
    {
        await using var database = await mariaDb.DatabaseAsync();
        await database.Store().InitAsync(Token);
        await using var connection = await database.OpenAsync();
        await connection.RunAsync("delete from schema_version");

        Assert.Contains("older TagGuard", (await RefusedAsync(database.Store())).Message, StringComparison.Ordinal);
        Assert.Equal(MySqlScripts.All.Migrations, await database.Store().InitAsync(Token));
    }

    [Fact]
    public async Task ProbingTellsWhatIsThereAndWhatIsRisky()
    {
        await using var database = await mariaDb.DatabaseAsync();
        await using var store = database.Store();
        await store.InitAsync(Token);
        await store.SaveAsync(Given.Date, Given.Stage(Given.Volumes([Given.Volume("A", 1)])));

        var told = await store.ProbeAsync(Token);

        Assert.Matches(@"^MySQL 1\d\.\d+\.\d+-MariaDB.*, schema 7, 1 runs, newest date 2011-11-15, \d\.\d MB\. ", told);
        Assert.Contains("Set innodb_flush_log_at_trx_commit = 1 (it is 0)", told, StringComparison.Ordinal);
    }
}
