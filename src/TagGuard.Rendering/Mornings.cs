using TagGuard.Reports;

namespace TagGuard.Rendering;

/// <summary>How a stage stood on the mornings before: a sign each.</summary>
static class Mornings
{
    public static void Write(HtmlWriter html, string stage, IReadOnlyList<Morning> mornings)
    {
        if (mornings.Count == 0)
            return;
        html.Write($"<span class=\"past\" role=\"group\" aria-label=\"{html.Words.Say("report.earlier", ("count", mornings.Count))}\">");
        foreach (var morning in mornings)
            WriteOne(html, stage, morning);
        html.Write($"</span>");
    }

    /// <summary>The sign of a stage, which leads to the date's report where there is one.</summary>
    public static void WriteOne(HtmlWriter html, string stage, Morning morning)
    {
        var (words, standing) = (html.Words, morning.Of(stage));
        var told = words.Say(
            "report.earlier_one", ("stage", stage), ("day", words.Day(morning.Date)), ("standing", words.StandingOf(standing)));
        var (style, sign) = (Signs.ClassOf(standing), Signs.Of(standing));
        if (morning.Report is { } report)
            html.Write($"<a class=\"{style}\" href=\"{report}\" title=\"{told}\" aria-label=\"{told}\">{sign}</a>");
        else
            html.Write($"<span class=\"{style}\" title=\"{told}\" aria-label=\"{told}\" role=\"img\">{sign}</span>");
    }
}
