using System.Globalization;
using TagGuard.Adapters.Sqlite;
using TagGuard.Gates;
using TagGuard.Plans;
using TagGuard.Runs;
using TagGuard.Sources;
using TagGuard.Storage;
using TagGuard.Tests.Support;
using TagGuard.Tests.Yaml;

namespace TagGuard.Tests.Gates;

/// <summary>Random histories of runs, single stages, crashes, overrides, revocations, edits of the plan,
/// lost verdicts and wrong clocks, held against <see cref="GateModel"/>.</summary>
public sealed class GateHistoryTests
{
    /// <summary>TAGGUARD_GATE_HISTORIES=100000 looks longer.</summary>
    static readonly int Histories = int.Parse(Environment.GetEnvironmentVariable("TAGGUARD_GATE_HISTORIES") ?? "10000", CultureInfo.InvariantCulture);

    const int Steps = 8;
    const int Chunk = 100;

    [Fact]
    public async Task NoGateIsOpenThatMayNotBeAndNoneClosedThatMayBeOpenInTenThousandHistories()
    {
        // In memory where there is such a folder: what is tested is what is stored, not how fast a disk is.
        var folder = Directory
            .CreateDirectory(Path.Combine(Directory.Exists("/dev/shm") ? "/dev/shm" : Path.GetTempPath(), $"tagguard-gates-{Guid.NewGuid():N}"))
            .FullName;
        try
        {
            var (open, closed) = (0, 0);
            // A new file now and then: histories are of different plans, but the tables of all of them grow.
            await Parallel.ForEachAsync(
                Enumerable.Range(0, (Histories + Chunk - 1) / Chunk),
                TestContext.Current.CancellationToken,
                async (chunk, token) =>
                {
                    var file = Path.Combine(folder, $"{chunk}.db");
                    await new SqliteRunStore(file, TimeProvider.System).InitAsync(token);
                    for (var seed = chunk * Chunk; seed < Math.Min(Histories, (chunk + 1) * Chunk); seed++)
                    {
                        var history = new GateHistory(file, seed);
                        await history.PlayAsync(Steps);
                        Interlocked.Add(ref open, history.Open);
                        Interlocked.Add(ref closed, history.Closed);
                    }
                    File.Delete(file);
                });
            // Histories in which nothing ever opens, or closes, would prove nothing.
            Assert.True(open > Histories, $"Only {open} gates were open.");
            Assert.True(closed > Histories, $"Only {closed} gates were closed.");
        }
        finally
        {
            Directory.Delete(folder, recursive: true);
        }
    }
}

/// <summary>One history: the same things are done to the product and to the model.</summary>
sealed class GateHistory
{
    static readonly DateOnly Date = Some.Date;
    static readonly string[] Names = ["upstream", "tags", "sync"];

    readonly Random _random;
    readonly int _seed;
    readonly string _file;
    readonly FixedClock _clock = new(Some.Now);
    readonly GateModel _model = new();
    readonly World _world = new();
    readonly SqliteRunStore _store;
    readonly SomeStages _stages;
    readonly List<string> _told = [];
    Plan _plan = null!;
    int _added;

    public GateHistory(string file, int seed)
    {
        (_random, _seed, _file) = (new Random(seed), seed, file);
        _store = new SqliteRunStore(file, _clock);
        _stages = new SomeStages($"p{seed}") { OnPlanChange = _random.Next(3) == 0 ? OnPlanChange.Keep : OnPlanChange.Close };
        foreach (var name in Names.Take(1 + _random.Next(3)))
            _stages.Stages.Add(
                (name, [.. Enumerable.Range(0, 1 + _random.Next(2)).Select(i => new SomeCheck($"{name}{i}", 1, _random.Next(6) > 0, "li"))]));
    }

    /// <summary>Gates that were seen open, and closed.</summary>
    public int Open { get; private set; }

    public int Closed { get; private set; }

    static CancellationToken Token => TestContext.Current.CancellationToken;

    string Any => _stages.Stages[_random.Next(_stages.Stages.Count)].Stage;

    public async Task PlayAsync(int steps)
    {
        Read();
        for (var step = 0; step < steps; step++)
        {
            _clock.Now += TimeSpan.FromMinutes(_random.Next(90));
            await StepAsync();
            await CompareAsync();
        }
    }

