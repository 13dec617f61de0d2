namespace TagGuard.Rendering;

/// <summary>What a report needs to know besides what is stored.</summary>
public sealed record ReportOptions
{
    /// <summary>When it is made: gates are shown as they stand at this instant.</summary>
    public required DateTimeOffset MadeAt { get; init; }

    /// <summary>The plan's time zone: every clock time is shown in it. Default UTC.</summary>
    public TimeZoneInfo Zone { get; init; } = TimeZoneInfo.Utc;

    /// <summary>A verdict older than this opens nothing. Default 36 hours.</summary>
    public TimeSpan MaxAge { get; init; } = TimeSpan.FromHours(36);

    /// <summary>The plan's stages in order, so that one that was never judged is shown as closed. Default: only those that were judged.</summary>
    public IReadOnlyList<string> Stages { get; init; } = [];

    /// <summary>Small print at the foot. Default none.</summary>
    public string Attribution { get; init; } = "";

    /// <summary>Version shown at the foot. Default: this assembly's.</summary>
    public string Version { get; init; } = typeof(ReportOptions).Assembly.GetName().Version?.ToString(3) ?? "";
}
