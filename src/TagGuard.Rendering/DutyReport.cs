using TagGuard.Phrases;
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
        var html = new HtmlWriter(Words.Of(options.Language, day));
        Page.Write(html, facts, options);
        return html.ToString();
    }

    /// <summary>An earlier page that leads to this later day; the same page when it leads to one already.</summary>
    /// <param name="page">The earlier page.</param>
    /// <param name="date">The later day.</param>
    /// <param name="href">The link to its report.</param>
    /// <param name="language">The language of the link.</param>
    // What is stored cannot hold the mark: on a page it would be escaped.
    public static string LeadingOn(string page, DateOnly date, string href, Language language) =>
        page.Replace(ReportLinks.NoDayAfter, Navigation.DayAfter(Words.Of(language), date, href).ToString(), StringComparison.Ordinal);
}
