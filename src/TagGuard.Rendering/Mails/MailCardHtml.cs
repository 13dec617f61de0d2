using TagGuard.Deliveries;

namespace TagGuard.Rendering.Mails;

/// <summary>An incident's card in a mail.</summary>
static class MailCardHtml
{
    public static void Write(HtmlWriter html, MailBlock.Card card)
    {
        var colour = MailColours.Of(card.Tone);
        html.Write($"""
            <table role="presentation" width="100%" cellpadding="0" cellspacing="0" border="0" style="width:100%;margin:0 0 12px;"><tr>
            <td class="tg-bar-{Signs.ClassOf(card.Tone)}" width="4" bgcolor="{colour}" style="width:4px;font-size:0;">&nbsp;</td>
            <td class="tg-card" bgcolor="{MailColours.Card}" style="padding:12px 14px;background-color:{MailColours.Card};">

            """);
        html.Write($"<p class=\"{MailColours.ClassOf(card.Tone)}\" style=\"margin:0;font-size:16px;line-height:22px;");
        html.Write($"{MailStyles.Colour(card.Tone)}{MailStyles.Wrap}\"><b>{card.Sign} {card.Title}</b></p>\n");
        html.Write($"<p class=\"tg-soft\" style=\"margin:3px 0 0;{MailStyles.Small}{MailStyles.Wrap}\">{card.Small}</p>\n");
        if (card.Body.Length > 0)
            MailHtml.Paragraph(html, new MailLine(card.Body));
        if (card.Chart is { } chart)
            html.Write($"""
                <img src="cid:{MailBody.ContentIdOf(chart.Name)}" width="{ChartPicture.Width}" alt="{chart.Words}" border="0"
                 style="display:block;width:100%;max-width:{ChartPicture.Width}px;height:auto;margin:10px 0 0;">

                """);
        WriteFacts(html, card);
        foreach (var line in card.Following)
            MailHtml.Paragraph(html, line, follows: true);
        html.Write($"</td></tr></table>\n");
    }

    static void WriteFacts(HtmlWriter html, MailBlock.Card card)
    {
        if (card.Facts.Count == 0)
            return;
        html.Write($"<table role=\"presentation\" width=\"100%\" cellpadding=\"0\" cellspacing=\"0\" border=\"0\" style=\"margin:8px 0 0;\">\n");
        foreach (var (label, said) in card.Facts)
        {
            html.Write($"<tr><td class=\"tg-soft tg-label\" width=\"104\" valign=\"top\" style=\"width:104px;padding:3px 10px 3px 0;");
            html.Write($"{MailStyles.Small}\">{label}</td>\n<td class=\"tg-text\" valign=\"top\" ");
            html.Write($"style=\"padding:3px 0;{MailStyles.Said}{MailStyles.Colour(null)}\">{MailHtml.Line(html.Words, said)}</td></tr>\n");
        }
        html.Write($"</table>\n");
    }
}
