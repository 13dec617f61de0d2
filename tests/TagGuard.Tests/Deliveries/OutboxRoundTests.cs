using System.Text;
using TagGuard.Adapters.Mail;
using TagGuard.Adapters.Webhooks;
using TagGuard.Deliveries;
using TagGuard.Plans;
using TagGuard.Storage;
using TagGuard.StoreContracts;
using TagGuard.Tests.Adapters;
using TagGuard.Tests.Support;

namespace TagGuard.Tests.Deliveries;

/// <summary>Mails from the outbox to a server that does what a real one does not do on request, over hours that pass at once.</summary>
public sealed class OutboxRoundTests : IAsyncLifetime
{
    static readonly MailPlan Plan = new() { Host = "localhost", Tls = MailTls.Off, From = "tagguard@example.com" };

    readonly SqliteTables _tables = new();
    readonly HandClock _clock = new(Given.Night);
    IRunStore _store = null!;

    static CancellationToken Token => TestContext.Current.CancellationToken;

    public async ValueTask InitializeAsync()
    {
        _store = _tables.Open(_clock);
        await _store.InitAsync(Token);
        var order = new OutboxOrder(OutboxKind.Report, ["wang@example.com", "li@example.com"], "one@example.com");
        await (await _store.BeginAsync(Given.Start() with { Reports = [order] }, TimeSpan.Zero, Token)).DisposeAsync();
    }

    [Fact]
    public async Task AServerThatIsDownForAnHourIsAskedLessAndLessAndGetsEachMailOnce()
    {
        var gone = new MailServer();
        await gone.DisposeAsync();
        var asked = 0;
        for (var end = _clock.GetUtcNow().AddHours(1); _clock.GetUtcNow() < end; _clock.Move(TimeSpan.FromMinutes(1)))
            asked += (await RoundAsync(gone.Port)).Count;
        Assert.Equal(2, (await _store.OutboxAsync(Given.Plan, Given.Night, Token)).Count);

        await using var server = new MailServer();
        for (var minutes = 0; minutes < 60; minutes++)
        {
            await RoundAsync(server.Port);
            _clock.Move(TimeSpan.FromMinutes(1));
        }

        // Once each at first, and after 1, 2, 4, … minutes; a round ends with the first that fails.
        Assert.InRange(asked, 10, 14);
        Assert.Equal(["li@example.com", "wang@example.com"], server.Mailbox.Select(mail => mail.To).Order());
        Assert.Empty(await _store.OutboxAsync(Given.Plan, Given.Night, Token));
    }

    [Fact]
    public async Task AServerThatIsSlowKeepsNobodyWaitingAndLeavesADoubt()
    {
        await using (var slow = new MailServer { Slowness = TimeSpan.FromMinutes(10) })
            await RoundAsync(slow.Port, Plan with { Timeout = TimeSpan.FromSeconds(1) }, TimeProvider.System);
        var row = (await _store.OutboxAsync(Given.Plan, Given.Night, Token))[0];

        Assert.Contains("did not answer within 1 s", row.Answer, StringComparison.Ordinal);
        Assert.Equal((OutboxState.Waiting, 1, 1), (row.State, row.Attempts, row.Doubts));
    }

    [Fact]
    public async Task WhatIsRefusedFortyTimesIsGivenUp()
    {
        await using var server = new MailServer { Answer = new(SmtpServer.Protocol.SmtpReplyCode.InsufficientStorage, "full") };
        for (var hours = 0; hours < 60; hours++)
        {
            await RoundAsync(server.Port);
            _clock.Move(OutboxDelay.Longest);
        }

        var rows = await _store.OutboxAsync(Given.Plan, Given.Night, Token);
        Assert.All(rows, row => Assert.Equal((OutboxState.Dead, OutboxDelay.MostAttempts), (row.State, row.Attempts)));
        Assert.Equal(2, rows.Count);
    }

    [Fact]
    public async Task AMailThatCannotBeWrittenKeepsNoOtherFromBeingDelivered()
    {
        await _store.OrderAsync(Given.Plan, Given.Date, [new OutboxOrder(OutboxKind.Silence, ["admin@example.com"], "two@example.com")], Token);
        await using var server = new MailServer();

        await RoundAsync(server.Port, broken: OutboxKind.Report);

        Assert.Equal("admin@example.com", Assert.Single(server.Mailbox).To);
        Assert.All(
            await _store.OutboxAsync(Given.Plan, Given.Night, Token),
            row => Assert.Contains("could not be written: InvalidDataException", row.Answer, StringComparison.Ordinal));
    }

    [Fact]
    public async Task AMailServerThatIsDownKeepsNoWebhookWaiting()
    {
        var hook = new OutboxOrder(OutboxKind.Silence, ["group"], "hook@x") { Channel = OutboxChannel.Webhook };
        await _store.OrderAsync(Given.Plan, Given.Date, [hook], Token);
        await using var other = new PostedTo();
        var gone = new MailServer();
        await gone.DisposeAsync();
        using var mail = new SmtpSender(Plan with { Port = gone.Port }, "/", TimeProvider.System);
        var webhooks = new WebhookSender(
            new Dictionary<string, WebhookPlan> { ["group"] = new() { Format = WebhookFormat.Json, Url = other.Url } }, "/", TimeProvider.System);
        var message = new ShortMessage
        {
            Id = "hook@x",
            Plan = Given.Plan,
            Date = Given.Date,
            Kind = "silence",
            State = "missing",
            Title = "t",
            Lines = [],
        };

        var results = await new OutboxRound(
            _store,
            Given.Plan,
            Given.Start().Holder,
            channel => channel == OutboxChannel.Mail ? mail : webhooks,
            (row, _) => Task.FromResult(new WrittenMessage(
                row.MessageId, row.Channel == OutboxChannel.Webhook ? message.ToJson() : Encoding.UTF8.GetBytes("\r\nhello\r\n"))))
            .DeliverAsync(null, Token);

        Assert.Equal([(OutboxChannel.Mail, false), (OutboxChannel.Webhook, true)], results.Select(one => (one.Row.Channel, one.IsDelivered)));
        Assert.Single(other.All);
    }

    [Fact]
    public void DelaysDoubleUpToAnHourAndAreShortenedByChance() => Assert.Equal(
        [1, 2, 4, 8, 16, 32, 60, 60, 30],
        [
            .. Enumerable.Range(1, 8).Select(attempts => OutboxDelay.After(attempts, chance: 0).TotalMinutes),
            OutboxDelay.After(OutboxDelay.MostAttempts, chance: 1).TotalMinutes,
        ]);

    async Task<IReadOnlyList<OutboxResult>> RoundAsync(int port, MailPlan? plan = null, TimeProvider? clock = null, OutboxKind? broken = null)
    {
        using var line = new SmtpSender((plan ?? Plan) with { Port = port }, "/", clock ?? TimeProvider.System);
        return await new OutboxRound(_store, Given.Plan, Given.Start().Holder, _ => line, (row, _) => row.Kind == broken
            ? throw new InvalidDataException("no such file")
            : Task.FromResult(new WrittenMessage("told", Encoding.UTF8.GetBytes($"Message-Id: <{row.MessageId}>\r\n\r\nhello\r\n"))))
        {
            Chance = () => 0,
        }.DeliverAsync(null, Token);
    }

    public async ValueTask DisposeAsync()
    {
        await _store.DisposeAsync();
        await _tables.DisposeAsync();
    }
}
