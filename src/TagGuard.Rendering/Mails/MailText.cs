using System.Text;
using TagGuard.Keys;

namespace TagGuard.Rendering.Mails;

/// <summary>The mail as plain text: for programs that show nothing else, and for a glance at a lock screen.</summary>
static class MailText
{
    /// <param name="words">The language.</param>
    /// <param name="blocks">What it says.</param>
    public static string Of(Words words, IReadOnlyList<MailBlock> blocks)
    {
        var text = new StringBuilder();
        foreach (var block in blocks)
            Write(text, words, block);
        return text.ToString().TrimEnd() + "\n";
    }

    static void Write(StringBuilder text, Words words, MailBlock block)
    {
        switch (block)
        {
            case MailBlock.Banner banner:
                Line(text, $"{banner.Sign} {banner.Title}");
                Line(text, banner.Small);
                break;
            case MailBlock.Call call:
                Line(text, "");
                Line(text, $"{call.Label}{words.Colon}{Told(call.Said)}");
                break;
            case MailBlock.Heading heading:
                Line(text, "");
                Line(text, heading.Small.Length > 0 ? $"== {heading.Text} ({heading.Small})" : $"== {heading.Text}");
                break;
            case MailBlock.Lines lines:
                foreach (var line in lines.All)
                    Line(text, Told(line));
                break;
            case MailBlock.Foot foot:
                Line(text, "");
                foreach (var line in foot.All)
                    Line(text, Told(line));
                break;
            case MailBlock.Table table:
                foreach (var row in table.Rows)
                    Write(text, table, row);
                break;
            case MailBlock.Card card:
                Write(text, words, card);
                break;
            default:
                throw new ArgumentException($"{block.GetType().Name} has no text.", nameof(block));
        }
    }

    /// <summary>A row in a line, each value with its title: columns would not stand below one another in most programs.</summary>
    static void Write(StringBuilder text, MailBlock.Table table, MailRow row)
    {
        var cells = row.Cells.Zip(table.Columns).Skip(1).Where(cell => cell.First.Text.Length > 0)
            .Select(cell => cell.Second.Length > 0 ? $"{cell.Second} {cell.First.Text}" : cell.First.Text);
        Line(text, $"- {row.Cells[0].Text}: {string.Join(" | ", cells)}");
        if (row.Days.Count > 0)
            Line(text, "  " + string.Join(" | ", row.Days.Select(day => $"{day.Day} {day.Cell.Text}")));
    }

    static void Write(StringBuilder text, Words words, MailBlock.Card card)
    {
        Line(text, "");
        Line(text, $"{card.Sign} {card.Title}");
        Line(text, $"  {card.Small}");
        if (card.Body.Length > 0)
            Line(text, $"  {card.Body}");
        if (card.Chart is { } chart)
            Line(text, $"  [{chart.Words}]");
        foreach (var (label, said) in card.Facts)
            Line(text, $"  {label}{words.Colon}{Told(said)}");
        foreach (var line in card.Following)
            Line(text, $"  -> {Told(line)}");
    }

    static string Told(MailLine line) => line.Link is { } link ? $"{line.Text}: {link}" : line.Text;

    static void Line(StringBuilder text, string line) => text.Append(PlainText.Shown(line)).Append('\n');
}
