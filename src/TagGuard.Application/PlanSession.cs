using TagGuard.Adapters;
using TagGuard.Adapters.Yaml;
using TagGuard.Facts;
using TagGuard.Keys;
using TagGuard.Plans;
using TagGuard.Runs;
using TagGuard.Storage;

namespace TagGuard.Application;

/// <summary>A plan that is open, with its store and its sources: what every verb, and a server, begins with.</summary>
public sealed class PlanSession : IAsyncDisposable
{
    PlanSession(Plan plan, TimeProvider clock, Action? abandoned)
    {
        Plan = plan;
        Clock = clock;
        Folder = Path.GetDirectoryName(plan.File)!;
        Store = ((IStorePlan)plan.Connections["store"]).OpenStore(Folder, clock);
        Sources = new PlanSources(plan, Folder, clock) { Abandoned = abandoned ?? (() => { }) };
    }

    public Plan Plan { get; }

    public TimeProvider Clock { get; }

    /// <summary>The folder of the plan.</summary>
    public string Folder { get; }

    public IRunStore Store { get; }

    public PlanSources Sources { get; }

    /// <summary>Reads the plan. Touches no system.</summary>
    /// <param name="file">The plan's file.</param>
    /// <param name="clock">The clock.</param>
    /// <param name="abandoned">Called when a source that does not answer is left behind; may be null.</param>
    /// <exception cref="PlanException">The plan has mistakes.</exception>
    public static PlanSession Open(string file, TimeProvider clock, Action? abandoned = null) =>
        new(new PlanReader(Connections.All).Read(file), clock, abandoned);

    /// <summary>Reads only what a gate needs of the plan; it has no checks and no sources.</summary>
    /// <exception cref="PlanException">What it needs has mistakes.</exception>
    public static PlanSession OpenHead(string file, TimeProvider clock) => new(new PlanReader(Connections.All).ReadHead(file), clock, null);

    /// <summary>The business date asked for, or the one that is due.</summary>
    public DateOnly DateOr(DateOnly? asked) => asked ?? BusinessDay.DueAt(Clock.GetUtcNow(), Plan.Timezone);

    /// <summary>Whether the gate of each stage of the plan is open for a date, and why, as it stands now.</summary>
    public Task<GateReading> GatesAsync(DateOnly date, CancellationToken cancellationToken) =>
        GateReading.AskAsync(Store, Plan, date, Clock, cancellationToken);

    public async ValueTask DisposeAsync()
    {
        await Sources.DisposeAsync();
        await Store.DisposeAsync();
    }
}
