using System.Diagnostics;
using TagGuard.Adapters.Sqlite;
using TagGuard.Facts;
using TagGuard.Storage;
using TagGuard.StoreContracts;
using TagGuard.Tests.Adapters;

namespace TagGuard.Tests.Storage;

/// <summary>What only a store in a file has to deal with.</summary>
public sealed class SqliteRunStoreTests : StoreContract<SqliteTables>
{
    static readonly string[] Scripts =
    [
        "001_tables.sql", "002_day_decision.sql", "003_judged_at.sql", "004_judged_by.sql", "005_phrases.sql", "006_passes.sql", "007_volumes.sql",
        "008_outbox.sql", "009_tags.sql",
    ];

    string FileName => Tables.FileName;

    SqliteRunStore At(string path) => new(path, Clock) { Patience = TimeSpan.FromMilliseconds(50) };

    string Another(string name) => Path.Combine(Tables.Folder, name);

    void Change(string sql)
    {
        using var database = SqliteDatabase.Open(FileName, Access.Write, TimeSpan.Zero);
        database.Execute(sql);
    }

    static Task<StoreException> RefusedAsync(IRunStore store) =>
        Assert.ThrowsAsync<StoreException>(() => store.GatesAsync(Given.Plan, Given.Date, Token));

    [Fact]
    public async Task InitAppliesEachScriptOnce()
    {
        var store = At(Another("new.db"));

        Assert.Equal(
            Scripts,
            await store.InitAsync(Token));
        Assert.Empty(await store.InitAsync(Token));
    }

    [Fact]
    public async Task EveryScriptOfTheFolderIsApplied()
    {
        await Task.CompletedTask;
        var embedded = typeof(SqliteRunStore)
            .Assembly.GetManifestResourceNames()
            .Where(name => name.StartsWith("sql/sqlite/", StringComparison.Ordinal))
            .ToList();
        var scripts = embedded.Select(name => name["sql/sqlite/".Length..]).Where(name => !name.Contains('/', StringComparison.Ordinal)).Order();

        Assert.Equal(scripts, SqliteScripts.All.Migrations);
        Assert.All(embedded.Where(name => name.Contains("/queries/", StringComparison.Ordinal)), name =>
            Assert.StartsWith("-- ", SqliteScripts.Query(Path.GetFileNameWithoutExtension(name)), StringComparison.Ordinal));
    }

    [Fact]
    public async Task VolumesThatAnOlderProgramStoredAreReadAndWrittenAsBefore()
    {
        var path = Another("older.db");
        const string day = "tag_data_day (id, tagid, date, tag_count, tag_total_per, tag_dau_per, plan, check_name, dimension, accepted, run_id)";
        using (var older = SqliteDatabase.Open(path, Access.Create, TimeSpan.Zero))
        {
            foreach (var script in SqliteScripts.All.Migrations.TakeWhile(script => script != "007_volumes.sql"))
                older.Execute(SqliteScripts.All.Migration(script));
            older.Execute($"""
                pragma application_id = {0x54616747}; pragma user_version = 6;
                insert into run (plan, plan_hash, verb, date, attempt, host, process_id, user, started)
                values ('userprofile', '', 'run', '2011-11-14', 1, '', 1, '', '');
                insert into {day} values
                  (7, 'B', '2011-11-14', 20, 0.5, null, 'userprofile', 'user tags', 'userid', 0, 1),
                  (8, 'A', '2011-11-14', 10, 0.25, 0.125, 'userprofile', 'user tags', 'userid', 1, 1);
                """);
        }
        await using var store = At(path);

        Assert.Equal(["007_volumes.sql", "008_outbox.sql", "009_tags.sql"], await store.InitAsync(Token));

        var history = await store.HistoryAsync(Given.Plan, Given.Tags, Given.Date, 7, Given.Later, Token);
        Assert.Equal((10, DayState.Accepted), Assert.Single(history.Measured(Given.Tag("A"))) is var a ? (a.Value, a.State) : default);
        Assert.Equal((20, DayState.Quarantined), Assert.Single(history.Measured(Given.Tag("B"))) is var b ? (b.Value, b.State) : default);
        using var database = SqliteDatabase.Open(path, Access.Write, TimeSpan.Zero);
        Assert.Equal(8, database.Number("select id from tag_data_day where tagid = 'A' and date = '2011-11-14' and tag_dau_per = 0.125"));
        database.Execute($"""
            update tag_data_day set tag_count = 11 where tagid = 'A'; delete from tag_data_day where tagid = 'B';
            insert into {day} values (9, 'C', '2011-11-15', 1, null, null, 'userprofile', 'user tags', 'userid', 1, 1);
            """);
        Assert.Equal(11, database.Number("select tag_count from tag_data_day where tagid = 'A'"));
        Assert.Equal(2, database.Number("select count(*) from volume"));
    }

