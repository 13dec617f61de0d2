namespace TagGuard.Rendering;

/// <summary>Links from a report, as they stand in its `href`; null for what there is not.</summary>
public sealed record ReportLinks
{
    /// <summary>What a page has in place of a link to a later day until there is one.</summary>
    public const string NoDayAfter = "<!--day-after-->";

    /// <summary>The page that lists all reports of the plan.</summary>
    public string? Index { get; init; }

    /// <summary>The report before this one.</summary>
    public (DateOnly Date, string Href)? Before { get; init; }

    /// <summary>The report after this one.</summary>
    public (DateOnly Date, string Href)? After { get; init; }

    /// <summary>The log of the run.</summary>
    public string? Log { get; init; }
}
