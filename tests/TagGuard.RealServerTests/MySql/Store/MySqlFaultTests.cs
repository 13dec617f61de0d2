using System.Globalization;
using TagGuard.Adapters.MySql.Store;
using TagGuard.Storage;
using TagGuard.StoreContracts;

namespace TagGuard.RealServerTests.MySql.Store;

/// <summary>What goes wrong between a store and its server: nothing half-written is read, the gate
/// stays closed, the run can be repeated, the error says what to do.</summary>
public sealed class MySqlFaultTests : StoreContract<MariaDbTables>
{
    static readonly StageResult Good = Given.Stage(Given.Volumes([Given.Volume("A", 1), Given.Volume("B", 2)]));

    MySqlRunStore Impatient => Tables.Database.Store(Clock, settings: "set innodb_lock_wait_timeout = 1");

    /// <summary>A save fails, its gate is closed with nothing stored, and the same is saved when what was in the way is gone.</summary>
    async Task FailsThenSucceedsAsync(IRunStore store, Func<Task<string>> failing, params string[] told)
    {
        var message = await failing();

        Assert.All(told, words => Assert.Contains(words, message, StringComparison.Ordinal));
        Assert.Contains("Nothing was half written", message, StringComparison.Ordinal);
        Assert.False((await GateAsync()).IsGood);
        Assert.Equal("0|0|0", Look(Kept));
        await store.SaveAsync(Given.Date, Good);
        Assert.True((await GateAsync()).IsGood);
        Assert.Equal("2|1|2", Look(Kept));
    }

    /// <summary>How many volumes, stages and verdicts there are.</summary>
    const string Kept =
        "select (select count(*) from tag_data_day), (select count(*) from run_stage), (select coalesce(sum(verdicts), 0) from passes)";

    static async Task<string> RefusedAsync(Task saving) => (await Assert.ThrowsAsync<StoreException>(() => saving)).Message;

    [Fact]
    public Task AConnectionThatDropsInTheMiddleOfASave() => FailsThenSucceedsAsync(
        Store,
        async () =>
        {
            await using var run = await BeginAsync();
            await using var blocker = await Blocker.RowsAsync(Tables.Database, "select * from tag_stage_state");
            var saving = Store.SaveAsync(run, Good, Token);
            var waiting = await blocker.SomebodyWaitsAsync();
            await blocker.RunAsync(string.Create(CultureInfo.InvariantCulture, $"kill {waiting}"));
            return await RefusedAsync(saving);
        },
        "run this again");

    [Fact]
    public Task ALockThatIsNotGivenBack() => FailsThenSucceedsAsync(
        Impatient,
        async () =>
        {
            await using var run = await BeginAsync();
            await using var blocker = await Blocker.RowsAsync(Tables.Database, "select * from tag_stage_state");
            return await RefusedAsync(Impatient.SaveAsync(run, Good, Token));
        },
        "Another transaction holds the rows", "show processlist");

    [Fact]
    public async Task ADeadlockIsUndoneAndTriedAgain()
    {
        await using var run = await BeginAsync();
        // The other has changed more rows, so that it is not the one that is undone.
        await using var other = await Blocker.HoldAsync(
            Tables.Database,
            "create table heavy (n int)",
            "set autocommit = 0",
            "insert into heavy select seq from seq_1_to_5000",
            "select * from tag_stage_state for update");
        var saving = Store.SaveAsync(run, Good, Token);
        await other.SomebodyWaitsAsync();

        await other.RunAsync("select * from date_lock for update");
        var stateUntilThen = Look("select state from tag_stage_state");
        await other.RunAsync("rollback");
        await saving;

        Assert.Equal("0", stateUntilThen);
        Assert.True((await GateAsync()).IsGood);
        Assert.Equal("2|1|2", Look(Kept));
    }

    [Fact]
    public async Task AReaderSeesAllOfASaveOrNothingOfIt()
    {
        await using var run = await BeginAsync();
        await using var blocker = await Blocker.RowsAsync(Tables.Database, "select * from tag_stage_state");
        var saving = Store.SaveAsync(run, Good, Token);
        await blocker.SomebodyWaitsAsync();

        var day = await Store.DayAsync(Given.Plan, Given.Date, 1, Token);
        await blocker.RunAsync("rollback");
        await saving;

        Assert.Empty(day.Stages);
        Assert.Equal(2, Assert.Single((await Store.DayAsync(Given.Plan, Given.Date, 1, Token)).Stages).Passes.Sum(stored => stored.Passes.Count));
    }

    [Fact]
    public async Task TwoHostsOfOneDateExcludeEachOtherAlthoughAClockOfTheirsIsWrong()
    {
        var wrong = new ShiftedClock(TimeSpan.FromMinutes(10));
        var here = Given.Start(holder: new Holder("host-a", 1, "etl"));
        await using var first = await BeginAsync(here, Tables.Database.Store());

        // By its own clock the other host has heard nothing for ten minutes.
        var second = Tables.Database.Store(wrong, machine: wrong);
        var held = await Assert.ThrowsAsync<RunHeldException>(() => BeginAsync(here with { Holder = new Holder("host-b", 1, "etl") }, second));

        Assert.Equal("host-a", held.Holder.Host);
    }

    [Fact]
    public async Task AQuestionIsBrokenOffWhenTheCallerGivesUp()
    {
        await Store.SaveAsync(Given.Date, Good);
        await using var blocker = await Blocker.HoldAsync(Tables.Database, "lock tables verdict write");
        using var giveUp = new CancellationTokenSource();
        var asking = Store.DayAsync(Given.Plan, Given.Date, 1, giveUp.Token);
        await blocker.SomebodyWaitsAsync();

        await giveUp.CancelAsync();

        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => asking);
    }

    /// <summary>A clock that goes wrong by so much.</summary>
    sealed class ShiftedClock(TimeSpan by) : TimeProvider
    {
        public override DateTimeOffset GetUtcNow() => System.GetUtcNow() + by;
    }
}
