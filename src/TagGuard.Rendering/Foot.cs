using TagGuard.Reports;

namespace TagGuard.Rendering;

/// <summary>Where to look further, and what made the page.</summary>
static class Foot
{
    public static void Write(HtmlWriter html, ReportFacts facts, ReportOptions options)
    {
        var words = html.Words;
        var made = words.Say(
            "report.foot",
            ("version", options.Version),
            ("plan", facts.Day.Plan),
            ("date", facts.Day.Date),
            ("zone", options.Zone.Id));
        html.Write(
            $"""
            <footer>
            <p>{words.Say("report.explain")} <code>{Explain(facts.Day.Date, "TAG")}</code></p>
            <p>{made}</p>

            """);
        if (options.Attribution.Length > 0)
            html.Write($"<p>{options.Attribution}</p>\n");
        html.Write($"</footer>\n");
    }

    /// <summary>The command that reproduces a verdict, safe to paste whatever the name holds.</summary>
    public static string Explain(DateOnly date, string about)
    {
        var isPlain =
            about.Length > 0 && about.All(character => char.IsAsciiLetterOrDigit(character) || character is '_' or '.' or '-') && about[0] != '-';
        return $"tagguard explain --date {Numbers.IsoDay(date)} "
            + $"{(isPlain ? about : "-- '" + about.Replace("'", @"'\''", StringComparison.Ordinal) + "'")}";
    }
}
