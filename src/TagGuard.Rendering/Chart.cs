using System.Globalization;
using System.Text;
using TagGuard.Facts;
using TagGuard.Storage;

namespace TagGuard.Rendering;

/// <summary>
/// A series over time as inline SVG. A missing day is a gap with a mark: never a zero, never bridged. The lines stretch with the page; text and
/// points, placed in percent, keep their size.
/// </summary>
static class Chart
{
    /// <summary>Drawing units of one day across, and of the whole height.</summary>
    const int DayUnits = 10;

    const int HeightUnits = 100;

    public static void Write(HtmlWriter html, StoredSeries series, Judgement? judgement, DateOnly date)
    {
        var words = html.Words;
        var view = new View(words, ChartData.Of(series, judgement, date));
        if (view.Data.Shown.Count == 0)
        {
            html.Write($"<p class=\"meta\">{words.NothingToDraw(view.Data)}</p>\n");
            return;
        }
        html.Write($"<figure class=\"chart\"><div class=\"plot\"><div class=\"y\" aria-hidden=\"true\">");
        foreach (var tick in view.Data.Axis.Ticks)
            html.Write($"<span>{Numbers.Count(Math.Round(tick, 6))}</span>");
        html.Write($"</div><svg role=\"img\" aria-label=\"{words.Describe(view.Data)}\">\n");
        WriteLines(html, view);
        WritePoints(html, view);
        WriteDates(html, view);
        html.Write($"</svg></div>\n");
        WriteLegend(html, view);
        html.Write($"</figure>\n");
    }

    static void WriteLines(HtmlWriter html, View view)
    {
        html.Write($"<svg viewBox=\"{Units($"0 0 {view.Width} {HeightUnits}")}\" preserveAspectRatio=\"none\">");
        WritePath(html, "weekend", string.Concat(view.Data.Weekends.Select(day => Box(view, day, day))));
        WritePath(html, "grid", string.Concat(Enumerable.Range(0, view.Data.Axis.Steps + 1)
            .Select(step => Units($"M0 {(double)HeightUnits * step / view.Data.Axis.Steps:0.#}H{view.Width}"))));
        WritePath(html, "gap", string.Concat(view.Data.Missing.Select(gap => Box(view, gap.First, gap.Last))));
        if (view.Data.Judgement is { } judged && (judged.Low ?? judged.High) is not null)
        {
            var (top, bottom) = (judged.High is double high ? view.Y(high) : 0, judged.Low is double low ? view.Y(low) : HeightUnits);
            WritePath(html, "band", Units($"M{view.X(view.Data.Date) - 12:0.#} {top:0.#}h24V{bottom:0.#}h-24z"));
        }
        if (view.Data.Judgement?.Expected is double expected)
            WritePath(html, "expected", Units($"M{view.X(view.Data.Date) - 12:0.#} {view.Y(expected):0.#}h24"));
        WritePath(html, "line", Line(view));
        if (view.Data is { Before: { } last, Today: double today })
            WritePath(html, "step", Units($"M{view.X(last.Date):0.#} {view.Y(last.Value):0.#}L{view.X(view.Data.Date):0.#} {view.Y(today):0.#}"));
        html.Write($"</svg>\n");
    }

    static void WritePath(HtmlWriter html, string name, string path)
    {
        if (path.Length > 0)
            html.Write($"<path class=\"{name}\" d=\"{path}\"/>");
    }

    /// <summary>Accepted days only; it breaks where the next accepted day is not the next day.</summary>
    static string Line(View view)
    {
        var path = new StringBuilder();
        foreach (var line in view.Data.Lines)
        {
            foreach (var (i, day) in line.Index())
                path.Append(Units($"{(i == 0 ? 'M' : 'L')}{view.X(day.Date):0.#} {view.Y(day.Value):0.#}")).Append(i == 0 ? "h0" : "");
        }
        return path.ToString();
    }

