using TagGuard.Reports;

namespace TagGuard.Rendering;

/// <summary>Where to look further, and what made the page.</summary>
static class Foot
{
    public static void Write(HtmlWriter html, ReportFacts facts, ReportOptions options)
    {
        html.Write($"""
            <footer>
            <p>Any verdict with its rule, inputs and history: <code>{Explain(facts.Day.Date, "TAG")}</code></p>
            <p>TagGuard {options.Version} · plan {facts.Day.Plan} · business date {Numbers.IsoDay(facts.Day.Date)} · times in {options.Zone.Id}</p>

            """);
        if (options.Attribution.Length > 0)
            html.Write($"<p>{options.Attribution}</p>\n");
        html.Write($"</footer>\n");
    }

    /// <summary>The command that reproduces a verdict, safe to paste whatever the name holds.</summary>
    public static string Explain(DateOnly date, string about)
    {
        var isPlain = about.Length > 0 && about.All(character => char.IsAsciiLetterOrDigit(character) || character is '_' or '.' or '-') && about[0] != '-';
        return $"tagguard explain --date {Numbers.IsoDay(date)} {(isPlain ? about : "-- '" + about.Replace("'", @"'\''", StringComparison.Ordinal) + "'")}";
    }
}
