using TagGuard.Reports;

namespace TagGuard.Rendering;

/// <summary>The page: what to know first comes first.</summary>
static class Page
{
    public static void Write(HtmlWriter html, ReportFacts facts, ReportOptions options)
    {
        var (day, words) = (facts.Day, html.Words);
        // Nothing may be fetched, and no script may run but ours: a second wall behind the escaping.
        html.Write($"""
            <!DOCTYPE html>
            <html lang="{words.Lang}">
            <head>
            <meta charset="utf-8">
            <meta http-equiv="Content-Security-Policy" content="default-src 'none'; style-src '{Asset.Style.Hash}'; script-src '{Asset.Script.Hash}'">
            <meta name="viewport" content="width=device-width, initial-scale=1">
            <meta name="color-scheme" content="light dark">
            <title>{words.Say(facts.Headline)} · {Numbers.IsoDay(day.Date)} · {day.Plan}</title>
            <style>
            """);
        html.Raw(Asset.Style);
        html.Write($"</style>\n</head>\n<body>\n");
        var anchors = new Anchors(facts);
        Headline.Write(html, facts, anchors, options);
        html.Write($"<main>\n");
        IncidentSection.Write(html, facts, anchors, options);
        Headline.WriteRecovered(html, facts);
        StageSection.Write(html, facts, anchors, options);
        TotalsSection.Write(html, facts);
        TagTable.Write(html, facts);
        html.Write($"</main>\n");
        Foot.Write(html, facts, options);
        html.Write($"<script>");
        html.Raw(Asset.Script);
        html.Write($"</script>\n</body>\n</html>\n");
    }
}
