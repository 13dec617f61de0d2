using TagGuard.Reports;

namespace TagGuard.Rendering;

/// <summary>All reports of a plan: each day with its gates, the newest first, and a link to its report.</summary>
public static class IndexPage
{
    /// <summary>Renders the page. Pure: the same mornings give the same bytes.</summary>
    /// <param name="plan">Name of the plan.</param>
    /// <param name="stages">Its stages, in order.</param>
    /// <param name="mornings">Days with their gates.</param>
    /// <param name="older">Days before those, whose reports are only linked.</param>
    /// <param name="options">When it is made.</param>
    public static string Render(
        string plan, IReadOnlyList<string> stages, IReadOnlyList<Morning> mornings, IReadOnlyList<Morning> older, ReportOptions options)
    {
        ArgumentNullException.ThrowIfNull(options);
        var html = new HtmlWriter(Words.Of(options.Language));
        var words = html.Words;
        Head.Write(html, words.Say("report.index_title", ("plan", plan)));
        html.Write($"""
            <header>
            <h1>{words.Say("report.index_title", ("plan", plan))}</h1>
            <p class="made">{Headline.MadeOf(words, options)}</p>
            </header>
            <main>
            <section>
            <table class="days">
            <thead><tr><th>{words.Say("report.index_day")}</th>
            """);
        foreach (var stage in stages)
            html.Write($"<th>{stage}</th>");
        html.Write($"</tr></thead>\n<tbody>\n");
        foreach (var morning in mornings.OrderByDescending(morning => morning.Date))
            WriteDay(html, stages, morning);
        html.Write($"</tbody></table>\n</section>\n");
        WriteOlder(html, older);
        html.Write($"</main>\n</body>\n</html>\n");
        return html.ToString();
    }

    static void WriteDay(HtmlWriter html, IReadOnlyList<string> stages, Morning morning)
    {
        html.Write($"<tr><th>");
        WriteLink(html, morning);
        foreach (var stage in stages)
        {
            html.Write($"<td>");
            Mornings.WriteOne(html, stage, morning);
        }
        html.Write($"\n");
    }

    static void WriteOlder(HtmlWriter html, IReadOnlyList<Morning> older)
    {
        if (older.Count == 0)
            return;
        html.Write($"<details class=\"all\"><summary>{html.Words.Say("report.index_older")} <small>{older.Count}</small></summary>\n<p>");
        foreach (var morning in older.OrderByDescending(morning => morning.Date))
        {
            WriteLink(html, morning);
            html.Write($" ");
        }
        html.Write($"</p></details>\n");
    }

    static void WriteLink(HtmlWriter html, Morning morning)
    {
        if (morning.Report is { } report)
            html.Write($"<a href=\"{report}\">{Numbers.IsoDay(morning.Date)}</a>");
        else
            html.Write($"{Numbers.IsoDay(morning.Date)}");
    }
}
