namespace TagGuard.Rendering;

/// <summary>The way to the day before and after, to all reports, and to the log.</summary>
static class Navigation
{
    public static void Write(HtmlWriter html, ReportLinks links)
    {
        if (links is { Index: null, Before: null, After: null, Log: null })
            return;
        var words = html.Words;
        html.Write($"<nav aria-label=\"{words.Say("report.nav")}\">");
        if (links.Before is { } before)
            html.Write($"<a href=\"{before.Href}\">{words.Say("report.day_before", ("day", words.Day(before.Date)))}</a> ");
        if (links.After is { } after)
            html.Write($"{DayAfter(words, after.Date, after.Href)}");
        else
            html.Write($"<!--day-after-->");
        if (links.Index is { } index)
            html.Write($"<a href=\"{index}\">{words.Say("report.index")}</a> ");
        if (links.Log is { } log)
            html.Write($"<a href=\"{log}\">{words.Say("report.log")}</a>");
        html.Write($"</nav>\n");
    }

    public static Markup DayAfter(Words words, DateOnly date, string href) =>
        Markup.Of($"<a href=\"{href}\">{words.Say("report.day_after", ("day", words.Day(date)))}</a> ");
}
