using TagGuard.Reports;
using TagGuard.Storage;

namespace TagGuard.Rendering;

/// <summary>The report for the person on duty: one file that needs nothing else, made only of what is stored.</summary>
public static class DutyReport
{
    /// <summary>Renders a date as one HTML page. Pure: the same day and options give the same bytes.</summary>
    public static string Render(StoredDay day, ReportOptions options)
    {
        ArgumentNullException.ThrowIfNull(day);
        ArgumentNullException.ThrowIfNull(options);
        var facts = ReportFacts.Of(day, options.Gates);
        var html = new HtmlWriter(Words.Of(options.Language));
        Page.Write(html, facts, options);
        return html.ToString();
    }
}