    Task StepAsync() => _random.Next(14) switch
    {
        0 or 1 or 2 => RunAsync([.. _stages.Names], crashAt: null),
        3 or 4 => RunAsync([Any], crashAt: null),
        5 => RunAsync([.. _stages.Names], crashAt: _random.Next(6)),
        6 => OverrideAsync(Any),
        7 => RevokeAsync(Any),
        8 or 9 => Done(Turn),
        10 or 11 => Done(Edit),
        12 => Done(Age),
        _ => Done(Lose),
    };

    static Task Done(Action action)
    {
        action();
        return Task.CompletedTask;
    }

    /// <param name="names">The stages to run.</param>
    /// <param name="crashAt">The check or save at which it dies; null when it does not.</param>
    async Task RunAsync(IReadOnlyList<string> names, int? crashAt)
    {
        _told.Add($"{_clock.Now:HH:mm} run {string.Join(' ', names)}{(crashAt is null ? "" : $" and die at {crashAt}")}");
        var start = new RunStart(
            _plan.Name,
            "hash",
            names.Count == 1 ? names[0] : "run",
            Date,
            names,
            new Holder("host", Environment.ProcessId, "etl"),
            _clock.Now);
        using var death = new Death(crashAt);
        try
        {
            await new CheckRun(_store, _world, _clock, new Watchers(death)).ExecuteAsync(_plan, start, new Patience(TimeSpan.Zero), death.Token);
        }
        catch (OperationCanceledException) when (death.Token.IsCancellationRequested)
        {
            // What a process that is killed leaves behind is what was committed.
        }
        foreach (var name in names)
            _model.Runs[name] = null;
        foreach (var name in _stages.Names.Where(names.Contains).Take(death.Saved))
        {
            var checks = _stages.Stages.Single(stage => stage.Stage == name).Checks;
            _model.Runs[name] = new GateModel.Judged(
                _stages.ChecksOf(name),
                _clock.Now,
                checks.TrueForAll(check => !check.Blocks || _world.Passes(check)),
                _model.AllBeforeAreOpen(_stages, name, _clock.Now),
                VerdictsAreThere: true);
        }
    }

    async Task OverrideAsync(string stage)
    {
        var (since, until) = (_clock.Now, _clock.Now.AddMinutes(_random.Next(1, 400)));
        _told.Add($"{_clock.Now:HH:mm} override {stage} until {until:HH:mm}");
        await _store.OverrideAsync(_plan.Name, Date, stage, new Override("li", "known", since, until), Token);
        _model.Overrides.TryAdd(stage, []);
        _model.Overrides[stage].Add((since, until));
    }

    async Task RevokeAsync(string stage)
    {
        _told.Add($"{_clock.Now:HH:mm} revoke {stage}");
        await _store.RevokeAsync(_plan.Name, Date, stage, "li", _clock.Now, Token);
        _model.Overrides.Remove(stage);
    }

    /// <summary>The data of a check becomes good, bad, late or unreachable.</summary>
    void Turn()
    {
        var check = _stages.Stages.SelectMany(stage => stage.Checks).ElementAt(_random.Next(_stages.Stages.Sum(stage => stage.Checks.Count)));
        long? rows = _random.Next(5) switch { 0 => 0, 1 => 2, 2 => null, _ => 1 };
        _told.Add($"{check.Name} has {rows?.ToString(CultureInfo.InvariantCulture) ?? "no"} rows");
        _world.Rows[check.Name] = rows;
    }

    void Edit()
    {
        var (stage, checks) = _stages.Stages[_random.Next(_stages.Stages.Count)];
        var i = _random.Next(checks.Count);
        switch (_random.Next(8))
        {
            case 0:
                checks.Add(new SomeCheck($"{stage}{10 + _added++}", 1, true, "li"));
                break;
            case 1 when checks.Count > 1:
                checks.RemoveAt(i);
                break;
            case 2:
                checks[i] = checks[i] with { AtMost = 3 - checks[i].AtMost };
                break;
            case 3:
                checks[i] = checks[i] with { Blocks = !checks[i].Blocks };
                break;
            case 4:
                checks[i] = checks[i] with { Owner = checks[i].Owner == "li" ? "wang" : "li" };
                break;
            case 5:
                _stages.OnPlanChange = 1 - _stages.OnPlanChange;
                break;
            case 6 when _stages.Stages.Count < Names.Length:
                _stages.Stages.Insert(
                    _random.Next(_stages.Stages.Count + 1),
                    (Names.First(name => !_stages.Names.Contains(name)), [new SomeCheck($"n{_random.Next()}", 1, true, "li")]));
                break;
            case 7 when _stages.Stages.Count > 1:
                _stages.Stages.Reverse();
                break;
            default:
                _stages.MaxAge = TimeSpan.FromHours(_random.Next(2, 40));
                break;
        }
        _told.Add("the plan is now\n" + _stages.Yaml);
        Read();
    }

