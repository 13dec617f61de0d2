namespace TagGuard.Rendering.Mails;

/// <summary>Where a mail leads; null for nowhere.</summary>
public sealed record MailOptions
{
    /// <summary>The date's report, to be opened in a browser.</summary>
    public string? ReportUrl { get; init; }

    /// <summary>Where a person runs the date again.</summary>
    public string? RerunUrl { get; init; }
}