    [Fact]
    public async Task NothingOfADateIsLeftWhenItIsTakenAway()
    {
        await Store.SaveAsync(Given.Date, Given.Stage(Given.Volumes([Given.Volume("A", 1)])));

        await Store.PruneAsync(Given.Plan, Given.Date, Prune.Everything, isTrial: false, Token);

        using var database = SqliteDatabase.Open(FileName, Access.Read, TimeSpan.Zero);
        Assert.Equal(0, database.Number("select (select count(*) from volume) + (select count(*) from volume_day)"));
    }

    [Fact]
    public async Task ManyInitsAtOnceMakeTheTablesOnce()
    {
        var path = Another("many.db");

        var applied = await Task.WhenAll(Enumerable.Range(0, 8).Select(_ => new SqliteRunStore(path, Clock).InitAsync(Token)));

        Assert.Equal(
            Scripts,
            applied.SelectMany(scripts => scripts));
        Assert.Empty(await At(path).GatesAsync(Given.Plan, Given.Date, Token));
    }

    [Fact]
    public async Task NothingButInitMakesAFile()
    {
        var refused = await RefusedAsync(At(Another("none.db")));

        Assert.Contains("tagguard init", refused.Message, StringComparison.Ordinal);
        Assert.False(File.Exists(Another("none.db")));
    }

    [Fact]
    public async Task AFolderThatIsNotThereIsSaid()
    {
        var refused = await Assert.ThrowsAsync<StoreException>(() => At(Path.Combine(Tables.Folder, "typo", "new.db")).InitAsync(Token));

        Assert.Contains($"{Path.Combine(Tables.Folder, "typo")} is not there", refused.Message, StringComparison.Ordinal);
        Assert.False(Directory.Exists(Path.Combine(Tables.Folder, "typo")));
    }

