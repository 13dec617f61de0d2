using System.Text;
using TagGuard.Storage;

namespace TagGuard.StoreContracts;

/// <summary>Messages are ordered with what they tell, and each is sent by one process at a time.</summary>
public abstract class OutboxContract<TTables> : StoreContract<TTables>
    where TTables : IStoreTables, new()
{
    const int NoSuchProcess = int.MaxValue;
    const string Wang = "wang@example.com", Li = "Li <li@example.com>";

    static readonly TimeSpan Lease = TimeSpan.FromMinutes(5);
    static readonly Holder Here = new(Environment.MachineName, Environment.ProcessId, "etl");
    static readonly Holder Elsewhere = new("another-host", 1, "etl");
    static readonly OutboxOutcome Delivered = new(OutboxState.Delivered, "", default);

    static RunStart Mailed(string id, params string[] to) => Given.Start() with { Reports = [new OutboxOrder(OutboxKind.Report, to, id)] };

    /// <summary>A run that ends with its report ordered.</summary>
    async Task RunAsync(string id, params string[] to)
    {
        await using var run = await BeginAsync(Mailed(id, to));
        await Store.SaveAsync(run, Given.Stage(Given.Volumes([Given.Volume("A", 1)])), Token);
    }

    Task<OutboxClaim?> ClaimAsync(Holder? holder = null) => Tables.Open(Clock).ClaimAsync(Given.Plan, holder ?? Here, Lease, _ => true, Token);

    async Task<OutboxClaim?> WrittenAsync(string told = "all well", Holder? holder = null) =>
        await ClaimAsync(holder) is { } claim
            ? await Store.KeepAsync(Given.Plan, claim, new WrittenMessage(told, Encoding.UTF8.GetBytes($"bytes of {told}")), Token)
            : null;

    Task SettleAsync(OutboxClaim? claim, OutboxOutcome? outcome = null) => Store.SettleAsync(Given.Plan, claim!, outcome ?? Delivered, Token);

    async Task<IReadOnlyList<OutboxRow>> LeftAsync() => await Store.OutboxAsync(Given.Plan, Given.Night, Token);

    [Fact]
    public async Task AReportIsOrderedWithTheRunWhateverBecomesOfIt()
    {
        var run = await BeginAsync(Mailed("one@x", Wang, Li));
        await run.DisposeAsync();

        var rows = await LeftAsync();

        Assert.Equal([(Wang, run.RunId), (Li, run.RunId)], rows.Select(row => (row.To, row.About)));
        Assert.All(rows, row => Assert.Equal(("one@x", OutboxState.Waiting, 0), (row.MessageId, row.State, row.Attempts)));
    }

    [Fact]
    public async Task AReportIsNotDueWhileARunHoldsItsDate()
    {
        await using (await BeginAsync(Mailed("one@x", Wang)))
            Assert.Null(await ClaimAsync());

        Assert.NotNull(await ClaimAsync());
    }

    [Fact]
    public async Task OfManyProcessesOneGetsAMessage()
    {
        await RunAsync("one@x", Wang, Li);

        var claims = await Task.WhenAll(Enumerable.Range(0, 6).Select(_ => ClaimAsync()));

        Assert.Equal([Wang, Li], claims.OfType<OutboxClaim>().OrderBy(claim => claim.Row.Id).Select(claim => claim.Row.To));
    }

    [Fact]
    public async Task AMessageThatADeadProcessSentIsTakenOverAtOnceAndCountsAsDoubtful()
    {
        await RunAsync("one@x", Wang);
        var dead = await WrittenAsync(holder: new Holder(Environment.MachineName, NoSuchProcess, "etl"));

        var heir = await ClaimAsync();

        Assert.Equal((2, 1, "one@x"), (heir!.Row.Attempts, heir.Row.Doubts, heir.Row.MessageId));
        Assert.Equal(dead!.Content!.Value.ToArray(), heir.Content!.Value.ToArray());
        // The dead one has no say any more.
        await SettleAsync(dead);
        Assert.Equal(OutboxState.Sending, Assert.Single(await LeftAsync()).State);
    }

    [Fact]
    public async Task AMessageOfAnotherMachineIsTakenOverAfterItsLease()
    {
        await RunAsync("one@x", Wang);
        await WrittenAsync(holder: Elsewhere);
        Clock.Move(Lease - TimeSpan.FromSeconds(1));
        Assert.Null(await ClaimAsync());

        Clock.Move(TimeSpan.FromSeconds(1));

        Assert.NotNull(await ClaimAsync());
    }

    [Fact]
    public async Task WhatWaitsIsDueWhenItsTimeHasComeOrTheClockWasSetBack()
    {
        await RunAsync("one@x", Wang);
        await SettleAsync(await WrittenAsync(), new OutboxOutcome(OutboxState.Waiting, "451 later", TimeSpan.FromMinutes(8)));
        Assert.Null(await ClaimAsync());
        Assert.Equal("451 later", Assert.Single(await LeftAsync()).Answer);

        var yearBefore = new HandClock(Clock.GetUtcNow().AddYears(-1));
        Assert.NotNull(await Tables.Open(yearBefore).ClaimAsync(Given.Plan, Elsewhere, TimeSpan.Zero, _ => true, Token));
        Clock.Move(TimeSpan.FromMinutes(8));
        Assert.Equal(3, (await ClaimAsync())!.Row.Attempts);
    }

    [Fact]
    public async Task EachRecipientGetsTheBytesThatWereWrittenFirst()
    {
        await RunAsync("one@x", Wang, Li);

        var (first, second) = (await WrittenAsync("first"), await WrittenAsync("second"));

        Assert.Equal("bytes of first", Encoding.UTF8.GetString(second!.Content!.Value.Span));
        Assert.Equal("first", second.Row.Told);
        await SettleAsync(first);
        Assert.Equal("1", Look("select count(*) from outbox_content"));
        await SettleAsync(second);
        Assert.Equal("0", Look("select count(*) from outbox_content"));
    }

    [Fact]
    public async Task AReportIsToldAgainOnlyWhenItTellsSomethingElse()
    {
        var told = new List<string>();
        foreach (var (number, state) in new[] { "closed", "closed", "open", "closed" }.Index())
        {
            await RunAsync($"{number}@x", Wang);
            if (await WrittenAsync(state) is not { } claim)
                continue;
            await SettleAsync(claim);
            told.Add(claim.Row.MessageId);
        }

        Assert.Equal(["0@x", "2@x", "3@x"], told);
        Assert.Empty(await LeftAsync());
    }

    [Fact]
    public async Task APersonsWordSendsAReportThatTellsTheSame()
    {
        await RunAsync("one@x", Wang);
        await SettleAsync(await WrittenAsync());

        await Store.OrderAsync(Given.Plan, Given.Date, [new OutboxOrder(OutboxKind.Report, [Wang], "two@x")], Token);

        Assert.Equal("two@x", (await WrittenAsync())!.Row.MessageId);
    }

    [Fact]
    public async Task ANewerRunTakesThePlaceOfAReportThatNobodyWasSent()
    {
        await RunAsync("one@x", Wang);
        await SettleAsync(await WrittenAsync(), new OutboxOutcome(OutboxState.Waiting, "451 later", TimeSpan.Zero));

        await RunAsync("two@x", Wang);

        Assert.Equal("two@x", Assert.Single(await LeftAsync()).MessageId);
        Assert.Equal("0", Look("select count(*) from outbox_content"));
    }

    [Fact]
    public async Task AReportThatMayHaveArrivedIsSentBeforeANewerOneIsDropped()
    {
        await RunAsync("one@x", Wang);
        await WrittenAsync(holder: new Holder(Environment.MachineName, NoSuchProcess, "etl"));
        await RunAsync("two@x", Wang);

        var first = await ClaimAsync();
        await SettleAsync(first);

        Assert.Equal(("one@x", 1), (first!.Row.MessageId, first.Row.Doubts));
        Assert.Null(await WrittenAsync());
        Assert.Empty(await LeftAsync());
    }

    [Fact]
    public async Task ANewerReportWaitsForAnOlderOneThatIsBeingSentAndOvertakesOneThatFailed()
    {
        await RunAsync("one@x", Wang);
        var dead = await WrittenAsync(holder: new Holder(Environment.MachineName, NoSuchProcess, "etl"));
        var first = await WrittenAsync();
        await RunAsync("two@x", Wang);
        Assert.Null(await ClaimAsync());

        await SettleAsync(first, new OutboxOutcome(OutboxState.Waiting, "451 later", TimeSpan.FromMinutes(1)));
        var second = await WrittenAsync("something else");
        await SettleAsync(second);
        Clock.Move(TimeSpan.FromMinutes(1));

        Assert.Equal(("one@x", "one@x", "two@x"), (dead!.Row.MessageId, first!.Row.MessageId, second!.Row.MessageId));
        Assert.Null(await ClaimAsync());
        Assert.Empty(await LeftAsync());
    }

    [Fact]
    public async Task WhatWasWrittenWhileARunBeganIsNotSent()
    {
        await RunAsync("one@x", Wang);
        var claim = await ClaimAsync();
        await RunAsync("two@x", Wang);

        Assert.Null(await Store.KeepAsync(Given.Plan, claim!, new WrittenMessage("half a run", new byte[1]), Token));

        Assert.Equal("one@x", (await WrittenAsync("whole"))!.Row.MessageId);
        Assert.Null(await WrittenAsync("whole"));
    }

    [Fact]
    public async Task OfADeadMessageTheAdminIsToldAndTheReport()
    {
        await RunAsync("one@x", Wang, Li);
        var dead = await WrittenAsync();
        await SettleAsync(dead, new OutboxOutcome(OutboxState.Dead, "550 no such user", default)
        {
            DeadLetter = new OutboxOrder(OutboxKind.DeadLetter, ["admin@example.com"], "dead@x"),
        });

        var letter = Assert.Single(await LeftAsync(), row => row.Kind == OutboxKind.DeadLetter);
        var told = Assert.Single((await Store.DayAsync(Given.Plan, Given.Date.AddDays(1), 7, Token)).DeadLetters);

        Assert.Equal((dead!.Row.Id, "admin@example.com"), (letter.About, letter.To));
        Assert.Equal((Wang, "550 no such user"), (told.To, told.Answer));
        Assert.Equal(told, await Store.OutboxRowAsync(letter.About, Token));
    }

    /// <summary>A group that hears of closed gates only hears that one was opened again, and nothing of days on which none closed.</summary>
    [Fact]
    public async Task WhatIsNoNewsIsToldToThoseWhoWereToldBefore()
    {
        await RunAsync("quiet@x", Wang);
        Assert.Null(await KeepAsync("open", isNews: false));
        Assert.Equal("1", Look("select count(*) from outbox where state = 'dropped' and answer like '%nothing%'"));

        await RunAsync("closed@x", Wang);
        var closed = await KeepAsync("closed", isNews: true);
        await Store.SettleAsync(Given.Plan, closed!, new OutboxOutcome(OutboxState.Delivered, "", default), Token);
        await RunAsync("again@x", Wang);

        Assert.NotNull(await KeepAsync("open", isNews: false));
    }

    async Task<OutboxClaim?> KeepAsync(string told, bool isNews) =>
        await Store.KeepAsync(Given.Plan, (await ClaimAsync())!, new WrittenMessage(told, Encoding.UTF8.GetBytes(told)) { IsNews = isNews }, Token);

    [Fact]
    public async Task ASilenceIsOrderedOnceADate()
    {
        var order = new OutboxOrder(OutboxKind.Silence, [Wang], "silence@x");

        Assert.True(await Store.OrderAsync(Given.Plan, Given.Date, [order], Token));
        Assert.False(await Tables.Open(Clock).OrderAsync(Given.Plan, Given.Date, [order], Token));
        Assert.True(await Store.OrderAsync(Given.Plan, Given.Date.AddDays(1), [order], Token));
    }

    [Fact]
    public async Task MessagesGoWithTheirDate()
    {
        await RunAsync("one@x", Wang);
        await WrittenAsync();

        await Store.PruneAsync(Given.Plan, Given.Date, Prune.Verdicts, isTrial: false, Token);

        Assert.Empty(await LeftAsync());
        Assert.Equal("0", Look("select count(*) from outbox_content"));
    }

    [Fact]
    public async Task AnotherPlansMessagesAreItsOwn()
    {
        await RunAsync("one@x", Wang);

        Assert.Null(await Store.ClaimAsync("another", Here, Lease, _ => true, Token));
        Assert.Null(await Store.ClaimAsync(Given.Plan, Here, Lease, row => row.MessageId == "another@x", Token));
        Assert.Empty(await Store.OutboxAsync("another", Given.Night, Token));
    }
}
