namespace TagGuard.Rendering.Mails;

/// <summary>
/// The mail as HTML that old and new programs show: tables and styles in line, nothing that is fetched, no script. Programs that know style sheets
/// get the dark mode and small screens by one at the top; all others show the light colours.
/// </summary>
static class MailHtml
{
    /// <param name="words">The language.</param>
    /// <param name="title">The subject.</param>
    /// <param name="blocks">What it says.</param>
    public static string Of(Words words, string title, IReadOnlyList<MailBlock> blocks)
    {
        var html = new HtmlWriter(words);
        html.Write($"""
            <!DOCTYPE html>
            <html lang="{words.Lang}">
            <head>
            <meta charset="utf-8">
            <meta name="viewport" content="width=device-width, initial-scale=1">
            <meta name="color-scheme" content="light dark">
            <meta name="supported-color-schemes" content="light dark">
            <title>{title}</title>
            <style>
            """);
        html.Raw(Asset.MailStyle);
        html.Write($"""
            </style>
            </head>
            <body class="tg-page" style="margin:0;padding:0;background-color:{MailColours.Page};{MailStyles.Font}" bgcolor="{MailColours.Page}">
            <table role="presentation" class="tg-page" width="100%" cellpadding="0" cellspacing="0" border="0" bgcolor="{MailColours.Page}">
            <tr><td align="center">
            <table role="presentation" width="600" cellpadding="0" cellspacing="0" border="0" style="width:100%;max-width:600px;">

            """);
        foreach (var block in blocks)
        {
            html.Write($"<tr><td class=\"tg-pad\" align=\"left\" style=\"padding:0 20px;{MailStyles.Font}\">\n");
            Write(html, block);
            html.Write($"</td></tr>\n");
        }
        html.Write($"<tr><td style=\"height:20px;\">&nbsp;</td></tr>\n</table>\n</td></tr></table>\n</body>\n</html>\n");
        return html.ToString();
    }

    static void Write(HtmlWriter html, MailBlock block)
    {
        switch (block)
        {
            case MailBlock.Banner banner:
                Write(html, banner);
                break;
            case MailBlock.Call call:
                html.Write($"<p class=\"tg-text\" style=\"margin:8px 0 0;font-size:16px;line-height:23px;{MailStyles.Colour(null)}");
                html.Write($"{MailStyles.Wrap}\"><b>{call.Label}{html.Words.Colon}</b>{Line(html.Words, call.Said)}</p>\n");
                break;
            case MailBlock.Heading heading:
                html.Write($"<h2 class=\"tg-text\" style=\"margin:18px 0 6px;font-size:17px;line-height:23px;{MailStyles.Colour(null)}\">");
                html.Write($"{heading.Text}\n<span class=\"tg-soft\" style=\"font-weight:normal;{MailStyles.Small}\">{heading.Small}</span></h2>\n");
                break;
            case MailBlock.Lines lines:
                foreach (var line in lines.All)
                    Paragraph(html, line);
                break;
            case MailBlock.Foot foot:
                foreach (var (i, line) in foot.All.Index())
                    html.Write(
                        $"<p class=\"tg-soft\" style=\"margin:{(i == 0 ? "22px" : "2px")} 0 0;{MailStyles.Small}{MailStyles.Wrap}\">"
                            + $"{Line(html.Words, line)}</p>\n");
                break;
            case MailBlock.Table table:
                MailTableHtml.Write(html, table);
                break;
            case MailBlock.Card card:
                MailCardHtml.Write(html, card);
                break;
            default:
                throw new ArgumentException($"{block.GetType().Name} has no HTML.", nameof(block));
        }
    }

    static void Write(HtmlWriter html, MailBlock.Banner banner)
    {
        html.Write($"<p class=\"tg-soft\" style=\"margin:18px 0 0;{MailStyles.Small}\">{banner.Small}</p>\n");
        html.Write($"<h1 class=\"tg-title {MailColours.ClassOf(banner.Tone)}\" style=\"margin:2px 0 0;font-size:26px;line-height:32px;");
        html.Write($"{MailStyles.Colour(banner.Tone)}{MailStyles.Wrap}\">{banner.Sign} {banner.Title}</h1>\n");
    }

    /// <summary>A sentence on its own line; an arrow in front of what follows from something.</summary>
    public static void Paragraph(HtmlWriter html, MailLine line, bool follows = false)
    {
        html.Write($"<p class=\"{MailColours.ClassOf(line.Tone)}\" style=\"margin:6px 0 0;{MailStyles.Said}{MailStyles.Colour(line.Tone)}\">");
        html.Write($"{(follows ? "→ " : "")}{Line(html.Words, line)}</p>\n");
    }

    /// <summary>A sentence with its links.</summary>
    public static Markup Line(Words words, MailLine line) => line.Link is { } link
        ? Markup.Of($"<a href=\"{link}\" style=\"color:inherit;\">{line.Text}</a>")
        : Html.WithLinks(words, line.Text, isOfPlan: line.HasLinks);
}
