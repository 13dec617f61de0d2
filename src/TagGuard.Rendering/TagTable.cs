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
        var earliest = facts
            .Tags.Where(tag => tag.Series.Before.Count > 0)
            .Select(tag => tag.Series.Before[0].Date)
            .DefaultIfEmpty(facts.Day.Date)
            .Min();
        var days = Math.Min(most, facts.Day.Date.DayNumber - earliest.DayNumber + 1);
        foreach (var check in facts.Tags.GroupBy(tag => tag.Series.Id.Check).OrderBy(check => check.Key, StringComparer.Ordinal))
            WriteCheck(html, [.. check], facts.TagsByCheck[check.Key], facts.Day.Date, days);
    }

    static void WriteCheck(HtmlWriter html, List<ReportedTag> tags, int all, DateOnly date, int days)
    {
        var first = tags[0].Series;
        var words = html.Words;
        var title = words.Say("report.all_of", ("check", first.Id.Check));
        html.Write(
            $"<details class=\"all\"><summary>{title} "
                + $"<small>{words.Say("report.count_by", ("count", all), ("dimension", first.Dimension))}</small></summary>\n");
        if (all > tags.Count)
        {
            html.Write($"<p>{words.Say("report.listed", ("count", tags.Count), ("rest", all - tags.Count))}</p>\n");
        }
        var shown = words.Say("report.filtered", ("shown", "#"), ("all", Numbers.Count(tags.Count)));
        html.Write(
            $"<p class=\"filter\" data-shown=\"{shown}\" hidden><label>{words.Say("report.filter")} "
                + $"<input type=\"search\" autocomplete=\"off\" spellcheck=\"false\"></label> <output></output></p>\n");
        var (name, users, verdict) = (words.Say("report.name"), words.Say("report.users"), words.Say("report.verdict"));
        var (ofTagged, ofActive) = (words.Say("report.of_tagged"), words.Say("report.of_active"));
        var (day, week) = (Versus(words, date.AddDays(-1)), Versus(words, date.AddDays(-7)));
        var lastDays = days > 1 ? words.Say("report.last_days", ("days", days)) : "";
        html.Write($"""
            <div class="scroll" tabindex="0" role="region" aria-label="{title}">
            <table class="tags" data-from-zero="{words.FromZero}">
            <thead><tr><th>{name}<th class="n">{users}<th class="n" title="tag_total_per">{ofTagged}<th class="n" title="tag_dau_per">{ofActive}
            <th class="n">{day}<th class="n">{week}<th>{verdict}<th data-fixed>{lastDays}</thead>
            <tbody>

            """);
        foreach (var tag in tags)
            WriteRow(html, tag, date, days);
        html.Write($"</tbody></table></div>\n</details>\n");
    }

    static string Versus(Words words, DateOnly day) => words.Say("report.versus", ("day", words.Day(day)));

    static void WriteRow(HtmlWriter html, ReportedTag tag, DateOnly date, int days)
    {
        var (series, words) = (tag.Series, html.Words);
        // Thousands of rows: end tags that HTML lets one leave out are left out, and only what is out of order carries a class.
        if (tag.Verdict == Verdict.Pass)
            html.Write($"<tr>");
        else
            html.Write($"<tr class={Signs.ClassOf(tag.Verdict)}>");
        html.Write(
            $"<th>{words.NameOf(series.Id)}<td>{(series.Today is double today ? Numbers.Count(today) : words.NoValue)}"
                + $"<td>{Numbers.Percent(series.ShareOfTotal)}<td>{Numbers.Percent(series.ShareOfActive)}"
                + $"<td>{words.Change(series.Today, tag.Yesterday)}<td>{words.Change(series.Today, tag.WeekAgo)}"
                + $"<td>{VerdictOf(words, tag)}<td>");
        Sparkline.Write(html, series, date, days, withToday: tag.Verdict != Verdict.Pass);
        html.Write($"\n");
    }

    static string VerdictOf(Words words, ReportedTag tag) =>
        tag.Worst switch
        {
            null => words.NotJudged,
            { Finding: Finding.Normal, Verdict: Verdict.Pass } => words.Alone(Verdict.Pass),
            var (verdict, finding) =>
                $"{Signs.Of(verdict)} "
                    + $"{words.Say("report.verdict_and_finding", ("verdict", words.Alone(verdict)), ("finding", words.Of(finding)))}",
        };
}
