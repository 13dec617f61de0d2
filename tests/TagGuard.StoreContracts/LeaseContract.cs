using System.Diagnostics;
using System.Globalization;
using TagGuard.Storage;

namespace TagGuard.StoreContracts;

/// <summary>A date has one run at a time.</summary>
public abstract class LeaseContract<TTables> : StoreContract<TTables>
    where TTables : IStoreTables, new()
{
    static RunStart Elsewhere => Given.Start(holder: new Holder("another-host", 1, "etl"));

    [Fact]
    public async Task TwoRunsOfOneDateExcludeEachOther()
    {
        await using var first = await BeginAsync();
        Clock.Move(TimeSpan.FromSeconds(5));

        var held = await Assert.ThrowsAsync<RunHeldException>(() => BeginAsync(store: Tables.Open(Clock)));

        Assert.Equal(Given.Start().Holder, held.Holder);
        Assert.Equal(Given.Night, held.Since);
    }

    [Fact]
    public async Task OtherDatesAndOtherPlansAreFree()
    {
        await using var first = await BeginAsync();
        await using var tomorrow = await BeginAsync(Given.Start(Given.Date.AddDays(1)));
        await using var other = await BeginAsync(Given.Start() with { Plan = "other" });

        Assert.Equal(3, new[] { first.RunId, tomorrow.RunId, other.RunId }.Distinct().Count());
    }

    [Fact]
    public async Task AttemptsAreCountedByVerbAndDate()
    {
        Assert.Equal(1, await AttemptAsync("run", 0));
        Assert.Equal(2, await AttemptAsync("run", 0));
        Assert.Equal(1, await AttemptAsync("tags", 0));
        Assert.Equal(1, await AttemptAsync("run", 1));

        async Task<int> AttemptAsync(string verb, int offset)
        {
            await using var run = await BeginAsync(Given.Start(Given.Date.AddDays(offset), verb));
            return run.Attempt;
        }
    }

    [Fact(Timeout = 15000)]
    public async Task ARunThatWaitsGetsTheDateWhenItIsGivenBack()
    {
        var first = await BeginAsync();
        var heartbeats = Clock.Alarms;
        var waiting = Tables.Open(Clock).BeginAsync(Given.Start(), TimeSpan.FromMinutes(10), Token);
        while (Clock.Alarms == heartbeats)
            await Task.Delay(10, Token);
        Assert.False(waiting.IsCompleted);

        await first.DisposeAsync();
        while (!waiting.IsCompleted)
        {
            Clock.Move(TimeSpan.FromSeconds(1));
            await Task.Delay(10, Token);
        }

        await using var second = await waiting;
        Assert.Equal(2, second.Attempt);
    }

    [Fact(Timeout = 15000)]
    public async Task ARunThatWaitsInVainSaysWhoHoldsTheDate()
    {
        await using var first = await BeginAsync();
        var waiting = Tables.Open(Clock).BeginAsync(Given.Start(), TimeSpan.FromSeconds(3), Token);
        while (!waiting.IsCompleted)
        {
            Clock.Move(TimeSpan.FromSeconds(1));
            await Task.Delay(10, Token);
        }

        await Assert.ThrowsAsync<RunHeldException>(() => waiting);
    }

    [Fact]
    public async Task OfManyThatBeginAtOnceOneGetsTheDate()
    {
        var begun = await Task.WhenAll(Enumerable.Range(0, 6).Select(async _ =>
        {
            try
            {
                return await BeginAsync(store: Tables.Open(Clock));
            }
            catch (RunHeldException)
            {
                return null;
            }
        }));

        await using var only = Assert.Single(begun.OfType<IRunLease>());
        Assert.Equal(1, only.Attempt);
    }

    [Fact]
    public async Task TheDateOfAProcessThatDiedIsTakenOverAtOnce()
    {
        const int NoSuchProcess = int.MaxValue;
        var dead = await BeginAsync(Given.Start(holder: new Holder(Environment.MachineName, NoSuchProcess, "etl")));
        await using var heir = await BeginAsync();

        Assert.Equal(2, heir.Attempt);
        await dead.DisposeAsync();
        await Assert.ThrowsAsync<RunHeldException>(() => BeginAsync());
    }

    [Fact]
    public async Task TheDateOfAKilledProcessThatItsParentDidNotCollectIsTakenOverAtOnce()
    {
        Assert.SkipUnless(OperatingSystem.IsLinux(), "Only Unix keeps the entry of a dead process.");
        using var parent = Process.Start(
            new ProcessStartInfo("sh", ["-c", "sleep 600 >&2 & echo $!; exec sleep 600"]) { RedirectStandardOutput = true }
        )!;
        try
        {
            var child = int.Parse((await parent.StandardOutput.ReadLineAsync(TestContext.Current.CancellationToken))!, CultureInfo.InvariantCulture);
            await using var dead = await BeginAsync(Given.Start(holder: new Holder(Environment.MachineName, child, "etl")));
            await Assert.ThrowsAsync<RunHeldException>(() => BeginAsync());

            using (var process = Process.GetProcessById(child))
                process.Kill();
            while (!(await File.ReadAllTextAsync($"/proc/{child}/stat", TestContext.Current.CancellationToken)).Contains(
                    ") Z ",
                    StringComparison.Ordinal))
                await Task.Delay(5, TestContext.Current.CancellationToken);
            await using var heir = await BeginAsync();

            Assert.Equal(2, heir.Attempt);
        }
        finally
        {
            parent.Kill(entireProcessTree: true);
        }
    }

    [Fact]
    public async Task TheDateOfAnotherMachineIsTakenOverWhenItGivesNoSignOfLife()
    {
        var stopped = new HandClock(Given.Night);
        await using var silent = await BeginAsync(Elsewhere, Tables.Open(stopped));
        Clock.Move(TimeSpan.FromSeconds(59));
        await Assert.ThrowsAsync<RunHeldException>(() => BeginAsync());
        Clock.Move(TimeSpan.FromSeconds(1));

        await using var heir = await BeginAsync();

        Assert.Equal(2, heir.Attempt);
    }

    [Fact]
    public async Task ARunOnAnotherMachineKeepsItsDateAsLongAsItLives()
    {
        await using var alive = await BeginAsync(Elsewhere);
        Clock.Move(TimeSpan.FromMinutes(30));

        await Assert.ThrowsAsync<RunHeldException>(() => BeginAsync());
    }

    [Fact]
    public async Task ARunThatLostItsDateSavesNothing()
    {
        var stopped = new HandClock(Given.Night);
        await using var silent = await BeginAsync(Elsewhere, Tables.Open(stopped));
        Clock.Move(TimeSpan.FromMinutes(2));
        await using var heir = await BeginAsync();

        var lost = await Assert.ThrowsAsync<StoreException>(() => Store.SaveAsync(silent, Given.Stage(Given.Volumes([Given.Volume("A", 1)])), Token));

        Assert.Contains("Nothing was saved", lost.Message, StringComparison.Ordinal);
        Assert.False((await GateAsync()).IsGood);
    }
}
