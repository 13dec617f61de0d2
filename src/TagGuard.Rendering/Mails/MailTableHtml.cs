namespace TagGuard.Rendering.Mails;

/// <summary>A table of a mail.</summary>
static class MailTableHtml
{
    public static void Write(HtmlWriter html, MailBlock.Table table)
    {
        html.Write($"<table width=\"100%\" cellpadding=\"0\" cellspacing=\"0\" border=\"0\" style=\"width:100%;border-collapse:collapse;\">\n<tr>");
        foreach (var (i, column) in table.Columns.Index())
        {
            var align = AlignOf(table.Rows.Any(row => row.Cells[i].IsNumber));
            html.Write($"<th class=\"tg-soft\" align=\"{align}\" style=\"padding:0 8px 4px 0;text-align:{align};font-weight:normal;");
            html.Write($"{MailStyles.Small}\">{column}</th>");
        }
        html.Write($"</tr>\n");
        foreach (var row in table.Rows)
        {
            WriteRow(html, row);
            if (row.Days.Count > 0)
                WriteDays(html, row);
        }
        html.Write($"</table>\n");
    }

    static void WriteRow(HtmlWriter html, MailRow row)
    {
        html.Write($"<tr>");
        foreach (var (i, cell) in row.Cells.Index())
        {
            var align = AlignOf(cell.IsNumber);
            var wrap = cell.IsNumber ? "" : MailStyles.Wrap;
            html.Write($"<td class=\"tg-edge\" align=\"{align}\" style=\"{MailStyles.Cell}text-align:{align};{wrap}\">");
            if (i == 0)
                html.Write($"<b>{Text(html.Words, cell)}</b></td>");
            else
                html.Write($"{Text(html.Words, cell)}</td>");
        }
        html.Write($"</tr>\n");
    }

    static void WriteDays(HtmlWriter html, MailRow row)
    {
        html.Write($"<tr><td colspan=\"{row.Cells.Count}\" style=\"padding:0 0 8px;\">");
        html.Write($"<table role=\"presentation\" width=\"100%\" cellpadding=\"0\" cellspacing=\"2\" border=\"0\"><tr>\n");
        foreach (var (day, cell) in row.Days)
        {
            html.Write($"<td class=\"tg-shade\" align=\"center\" bgcolor=\"{MailColours.Shade}\" ");
            html.Write($"style=\"padding:2px 0;font-size:11px;line-height:15px;\">");
            html.Write($"<span class=\"tg-soft\" style=\"color:{MailColours.Soft};\">{day}</span><br>{Text(html.Words, cell)}</td>\n");
        }
        html.Write($"</tr></table></td></tr>\n");
    }

    static Markup Text(Words words, MailCell cell)
    {
        var html = new HtmlWriter(words);
        html.Write($"<span class=\"{MailColours.ClassOf(cell.Tone)}\" style=\"{MailStyles.Colour(cell.Tone)}\">{cell.Text}</span>");
        return Markup.From(html);
    }

    static string AlignOf(bool isNumber) => isNumber ? "right" : "left";
}
