using System.Globalization;
using System.Text;
using TagGuard.Deliveries;
using TagGuard.Storage;
using TagGuard.StoreContracts;
using TagGuard.Tests.Adapters;

namespace TagGuard.Tests.Deliveries;

/// <summary>Random histories of runs, killed processes, failing servers, clocks and prunes against what a recipient may expect.</summary>
public sealed class OutboxHistoryTests
{
    const int Steps = 25;

    /// <summary>One for each hundred of the gate's.</summary>
    static readonly int Histories = Math.Max(
        20, int.Parse(Environment.GetEnvironmentVariable("TAGGUARD_GATE_HISTORIES") ?? "10000", CultureInfo.InvariantCulture) / 100);

    [Fact]
    public async Task WhateverHappensEachRecipientIsToldEachChangeOnceAndTheLastOneLast()
    {
        for (var seed = 0; seed < Histories; seed++)
        {
            await using var history = await OutboxHistory.BeginAsync(seed);
            for (var step = 0; step < Steps; step++)
                await history.StepAsync();
            await history.HealAsync();
            history.Check();
        }
    }
}

/// <summary>One history: what happened, what was told, and what each recipient may expect.</summary>
sealed class OutboxHistory : IAsyncDisposable, IMessageLine
{
    const string Admin = "admin@example.com";
    const int DeadProcess = int.MaxValue;

    static readonly string[] People = ["wang@example.com", "li@example.com"];

    readonly SqliteTables _tables = new();
    readonly ShiftedClock _clock = new() { Now = Given.Night };
    readonly List<string> _log = [];
    readonly List<Mail> _mailbox = [];
    readonly Dictionary<DateOnly, string> _states = [];
    readonly HashSet<string> _doubtful = [];
    readonly Random _random;
    readonly int _seed;
    IRunStore _store = null!;
    int _runs;
    bool _isHealed, _isNested, _isAlive;

    OutboxHistory(int seed) => (_seed, _random) = (seed, new Random(seed));

    sealed record Mail(string To, string MessageId, OutboxKind Kind, DateOnly Date, string Told);

    sealed class ShiftedClock : TimeProvider
    {
        public DateTimeOffset Now { get; set; }

        public override DateTimeOffset GetUtcNow() => Now;
    }

    static CancellationToken Token => TestContext.Current.CancellationToken;

    public static async Task<OutboxHistory> BeginAsync(int seed)
    {
        var history = new OutboxHistory(seed);
        history._store = history._tables.Open(history._clock);
        await history._store.InitAsync(Token);
        return history;
    }

    public Task StepAsync() => _random.Next(10) switch
    {
        < 3 => RunAsync(isKilled: _random.Next(4) == 0),
        < 8 => DeliverAsync(),
        8 => MoveAsync(),
        _ => _random.Next(4) == 0 ? PruneAsync() : MoveAsync(),
    };

    /// <summary>The server is well, and time goes by.</summary>
    public async Task HealAsync()
    {
        _isHealed = true;
        for (var round = 0; round < 4; round++)
        {
            _clock.Now += TimeSpan.FromHours(2);
            await DeliverAsync();
        }
        Assert.All(
            await _store.OutboxAsync(Given.Plan, DateTimeOffset.UnixEpoch, Token),
            row => Assert.True(row.State == OutboxState.Dead, Said($"{row} is left")));
    }

    public void Check()
    {
        foreach (var mails in _mailbox.Where(mail => mail.Kind == OutboxKind.Report).GroupBy(mail => (mail.To, mail.Date)))
        {
            Assert.All(mails.CountBy(mail => mail.MessageId).Where(same => same.Value > 1), same => Assert.True(
                _doubtful.Contains(mails.Key.To + same.Key), Said($"{mails.Key} got {same} and nobody was killed")));
            var told = mails.DistinctBy(mail => mail.MessageId).Select(mail => mail.Told).ToList();
            Assert.All(told.Zip(told.Skip(1)), pair => Assert.True(pair.First != pair.Second, Said($"{mails.Key} was told {pair.First} twice")));
        }
        foreach (var (date, state) in _states)
        {
            Assert.All(People.Where(to => NewestOf(to, date) != "dead"), to => Assert.True(
                _mailbox.LastOrDefault(mail => mail.To == to && mail.Date == date && mail.Kind == OutboxKind.Report)?.Told == state,
                Said($"{to} does not know that {date} is {state}")));
        }
        Assert.Equal("0", _tables.Look(
            "select count(*) from outbox o where kind = 'report' and state = 'dead' and not exists"
            + " (select 1 from outbox where kind = 'dead_letter' and about = o.id and state = 'delivered')"));
    }

    string NewestOf(string to, DateOnly date) => _tables.Look(string.Create(
        CultureInfo.InvariantCulture,
        $"select state from outbox where kind = 'report' and recipient = '{to}' and date = '{date:yyyy-MM-dd}' order by id desc limit 1"));