    [Fact]
    public async Task AnEmptyFileIsNotInitialised()
    {
        await File.WriteAllBytesAsync(Another("empty.db"), [], Token);

        Assert.Contains("tagguard init", (await RefusedAsync(At(Another("empty.db")))).Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task ASchemaOfANewerProgramIsRefused()
    {
        Change("pragma user_version = 99");

        Assert.Contains("newer TagGuard (schema 99", (await RefusedAsync(Store)).Message, StringComparison.Ordinal);
        Assert.Contains(
            "Update tagguard",
            (await Assert.ThrowsAsync<StoreException>(() => Store.InitAsync(Token))).Message,
            StringComparison.Ordinal);
    }

    [Fact]
    public async Task ASchemaOfAnOlderProgramAsksForInit()
    {
        Change("pragma user_version = 0");

        Assert.Contains("older TagGuard", (await RefusedAsync(Store)).Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task AScriptThatWasChangedAfterItWasAppliedIsRefused()
    {
        Change("update schema_version set sha256 = 'another'");

        var refused = await Assert.ThrowsAsync<StoreException>(() => Store.InitAsync(Token));

        Assert.Contains("001_tables.sql was changed after it was applied", refused.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task AFileOfAnotherProgramIsLeftAlone()
    {
        using (var database = SqliteDatabase.Open(Another("crm.db"), Access.Create, TimeSpan.Zero))
            database.Execute("create table customer (id integer)");

        Assert.Contains(
            "belongs to another program",
            (await Assert.ThrowsAsync<StoreException>(() => At(Another("crm.db")).InitAsync(Token))).Message,
            StringComparison.Ordinal);
    }

    [Fact]
    public async Task ADamagedFileIsSaidToBeDamaged()
    {
        await File.WriteAllTextAsync(Another("damaged.db"), new string('x', 5000), Token);

        Assert.Contains("Restore it from a backup", (await RefusedAsync(At(Another("damaged.db")))).Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task AFolderInPlaceOfTheFileIsSaid()
    {
        Directory.CreateDirectory(Another("folder.db"));

        Assert.Contains(
            "cannot be opened",
            (await Assert.ThrowsAsync<StoreException>(() => At(Another("folder.db")).InitAsync(Token))).Message,
            StringComparison.Ordinal);
    }

    [Fact]
    public async Task AFileThatCannotBeWrittenIsSaid()
    {
        // Root writes to files that are read-only, but not to immutable ones.
        Assert.SkipUnless(await ChattrAsync("+i"), "needs a file system and a user that can make files immutable (chattr +i)");
        try
        {
            var refused = await Assert.ThrowsAsync<StoreException>(() => At(FileName).BeginAsync(Given.Start(), TimeSpan.Zero, Token));

            Assert.Contains("cannot be written", refused.Message, StringComparison.Ordinal);
        }
        finally
        {
            await ChattrAsync("-i");
        }
    }

    async Task<bool> ChattrAsync(string flag)
    {
        using var chattr = Process.Start(new ProcessStartInfo("chattr", [flag, FileName]) { RedirectStandardError = true });
        await chattr!.WaitForExitAsync(Token);
        return chattr.ExitCode == 0;
    }

    [Fact]
    public async Task ALockThatIsNotGivenBackIsSaid()
    {
        using var database = SqliteDatabase.Open(FileName, Access.Write, TimeSpan.Zero);
        using var held = database.BeginWrite();

        var refused = await Assert.ThrowsAsync<StoreException>(() => At(FileName).BeginAsync(Given.Start(), TimeSpan.Zero, Token));

        Assert.Contains("locked by another process", refused.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task GatesAreReadWhileAnotherProcessWrites()
    {
        await Store.SaveAsync(Given.Date, Given.Stage(Given.Volumes([Given.Volume("A", 1)])));
        using var database = SqliteDatabase.Open(FileName, Access.Write, TimeSpan.Zero);
        using var held = database.BeginWrite();
        database.Execute("update tag_stage_state set state = 0");

        Assert.True((await At(FileName).GatesAsync(Given.Plan, Given.Date, Token))["tags"].IsGood);
    }

    [Fact]
    public void AFullDiskIsSaid() =>
        Assert.Contains("is full. Make room", new SqliteFault(13, "database or disk is full").Cure("/data/t.db"), StringComparison.Ordinal);

    [Fact]
    public async Task AProcessNumberThatWasGivenToAnotherProcessHoldsNothing()
    {
        await using var earlier = await Store.BeginAsync(Given.Start(), TimeSpan.Zero, Token);
        Change("update run_lock set process_mark = 'started long ago'");

        await using var heir = await Store.BeginAsync(Given.Start(), TimeSpan.Zero, Token);

        Assert.Equal(2, heir.Attempt);
    }

    [Fact]
    public async Task AVerdictThatAnOlderProgramSavedIsOfTheEndOfItsStage()
    {
        await Store.SaveAsync(Given.Date, Given.Stage(Given.Volumes([Given.Taken(Metrics.Rows, 1)])));
        Change("update run_check set judged_at = null");

        Assert.Equal(Given.Night.AddMinutes(3), Assert.Single(await Store.JudgementsAsync(Given.Plan, Given.Date, null, Token)).JudgedAt);
    }

    [Fact]
    public async Task ProbingTellsWhatIsThere()
    {
        Assert.Matches(@"^SQLite 3\.\d+\.\d+, schema 9, 0 runs, 0\.\d MB$", await Store.ProbeAsync(Token));
        await Store.SaveAsync(Given.Date, Given.Stage(Given.Volumes([Given.Volume("A", 1)])));
        Assert.Contains("1 runs, newest date 2011-11-15", await Store.ProbeAsync(Token), StringComparison.Ordinal);
    }
}
