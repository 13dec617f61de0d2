using TagGuard.Plans;

namespace TagGuard.Tests.Gates;

/// <summary>When a stage may be open: read this first to know what a gate is. It keeps
/// no flag; it remembers what happened, and looks it up.</summary>
sealed class GateModel
{
    /// <summary>How a stage was last judged: by which checks (name and definition), when, and how it came out.</summary>
    public sealed record Judged(
        IReadOnlyDictionary<string, string> Checks,
        DateTimeOffset At,
        bool AllPass,
        bool AllBeforeWereOpen,
        bool VerdictsAreThere);

    /// <summary>The newest run of each stage that ended; null while one is under way, or broke off.</summary>
    public Dictionary<string, Judged?> Runs { get; } = [];

    /// <summary>Overrides that were not revoked, the newest last.</summary>
    public Dictionary<string, List<(DateTimeOffset Since, DateTimeOffset Until)>> Overrides { get; } = [];

    public bool IsOpen(SomeStages plan, string stage, DateTimeOffset now)
    {
        var minutes = TimeSpan.FromMinutes(5); // how far clocks may be apart
        if (Overrides.TryGetValue(stage, out var given) && given.Count > 0 && given[^1].Since <= now + minutes && now < given[^1].Until)
            return true;
        if (!Runs.TryGetValue(stage, out var run) || run is null)
            return false;
        if (!run.AllPass || !run.VerdictsAreThere || !run.AllBeforeWereOpen)
            return false;
        if (run.At > now + minutes || now > run.At + plan.MaxAge)
            return false;
        var planned = plan.ChecksOf(stage);
        if (plan.OnPlanChange == OnPlanChange.Keep ? !planned.Keys.All(run.Checks.ContainsKey) : !Same(planned, run.Checks))
            return false;
        return AllBeforeAreOpen(plan, stage, now);
    }

    public bool AllBeforeAreOpen(SomeStages plan, string stage, DateTimeOffset now) =>
        plan.Names.TakeWhile(name => name != stage).All(before => IsOpen(plan, before, now));

    static bool Same(IReadOnlyDictionary<string, string> planned, IReadOnlyDictionary<string, string> judged) =>
        planned.Count == judged.Count && planned.All(check => judged.TryGetValue(check.Key, out var definition) && definition == check.Value);
}

/// <summary>A plan of a few stages with checks that a history edits.</summary>
sealed class SomeStages(string name)
{
    readonly List<(string Stage, List<SomeCheck> Checks)> _stages = [];

    public TimeSpan MaxAge { get; set; } = TimeSpan.FromHours(36);

    public OnPlanChange OnPlanChange { get; set; }

    public IEnumerable<string> Names => _stages.Select(stage => stage.Stage);

    public List<(string Stage, List<SomeCheck> Checks)> Stages => _stages;

    /// <summary>Checks of a stage with what makes two of one name different.</summary>
    public IReadOnlyDictionary<string, string> ChecksOf(string stage) =>
        _stages.Single(one => one.Stage == stage).Checks.ToDictionary(check => check.Name, check => $"{check.AtMost} {check.Blocks}");

    public string Yaml => $"""
        name: {name}
        gate: {"{"} max_age: {MaxAge.TotalHours:0}h, on_plan_change: {OnPlanChange.ToString().ToLowerInvariant()} {"}"}
        connections:
          world: {"{ type: duckdb, path: w }"}
          store: {"{ type: sqlite, path: s }"}
        stages:
        {string.Join('\n', _stages.Select(stage => $"  {stage.Stage}:\n{string.Join('\n', stage.Checks.Select(check => check.Yaml))}"))}
        """;
}

/// <summary>One check; its owner is not part of what it judges.</summary>
sealed record SomeCheck(string Name, int AtMost, bool Blocks, string Owner)
{
    public string Yaml =>
        $"    - {{ name: {Name}, owner: {Owner}, rows: {{ connection: world, sql: {Name}, at_least: 1, at_most: {AtMost} }}, judge: {{ blocking: "
            + $"{(Blocks ? "true" : "false")} }} }}";
}
