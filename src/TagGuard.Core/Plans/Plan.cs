using System.ComponentModel.DataAnnotations;
using TagGuard.Keys;
using TagGuard.Phrases;

namespace TagGuard.Plans;

/// <summary>The YAML file that says what is measured, how it is judged and who is told.</summary>
public sealed record Plan : IPlanPart
{
    [Required, PlanStored, PlanKey("The plan's name: part of every row that is stored.", Example = "userprofile")]
    public string Name { get; init; } = "";

    [PlanKey("IANA time zone of the business date and of deadlines. Default UTC.", Example = "Asia/Shanghai")]
    public TimeZoneInfo Timezone { get; init; } = TimeZoneInfo.Utc;

    [PlanKey("Language of the report, of `explain` and of what is printed for people. Default en; `--language` wins.", Example = "zh")]
    public Language Language { get; init; } = Language.En;

    [Required, PlanKey("Systems by name. The one named `store` holds the monitoring tables.")]
    public IReadOnlyDictionary<string, ConnectionPlan> Connections { get; init; } = new Dictionary<string, ConnectionPlan>();

    [PlanKey("How long a verdict holds the gate open, and who waits for whom.")]
    public GatePlan Gate { get; init; } = new();

    [PlanKey("Who is told, and how.")]
    public NotifyPlan Notify { get; init; } = new();

    [PlanStored, PlanKey("Holidays, make-up working days and events of your own: days that are not like others.")]
    public CalendarPlan Calendar { get; init; } = new();

    [Required, PlanStored, PlanKey("Stages in the order they run; each a list of checks.")]
    public IReadOnlyDictionary<string, IReadOnlyList<CheckPlan>> Stages { get; init; } = new Dictionary<string, IReadOnlyList<CheckPlan>>();

    /// <summary>The file the plan was read from; relative paths in it are relative to this file's folder.</summary>
    [PlanIgnore]
    public string File { get; init; } = "";

    /// <summary>What was filled in for secrets; to be hidden in everything that is printed or stored.</summary>
    [PlanIgnore]
    public PlanSecrets Secrets { get; init; } = PlanSecrets.None;

    /// <summary>SHA-256 of the plan's text and its calendars', in hex: stored with every run,
    /// so that a verdict names the rules it was judged by.</summary>
    [PlanIgnore]
    public string Hash => Convert.ToHexStringLower(Sha256.HashData(Source.Span));

    /// <summary>The plan's file and then its calendars' files, byte by byte.</summary>
    [PlanIgnore]
    public ReadOnlyMemory<byte> Source { get; init; }

    /// <summary>What it judges by, as text: the plan without its connections, which hold secrets, and its calendars' files. Kept with a run, so that
    /// its verdicts can be judged again when the plan has changed.</summary>
    [PlanIgnore]
    public string Judging { get; init; } = "";

    /// <summary>The stages in the order of the file.</summary>
    [PlanIgnore]
    public IReadOnlyList<StagePlan> StageList =>
        [.. Stages.Select(stage => new StagePlan(stage.Key, [.. stage.Value.SelectMany(check => check.Each)]))];

    /// <summary>What each stage is judged by, in the order of the file. Filled in by the
    /// reader, also where it reads only the head of the plan.</summary>
    [PlanIgnore]
    public IReadOnlyList<StageDefinition> Definitions { get; init; } = [];

    /// <summary>What a stage is judged by; null when it is not known, which keeps the stage's gate closed.</summary>
    public StageDefinition? DefinitionOf(string stage) => Definitions.FirstOrDefault(definition => definition.Stage == stage);

    public IEnumerable<KeyMistake> Mistakes()
    {
        if (Names.MistakeIn(Name) is { } mistake)
            yield return ("name", mistake);
        if (Connections.Count > 0 && !Connections.ContainsKey("store"))
            yield return (
                "connections",
                "No connection is named `store`: add one for the monitoring tables, such as `store: { type: sqlite, path: tagguard.db }`.");
        else if (Connections.TryGetValue("store", out var store) && !store.HoldsTables)
            yield return ("connections", "The connection `store` cannot hold the monitoring tables: use `type: sqlite` or `type: mysql`.");
        foreach (var (stage, _) in Stages.Where(stage => stage.Value.Count == 0))
            yield return ($"stages.{stage}", $"Stage `{stage}` has no check, so its gate would never close: add one, or take the stage out.");
        foreach (
            var twice in Stages
                .Values.SelectMany(checks => checks).SelectMany(check => check.Each)
                .Where(check => check.Name.Length > 0)
                .GroupBy(check => check.Name)
                .Where(same => same.Count() > 1))
            yield return ("stages", $"{twice.Count()} checks are named \"{twice.Key}\": history is kept by name, so give each check its own.");
    }
}

/// <summary>A part of the nightly pipeline with its own gate, and its checks in the order of the plan.</summary>
public sealed record StagePlan(string Name, IReadOnlyList<CheckPlan> Checks);