    static void WritePoints(HtmlWriter html, View view)
    {
        foreach (var day in view.Data.Used)
            WritePoint(html, view, "used", day.Date, day.Value, 2.5);
        foreach (var day in view.Data.Refused)
            WritePoint(html, view, "refused", day.Date, day.Value, 3.5);
        foreach (var (first, last) in view.Data.Missing)
        {
            var x = (view.X(first) + view.X(last)) / 2 / view.Width;
            html.Write($"<text class=\"missing\" x=\"{Percent(x)}\" y=\"100%\" dy=\"-5\" text-anchor=\"middle\">×</text>");
        }
        if (view.Data.Today is not double today)
            return;
        WritePoint(html, view, $"today {Signs.ClassOf(view.Data.Verdict)}", view.Data.Date, today, 5);
        if (view.Data.Verdict == Verdict.Pass)
            return;
        // The label goes to the side where the line is not: above what rose or lies at the foot, below all else.
        var label = view.Data.IsTodayHigh || view.Y(today) > 75 ? -11 : 20;
        html.Write(
            $"<text class=\"today {Signs.ClassOf(view.Data.Verdict)}\" x=\"100%\" y=\"{Percent(view.Y(today) / HeightUnits)}\" dy=\"{label}\" "
                + $"text-anchor=\"end\">{view.Show(today)}</text>\n");
    }

    static void WritePoint(HtmlWriter html, View view, string name, DateOnly date, double value, double radius) =>
        html.Write(
            $"<circle class=\"{name}\" cx=\"{Percent(view.X(date) / view.Width)}\" cy=\"{Percent(view.Y(value) / HeightUnits)}\" "
                + $"r=\"{Units($"{radius}")}\"/>");

    static void WriteDates(HtmlWriter html, View view)
    {
        foreach (var date in view.Data.NamedDays)
        {
            var x = view.X(date) / view.Width;
            var anchor =
                date == view.Data.Date ? "end"
                : x < 0.05 ? "start"
                : "middle";
            html.Write(
                $"<text class=\"date\" x=\"{Percent(date == view.Data.Date ? 1 : x)}\" y=\"100%\" dy=\"17\" "
                    + $"text-anchor=\"{anchor}\">{html.Words.ShortDay(date)}</text>");
        }
    }

    static void WriteLegend(HtmlWriter html, View view)
    {
        var (words, style) = (html.Words, Signs.ClassOf(view.Data.Verdict));
        html.Write($"<figcaption>");
        if (view.Data.Today is double today)
            html.Write($"<span><i class=\"today {style}\"></i>{words.Day(view.Data.Date)}: <b>{view.Show(today)}</b></span> ");
        else
            html.Write($"<span><i class=\"missing\">×</i>{words.Day(view.Data.Date)}: <b>{words.NoValue}</b></span> ");
        if (words.Expectation(view.Data) is { Length: > 0 } expectation)
            html.Write($"<span><i class=\"band\"></i>{expectation}</span> ");
        if (view.Data.Used.Count > 0)
            html.Write($"<span><i class=\"used\"></i>{words.Say("report.compared_with", ("days", view.Data.Used.Count))}</span> ");
        if (view.Data.Refused.Count() is > 0 and var refused)
            html.Write($"<span><i class=\"refused\"></i>{words.Say("report.not_accepted", ("days", refused))}</span> ");
        var missing = view.Data.Missing.Sum(gap => gap.Last.DayNumber - gap.First.DayNumber + 1);
        if (missing > (view.Data.Today is null ? 1 : 0))
            html.Write($"<span><i class=\"missing\">×</i>{words.Say("report.without_value", ("days", missing))}</span> ");
        if (!view.Data.Axis.StartsAtZero)
            html.Write($"<span>{words.Say("report.axis_cut")}</span>");
        html.Write($"</figcaption>");
    }

    static string Box(View view, DateOnly first, DateOnly last) =>
        Units($"M{view.X(first) - (DayUnits / 2):0.#} 0H{view.X(last) + (DayUnits / 2):0.#}V{HeightUnits}H{view.X(first) - (DayUnits / 2):0.#}z");

    static string Percent(double part) => Units($"{part * 100:0.##}%");

    static string Units(FormattableString text) => text.ToString(CultureInfo.InvariantCulture);

    /// <summary>What is drawn, and where.</summary>
    sealed record View(Words Words, ChartData Data)
    {
        /// <summary>Half a day more on the right, so that today's point and band stand free.</summary>
        public int Width => ((Data.Date.DayNumber - Data.First.DayNumber + 1) * DayUnits) + DayUnits;

        public double X(DateOnly date) => ((date.DayNumber - Data.First.DayNumber) * DayUnits) + (DayUnits / 2);

        public double Y(double value) => (1 - Data.Axis.At(value)) * HeightUnits;

        public string Show(double value) => Words.Value(Data.Id.Metric, value);
    }
}