    /// <summary>Hours pass, or somebody sets the clock back.</summary>
    void Age()
    {
        _clock.Now += _random.Next(3) == 0 ? TimeSpan.FromMinutes(-_random.Next(600)) : TimeSpan.FromHours(_random.Next(50));
        _told.Add($"it is {_clock.Now:yyyy-MM-dd HH:mm}");
    }

    /// <summary>Verdicts of a stage are deleted behind the store's back.</summary>
    void Lose()
    {
        var stage = Any;
        _told.Add($"verdicts of {stage} are lost");
        using (var database = SqliteDatabase.Open(_file, Access.Write, TimeSpan.FromSeconds(5)))
            database.Execute(
                $"delete from verdict where run_stage_id in (select id from run_stage where plan = '{_plan.Name}' and stage = '{stage}')");
        if (_model.Runs.GetValueOrDefault(stage) is { } run)
            _model.Runs[stage] = run with { VerdictsAreThere = false };
    }

    void Read() =>
        _plan = SomePlan.InFile(
            _stages.Yaml,
            file => SomePlan.Reader().Read(file) with { Definitions = SomePlan.Reader().ReadHead(file).Definitions });

    async Task CompareAsync()
    {
        var gates = await _store.GatesAsync(_plan.Name, Date, Token);
        foreach (var answer in Gatekeeper.Answers(GateTerms.Of(_plan), gates, _clock.Now))
        {
            var may = _model.IsOpen(_stages, answer.Stage, _clock.Now);
            Assert.True(
                may == answer.IsOpen,
                $"History {_seed}: {answer.Stage} is {(answer.IsOpen ? "open" : "closed")} ({answer.Reason}), and should not "
                    + $"be.\n{_stages.Yaml}\n{string.Join('\n', _told)}");
            (Open, Closed) = may ? (Open + 1, Closed) : (Open, Closed + 1);
        }
    }

    /// <summary>Rows of each check; null when the source is down.</summary>
    sealed class World : ISources, IRowsSource
    {
        public Dictionary<string, long?> Rows { get; } = [];

        public string Name => "world";

        public bool Passes(SomeCheck check) => Rows.GetValueOrDefault(check.Name, 1) is { } rows && rows >= 1 && rows <= check.AtMost;

        public Task<RowsAnswer> RowsAsync(string sql, DateOnly date, CancellationToken cancellationToken) =>
            Rows.GetValueOrDefault(sql, 1) is { } rows ? Task.FromResult(new RowsAnswer(rows, null, sql)) : throw FakeSource.Fault();

        public T Get<T>(string name) where T : ISource => (T)(ISource)this;

        public string Question(string sql, DateOnly date) => sql;

        public string Question(RowMatch match) => throw new NotSupportedException();

        public Task<Counted> MatchAsync(RowMatch match, CancellationToken cancellationToken) => throw new NotSupportedException();

        public Task<string> ProbeAsync(CancellationToken cancellationToken) => throw new NotSupportedException();

        public Task CloseAsync() => Task.CompletedTask;

        public void Abandon()
        {
        }

        public ValueTask DisposeAsync() => ValueTask.CompletedTask;
    }

    /// <summary>Ends a run at one of its steps.</summary>
    sealed class Death(int? at) : IRunWatcher, IDisposable
    {
        readonly CancellationTokenSource _die = new();
        int _steps;

        public CancellationToken Token => _die.Token;

        /// <summary>Stages that were saved before it.</summary>
        public int Saved { get; private set; }

        public void CheckStarted(string check) => Step();

        public void StageEnded(DateOnly date, StageResult result)
        {
            Saved++;
            Step();
        }

        public void Dispose() => _die.Dispose();

        void Step()
        {
            if (_steps++ == at)
                _die.Cancel();
        }
    }
}
