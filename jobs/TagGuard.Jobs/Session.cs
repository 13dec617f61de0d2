using TagGuard.Adapters;
using TagGuard.Adapters.Csv;
using TagGuard.Adapters.Yaml;
using TagGuard.Facts;
using TagGuard.Gates;
using TagGuard.Keys;
using TagGuard.Plans;
using TagGuard.Sources;
using TagGuard.Storage;

namespace TagGuard.Jobs;

/// <summary>A plan with its systems: the wiring of the program.</summary>
sealed class Session : IAsyncDisposable, ISources
{
    readonly Dictionary<string, ISource> _sources = [];

    Session(Plan plan, TimeProvider clock)
    {
        Plan = plan;
        ErrorConsole.Secrets = plan.Secrets;
        Clock = clock;
        Folder = Path.GetDirectoryName(plan.File)!;
        Store = ((IStorePlan)plan.Connections["store"]).OpenStore(Folder, clock);
    }

    public Plan Plan { get; }

    public TimeProvider Clock { get; }

    /// <summary>The folder of the plan.</summary>
    public string Folder { get; }

    public IRunStore Store { get; }

    /// <summary>Reads the plan. Touches no system.</summary>
    /// <exception cref="PlanException">The plan has mistakes.</exception>
    public static Session Open(FileInfo plan, TimeProvider clock) => new(new PlanReader(Connections.All).Read(plan.FullName), clock);

    /// <summary>Reads only what a gate needs of the plan; it has no checks and no sources.</summary>
    /// <exception cref="PlanException">What it needs has mistakes.</exception>
    public static Session OpenHead(FileInfo plan, TimeProvider clock) => new(new PlanReader(Connections.All).ReadHead(plan.FullName), clock);

    /// <summary>The business date asked for, or the one that is due.</summary>
    public DateOnly DateOr(DateOnly? asked) => asked ?? BusinessDay.DueAt(Clock.GetUtcNow(), Plan.Timezone);

    /// <summary>Whether the gate of each stage of the plan is open for a date, and why, as it stands now.</summary>
    public async Task<IReadOnlyList<GateAnswer>> GatesAsync(DateOnly date, CancellationToken cancellationToken) =>
        Answers(await Store.GatesAsync(Plan.Name, date, cancellationToken));

    /// <summary>The same of flags that were read.</summary>
    public IReadOnlyList<GateAnswer> Answers(IReadOnlyDictionary<string, GateState> states) => Gatekeeper.Answers(GateTerms.Of(Plan), states, Clock.GetUtcNow());

    public IDifferenceFiles Differences => new DifferenceFiles(Folder);

    public T Get<T>(string name) where T : ISource
    {
        if (!_sources.TryGetValue(name, out var source))
            _sources[name] = source = Plan.Connections[name].Open(name, Folder, Clock);
        return (T)source;
    }

    public async Task CloseAsync()
    {
        foreach (var source in _sources.Values)
            await source.DisposeAsync();
        _sources.Clear();
    }

    public void Abandon()
    {
        _sources.Clear();
        ProcessEnd.IsAbrupt = true;
    }

    public async ValueTask DisposeAsync()
    {
        await CloseAsync();
        await Store.DisposeAsync();
    }
}
