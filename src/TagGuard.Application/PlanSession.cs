using TagGuard.Adapters;
using TagGuard.Adapters.Yaml;
using TagGuard.Facts;
using TagGuard.Keys;
using TagGuard.Phrases;
using TagGuard.Plans;
using TagGuard.Replays;
using TagGuard.Runs;
using TagGuard.Storage;

namespace TagGuard.Application;

/// <summary>A plan that is open, with its store and its sources: what every verb, and a server, begins with.</summary>
public sealed class PlanSession : IAsyncDisposable
{
    PlanSession(Plan plan, TimeProvider clock, Action? abandoned, Language? language)
    {
        Plan = plan;
        Language = language ?? plan.Language;
        Clock = clock;
        Folder = Path.GetDirectoryName(plan.File)!;
        Store = ((IStorePlan)plan.Connections["store"]).OpenStore(Folder, clock);
        Sources = new PlanSources(plan, Folder, clock) { Abandoned = abandoned ?? (() => { }) };
    }

    public Plan Plan { get; }

    /// <summary>What people read it in.</summary>
    public Language Language { get; }

    public TimeProvider Clock { get; }

    /// <summary>The folder of the plan.</summary>
    public string Folder { get; }

    public IRunStore Store { get; }

    public PlanSources Sources { get; }

    /// <summary>Reads the plan. Touches no system.</summary>
    /// <param name="file">The plan's file.</param>
    /// <param name="clock">The clock.</param>
    /// <param name="abandoned">Called when a source that does not answer is left behind; may be null.</param>
    /// <param name="language">What people read it in; null for the plan's.</param>
    /// <exception cref="PlanException">The plan has mistakes.</exception>
    public static PlanSession Open(string file, TimeProvider clock, Action? abandoned = null, Language? language = null) =>
        new(new PlanReader(Connections.All).Read(file), clock, abandoned, language);

    /// <summary>Reads only what a gate needs of the plan; it has no checks and no sources.</summary>
    /// <exception cref="PlanException">What it needs has mistakes.</exception>
    public static PlanSession OpenHead(string file, TimeProvider clock, Language? language = null) =>
        new(new PlanReader(Connections.All).ReadHead(file), clock, null, language);

    /// <summary>Today in the plan's zone.</summary>
    public DateOnly Today => BusinessDay.DueAt(Clock.GetUtcNow(), Plan.Timezone).AddDays(1);

    /// <summary>The business date asked for, or the one that is due.</summary>
    public DateOnly DateOr(DateOnly? asked) => asked ?? BusinessDay.DueAt(Clock.GetUtcNow(), Plan.Timezone);

    /// <summary>What of a date passed.</summary>
    public PassedVerdicts PassedOf(StoredDay day) => new(Plan, JudgingAsync, Store, day);

    /// <summary>What a run kept of the plan of a hash; null when that was not kept, or cannot be read any more.</summary>
    async Task<Plan?> JudgingAsync(string planHash, CancellationToken cancellationToken)
    {
        if (await Store.JudgingAsync(planHash, cancellationToken) is not { } judging)
            return null;
        try
        {
            return new PlanReader(Connections.All).ReadKept(judging);
        }
        catch (PlanException)
        {
            return null;
        }
    }

    /// <summary>Whether the gate of each stage of the plan is open for a date, and why, as it stands now.</summary>
    public Task<GateReading> GatesAsync(DateOnly date, CancellationToken cancellationToken) =>
        GateReading.AskAsync(Store, Plan, date, Clock, cancellationToken);

    public async ValueTask DisposeAsync()
    {
        await Sources.DisposeAsync();
        await Store.DisposeAsync();
    }
}
