using TagGuard.Reports;

namespace TagGuard.Rendering;

/// <summary>The page: what to know first comes first.</summary>
static class Page
{
    public static void Write(HtmlWriter html, ReportFacts facts, ReportOptions options)
    {
        var (day, words) = (facts.Day, html.Words);
        Head.Write(html, $"{words.Say(facts.Headline)} · {Numbers.IsoDay(day.Date)} · {day.Plan}", hasScript: true);
        var anchors = new Anchors(facts);
        Headline.Write(html, facts, anchors, options);
        html.Write($"<main>\n");
        IncidentSection.Write(html, facts, anchors, options);
        Headline.WriteRecovered(html, facts);
        StageSection.Write(html, facts, anchors, options);
        TotalsSection.Write(html, facts);
        TagTable.Write(html, facts);
        UndeliveredSection.Write(html, facts, options);
        html.Write($"</main>\n");
        Foot.Write(html, facts, options);
        html.Write($"<script>");
        html.Raw(Asset.Script);
        html.Write($"</script>\n</body>\n</html>\n");
    }
}
