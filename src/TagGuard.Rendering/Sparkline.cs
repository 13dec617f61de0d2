using TagGuard.Storage;

namespace TagGuard.Rendering;

/// <summary>
/// The last days of a series as a line of text height: whole pixels, relative moves, four bytes a day. It is drawn for thousands of tags, so it
/// works on numbers and buffers and leaves LINQ aside.
/// </summary>
static class Sparkline
{
    const int StepPixels = 2;
    const int HeightPixels = 18;

    public static void Write(HtmlWriter html, StoredSeries series, DateOnly date, int days, bool withToday)
    {
        Span<double> values = stackalloc double[days];
        var known = Fill(values, series, date);
        if (known == 0)
            return;
        var axis = Axis.Within(values);
        Span<char> path = stackalloc char[(days * 14) + 16];
        var length = 0;
        var lastX = -1;
        var lastY = 0;
        var command = ' ';
        for (var i = 0; i < days; i++)
        {
            if (double.IsNaN(values[i]))
                continue;
            var (x, y) = ((i * StepPixels) + 2, 1 + (int)Math.Round((1 - axis.At(values[i])) * HeightPixels));
            // A missing day breaks the line: the next one begins with a move. After a move SVG reads further pairs as lines, so a move is always
            // written, a line only when it begins, and a day alone between gaps becomes a dot: a line without length, with round ends.
            var next = lastX < 0 ? 'M' : x - lastX == StepPixels ? 'l' : 'm';
            if (next == 'm' && command != 'l')
                Append(path, ref length, "h0");
            path[length++] = next == 'l' && command == 'l' ? ' ' : next;
            Append(path, ref length, next == 'M' ? x : x - lastX);
            var down = next == 'M' ? y : y - lastY;
            if (down >= 0)
                path[length++] = ' ';
            Append(path, ref length, down);
            (lastX, lastY, command) = (x, y, next);
        }
        if (command != 'l')
            Append(path, ref length, "h0");
        html.Write($"<svg><path d=\"");
        html.Text.Append(path[..length]);
        html.Write($"\"/>");
        if (withToday && series.Today is not null)
            html.Write($"<path class=t d=\"M{lastX} {lastY}h0\"/>");
        html.Write($"</svg>");
    }

    /// <summary>One place for each day, the business date last; NaN, here only, marks a day without a value.</summary>
    static int Fill(Span<double> values, StoredSeries series, DateOnly date)
    {
        values.Fill(double.NaN);
        var known = 0;
        if (series.Today is double today)
        {
            values[^1] = today;
            known++;
        }
        var first = date.DayNumber - values.Length + 1;
        for (var i = series.Before.Count - 1; i >= 0 && series.Before[i].Date.DayNumber >= first; i--)
        {
            values[series.Before[i].Date.DayNumber - first] = series.Before[i].Value;
            known++;
        }
        return known;
    }

    static void Append(Span<char> path, ref int length, string text)
    {
        text.CopyTo(path[length..]);
        length += text.Length;
    }

    static void Append(Span<char> path, ref int length, int number)
    {
        if (number < 0)
        {
            path[length++] = '-';
            number = -number;
        }
        var digits = number < 10 ? 1 : number < 100 ? 2 : 3;
        for (var at = length + digits - 1; at >= length; at--)
        {
            path[at] = (char)('0' + (number % 10));
            number /= 10;
        }
        length += digits;
    }
}
