using TagGuard.Facts;
using TagGuard.Reports;

namespace TagGuard.Rendering;

/// <summary>Every tag, folded: today beside yesterday and last week. Works without script; the script adds a filter and sorting.</summary>
static class TagTable
{
    /// <summary>Rows up to which a sparkline shows all days; beyond, it is shortened, so that the file stays small.</summary>
    const int RowsWithLongLines = 3_000;

    const int LongLine = 90;
    const int ShortLine = 42;

    public static void Write(HtmlWriter html, ReportFacts facts)
    {
        var most = facts.Tags.Count > RowsWithLongLines ? ShortLine : LongLine;
        var earliest = facts.Tags.Where(tag => tag.Series.Before.Count > 0).Select(tag => tag.Series.Before[0].Date).DefaultIfEmpty(facts.Day.Date).Min();
        var days = Math.Min(most, facts.Day.Date.DayNumber - earliest.DayNumber + 1);
        foreach (var check in facts.Tags.GroupBy(tag => tag.Series.Id.Check).OrderBy(check => check.Key, StringComparer.Ordinal))
            WriteCheck(html, [.. check], facts.TagsByCheck[check.Key], facts.Day.Date, days);
    }

    static void WriteCheck(HtmlWriter html, List<TagFacts> tags, int all, DateOnly date, int days)
    {
        var first = tags[0].Series;
        html.Write($"<details class=\"all\"><summary>All of {first.Id.Check} <small>{Numbers.Count(all)} by {first.Dimension}</small></summary>\n");
        if (all > tags.Count)
        {
            html.Write($"""
                <p>Listed are the {Numbers.Count(tags.Count)} that are out of order or moved most; {Numbers.Count(all - tags.Count)} are not listed.</p>

                """);
        }
        html.Write($"""
            <p class="filter" hidden><label>Filter <input type="search" autocomplete="off" spellcheck="false"></label> <output></output></p>
            <div class="scroll" tabindex="0" role="region" aria-label="All of {first.Id.Check}">
            <table class="tags">
            <thead><tr><th>Name<th class="n">Users<th class="n" title="tag_total_per">Of tagged users<th class="n" title="tag_dau_per">Of active users<th class="n">vs {Numbers.Day(date.AddDays(-1))}<th class="n">vs {Numbers.Day(date.AddDays(-7))}<th>Verdict<th data-fixed>{(days > 1 ? $"Last {days} days" : "")}</thead>
            <tbody>

            """);
        foreach (var tag in tags)
            WriteRow(html, tag, date, days);
        html.Write($"</tbody></table></div>\n</details>\n");
    }

    static void WriteRow(HtmlWriter html, TagFacts tag, DateOnly date, int days)
    {
        var series = tag.Series;
        // Thousands of rows: end tags that HTML lets one leave out are left out, and only what is out of order carries a class.
        if (tag.Verdict == Verdict.Pass)
            html.Write($"<tr>");
        else
            html.Write($"<tr class={Words.ClassOf(tag.Verdict)}>");
        html.Write($"<th>{series.Id.Key}<td>{(series.Today is double today ? Numbers.Count(today) : "no value")}<td>{Numbers.Percent(series.ShareOfTotal)}<td>{Numbers.Percent(series.ShareOfActive)}<td>{Numbers.Change(series.Today, tag.Yesterday)}<td>{Numbers.Change(series.Today, tag.WeekAgo)}<td>{VerdictOf(tag)}<td>");
        Sparkline.Write(html, series, date, days, withToday: tag.Verdict != Verdict.Pass);
        html.Write($"\n");
    }

    static string VerdictOf(TagFacts tag) => tag.Worst switch
    {
        null => "not judged",
        { Finding: Finding.Normal, Verdict: Verdict.Pass } => "Pass",
        Judgement worst => $"{Words.SignOf(worst.Verdict)} {worst.Verdict}: {Words.Of(worst.Finding)}",
    };
}
