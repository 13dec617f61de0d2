using TagGuard.Reports;

namespace TagGuard.Rendering;

/// <summary>Mails that somebody should have got, and did not.</summary>
static class UndeliveredSection
{
    public static void Write(HtmlWriter html, ReportFacts facts, ReportOptions options)
    {
        if (facts.Day.DeadLetters.Count == 0)
            return;
        html.Write($"<section>\n<h2>{html.Words.Say("mail.undelivered")}</h2>\n");
        foreach (var dead in facts.Day.DeadLetters)
            html.Write($"<p>{html.Words.OfDead(dead, options)}</p>\n");
        html.Write($"</section>\n");
    }
}