    async Task RunAsync(bool isKilled)
    {
        var date = Given.Date.AddDays(_random.Next(2));
        var holder = isKilled ? new Holder(Environment.MachineName, DeadProcess, "etl") : Given.Start().Holder;
        var id = $"run{++_runs}@x";
        _log.Add($"{id} of {date}{(isKilled ? ", killed" : "")}");
        var order = new OutboxOrder(OutboxKind.Report, People, id);
        var run = await _store.BeginAsync(Given.Start(date, holder: holder) with { Reports = [order] }, TimeSpan.Zero, Token);
        // A killed run leaves the date as it is, with its gates closed.
        _states[date] = isKilled ? "broken off" : $"state {_random.Next(2)}";
        if (isKilled)
            return;
        await run.DisposeAsync();
    }

    async Task DeliverAsync()
    {
        // One that lives, for those that begin while it sends; one on another machine, of which there is only the lease.
        var holder = _random.Next(3) switch
        {
            0 when !_isHealed => new Holder("another-host", 1, "etl"),
            1 when !_isHealed && !_isNested => new Holder(Environment.MachineName, DeadProcess, "etl"),
            _ => Given.Start().Holder,
        };
        _isAlive = holder.ProcessId != DeadProcess;
        try
        {
            var round = new OutboxRound(_tables.Open(_clock), Given.Plan, holder, _ => this, WriteAsync)
            {
                DeadLetter = row => new OutboxOrder(OutboxKind.DeadLetter, [Admin], $"dead{row.Id}@x"),
                Chance = _random.NextDouble,
            };
            await round.DeliverAsync(null, Token);
        }
        catch (OperationCanceledException)
        {
            _log.Add("killed");
            // What is dead on this machine is seen to be; where the holder lives on, its lease has to run out, as on another machine.
            if (holder.ProcessId == Environment.ProcessId)
                _tables.Run($"update outbox set lease_mark = 'gone' where state = 'sending'");
        }
    }

    Task<WrittenMessage> WriteAsync(OutboxRow row, CancellationToken cancellationToken)
    {
        var told = row.Kind == OutboxKind.Report ? _states[row.Date] : row.MessageId;
        var date = row.Date.ToString("yyyy-MM-dd", CultureInfo.InvariantCulture);
        return Task.FromResult(new WrittenMessage(told, Encoding.UTF8.GetBytes($"{row.MessageId}|{row.Kind}|{date}|{told}")));
    }

    public async Task<Receipt> SendAsync(ReadOnlyMemory<byte> mail, string to, CancellationToken cancellationToken)
    {
        var parts = Encoding.UTF8.GetString(mail.Span).Split('|');
        var chance = _isHealed ? 99 : _random.Next(20);
        _log.Add($"{_clock.Now:u} {to} {parts[0]} {parts[3]}: {chance}");
        // Another process comes while this one sends.
        if (chance is 0 or 1 && _isAlive && !_isNested)
        {
            _isNested = true;
            await DeliverAsync();
            _isNested = false;
        }
        switch (chance)
        {
            case 2 or 3:
                return new Receipt(to, "451 later");
            case 4 when to != Admin:
                return new Receipt(to, "550 no", IsFinal: true);
            case 5:
                throw new MailException("down");
            case 8:
                Take();
                _doubtful.Add(to + parts[0]);
                throw new MailException("slow") { IsDoubtful = true };
            case 6:
                throw new OperationCanceledException("killed before it was taken");
            case 7:
                Take();
                _doubtful.Add(to + parts[0]);
                throw new OperationCanceledException("killed behind");
            default:
                Take();
                return new Receipt(to, null);
        }

        void Take() => _mailbox.Add(new Mail(
            to, parts[0], Enum.Parse<OutboxKind>(parts[1]), DateOnly.ParseExact(parts[2], "yyyy-MM-dd", CultureInfo.InvariantCulture), parts[3]));
    }

    Task MoveAsync()
    {
        _clock.Now += _random.Next(5) == 0 ? -TimeSpan.FromHours(_random.Next(48)) : TimeSpan.FromMinutes(_random.Next(120));
        _log.Add($"it is {_clock.Now:u}");
        return Task.CompletedTask;
    }

    async Task PruneAsync()
    {
        var date = Given.Date.AddDays(_random.Next(2));
        _log.Add($"prune {date}");
        await _store.PruneAsync(Given.Plan, date, Prune.Everything, isTrial: false, Token);
        _states.Remove(date);
        _mailbox.RemoveAll(mail => mail.Date == date);
    }

    string Said(string what) => $"seed {_seed}: {what}\n{string.Join('\n', _log)}";

    public async ValueTask DisposeAsync()
    {
        await _store.DisposeAsync();
        await _tables.DisposeAsync();
    }
}
