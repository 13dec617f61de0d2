using TagGuard.Gates;
using TagGuard.Phrases;
using TagGuard.Reports;

namespace TagGuard.Rendering;

/// <summary>What a report needs to know besides what is stored.</summary>
public sealed record ReportOptions
{
    /// <summary>When it is made.</summary>
    public required DateTimeOffset MadeAt { get; init; }

    /// <summary>The plan's time zone: every clock time is shown in it. Default UTC.</summary>
    public TimeZoneInfo Zone { get; init; } = TimeZoneInfo.Utc;

    /// <summary>What it is written in. Default English.</summary>
    public Language Language { get; init; } = Language.En;

    /// <summary>How the gates of the plan's stages stand when it is made, in order: one that was never judged is shown as closed. Default: none, and
    /// a report that shows no stage is closed.</summary>
    public IReadOnlyList<GateAnswer> Gates { get; init; } = [];

    /// <summary>The plan's file, as commands name it. Default none, and commands name no plan.</summary>
    public string PlanFile { get; init; } = "";

    /// <summary>The machine that makes it. Default none.</summary>
    public string Host { get; init; } = "";

    /// <summary>The gates of the mornings before, oldest first. Default none.</summary>
    public IReadOnlyList<Morning> Mornings { get; init; } = [];

    /// <summary>Where else to look. Default nowhere.</summary>
    public ReportLinks Links { get; init; } = new();

    /// <summary>Small print at the foot. Default none.</summary>
    public string Attribution { get; init; } = "";

    /// <summary>Version shown at the foot. Default: this assembly's.</summary>
    public string Version { get; init; } = typeof(ReportOptions).Assembly.GetName().Version?.ToString(3) ?? "";
}
