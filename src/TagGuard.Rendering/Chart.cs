using System.Globalization;
using System.Text;
using TagGuard.Facts;
using TagGuard.Phrases;
using TagGuard.Storage;

namespace TagGuard.Rendering;

/// <summary>
/// A series over time as inline SVG. A missing day is a gap with a mark: never a zero, never bridged. The lines stretch with the page; text and
/// points, placed in percent, keep their size.
/// </summary>
static class Chart
{
    const int Days = 90;

    /// <summary>A young series has room to grow into: few days are not blown up to the whole width.</summary>
    const int FewestDays = 14;

    /// <summary>Drawing units of one day across, and of the whole height.</summary>
    const int DayUnits = 10;

    const int HeightUnits = 100;

    /// <summary>How far a day that was not accepted may stretch the axis beyond all others; further out it is put on the edge.</summary>
    const double Stretch = 1.5;

    public static void Write(HtmlWriter html, StoredSeries series, Judgement? judgement, DateOnly date)
    {
        var words = html.Words;
        var view = View.Of(words, series, judgement, date);
        if (view.Shown.Count == 0)
        {
            var why = view.Today is double today
                ? words.Say("report.nothing_before", ("day", words.Day(date)), ("value", view.Show(today)))
                : words.Say("report.nothing_to_draw");
            html.Write($"<p class=\"meta\">{why}</p>\n");
            return;
        }
        html.Write($"<figure class=\"chart\"><div class=\"plot\"><div class=\"y\" aria-hidden=\"true\">");
        foreach (var tick in view.Axis.Ticks)
            html.Write($"<span>{Numbers.Count(Math.Round(tick, 6))}</span>");
        html.Write($"</div><svg role=\"img\" aria-label=\"{Describe(view)}\">\n");
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
        WritePath(html, "weekend", string.Concat(view.Weekends().Select(day => Box(view, day, day))));
        WritePath(html, "grid", string.Concat(Enumerable.Range(0, view.Axis.Steps + 1)
            .Select(step => Units($"M0 {(double)HeightUnits * step / view.Axis.Steps:0.#}H{view.Width}"))));
        WritePath(html, "gap", string.Concat(view.Missing.Select(gap => Box(view, gap.First, gap.Last))));
        if (view.Judgement is { } judged && (judged.Low ?? judged.High) is not null)
        {
            var (top, bottom) = (judged.High is double high ? view.Y(high) : 0, judged.Low is double low ? view.Y(low) : HeightUnits);
            WritePath(html, "band", Units($"M{view.X(view.Date) - 12:0.#} {top:0.#}h24V{bottom:0.#}h-24z"));
        }
        if (view.Judgement?.Expected is double expected)
            WritePath(html, "expected", Units($"M{view.X(view.Date) - 12:0.#} {view.Y(expected):0.#}h24"));
        WritePath(html, "line", Line(view));
        if (view is { Today: double today, Shown: [.., { IsAccepted: true } last] } && last.Date == view.Date.AddDays(-1))
            WritePath(html, "step", Units($"M{view.X(last.Date):0.#} {view.Y(last.Value):0.#}L{view.X(view.Date):0.#} {view.Y(today):0.#}"));
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
        StoredValue? last = null;
        foreach (var day in view.Shown.Where(day => day.IsAccepted))
        {
            var command = last?.Date == day.Date.AddDays(-1) ? 'L' : 'M';
            path.Append(Units($"{command}{view.X(day.Date):0.#} {view.Y(day.Value):0.#}"));
            // A day alone between gaps would be a line without length: a round end shows it as a dot.
            if (command == 'M')
                path.Append("h0");
            last = day;
        }
        return path.ToString();
    }

    static void WritePoints(HtmlWriter html, View view)
    {
        foreach (var day in view.Used)
            WritePoint(html, view, "used", day.Date, day.Value, 2.5);
        foreach (var day in view.Shown.Where(day => !day.IsAccepted))
            WritePoint(html, view, "refused", day.Date, day.Value, 3.5);
        foreach (var (first, last) in view.Missing)
        {
            var x = (view.X(first) + view.X(last)) / 2 / view.Width;
            html.Write($"<text class=\"missing\" x=\"{Percent(x)}\" y=\"100%\" dy=\"-5\" text-anchor=\"middle\">×</text>");
        }
        if (view.Today is not double today)
            return;
        WritePoint(html, view, $"today {Signs.ClassOf(view.Verdict)}", view.Date, today, 5);
        if (view.Verdict == Verdict.Pass)
            return;
        // The label goes to the side where the line is not: above what rose or lies at the foot, below all else.
        var isHigh = view.Shown.Where(day => day.IsAccepted && day.Date > view.Date.AddDays(-14)).All(day => day.Value <= today);
        var label = isHigh || view.Y(today) > 75 ? -11 : 20;
        html.Write(
            $"<text class=\"today {Signs.ClassOf(view.Verdict)}\" x=\"100%\" y=\"{Percent(view.Y(today) / HeightUnits)}\" dy=\"{label}\" "
                + $"text-anchor=\"end\">{view.Show(today)}</text>\n");
    }

    static void WritePoint(HtmlWriter html, View view, string name, DateOnly date, double value, double radius) =>
        html.Write(
            $"<circle class=\"{name}\" cx=\"{Percent(view.X(date) / view.Width)}\" cy=\"{Percent(view.Y(value) / HeightUnits)}\" "
                + $"r=\"{Units($"{radius}")}\"/>");

    static void WriteDates(HtmlWriter html, View view)
    {
        var weeks = Math.Max(1, (int)Math.Ceiling((view.Date.DayNumber - view.First.DayNumber) / 7.0 / 5));
        for (var date = view.Date; date >= view.First; date = date.AddDays(-7 * weeks))
        {
            var x = view.X(date) / view.Width;
            var anchor =
                date == view.Date ? "end"
                : x < 0.05 ? "start"
                : "middle";
            html.Write(
                $"<text class=\"date\" x=\"{Percent(date == view.Date ? 1 : x)}\" y=\"100%\" dy=\"17\" "
                    + $"text-anchor=\"{anchor}\">{html.Words.ShortDay(date)}</text>");
        }
    }

    static void WriteLegend(HtmlWriter html, View view)
    {
        var words = html.Words;
        html.Write($"<figcaption>");
        if (view.Today is double today)
            html.Write($"<span><i class=\"today {Signs.ClassOf(view.Verdict)}\"></i>{words.Day(view.Date)}: <b>{view.Show(today)}</b></span> ");
        else
            html.Write($"<span><i class=\"missing\">×</i>{words.Day(view.Date)}: <b>{words.NoValue}</b></span> ");
        if (Expectation(view) is { Length: > 0 } expectation)
            html.Write($"<span><i class=\"band\"></i>{expectation}</span> ");
        if (view.Used.Count > 0)
            html.Write($"<span><i class=\"used\"></i>{words.Say("report.compared_with", ("days", view.Used.Count))}</span> ");
        if (view.Shown.Count(day => !day.IsAccepted) is > 0 and var refused)
            html.Write($"<span><i class=\"refused\"></i>{words.Say("report.not_accepted", ("days", refused))}</span> ");
        if (view.Missing.Sum(gap => gap.Last.DayNumber - gap.First.DayNumber + 1) is > 0 and var missing && !(missing == 1 && view.Today is null))
            html.Write($"<span><i class=\"missing\">×</i>{words.Say("report.without_value", ("days", missing))}</span> ");
        if (!view.Axis.StartsAtZero)
            html.Write($"<span>{words.Say("report.axis_cut")}</span>");
        html.Write($"</figcaption>");
    }

    static string Expectation(View view)
    {
        if (view.Judgement is not { } judged)
            return "";
        var interval = view.Words.Interval(view.Metric, judged.Low, judged.High);
        var expected = judged.Expected is double known ? view.Words.Expected(view.Metric, known) : "";
        return (interval, expected) switch
        {
            ("", "") => "",
            ("", _) => view.Words.Say("report.expected_value", ("value", expected)),
            ({ Length: > 0 }, { Length: > 0 }) when judged.Low < judged.High => view.Words.Say(
                "report.expected_within",
                ("value", expected),
                ("interval", interval)),
            _ => view.Words.Say("report.expected_value", ("value", interval)),
        };
    }

    static string Describe(View view)
    {
        var values = view.Shown.Where(day => day.IsAccepted).Select(day => day.Value).ToList();
        var before = values.Count == 0
            ? new Phrase("report.no_days_before")
            : new Phrase("report.days_before", ("days", values.Count), ("low", view.Show(values.Min())), ("high", view.Show(values.Max())));
        var expectation = Expectation(view);
        return view.Words.Say(
            expectation.Length == 0 ? "report.chart" : "report.chart_expected",
            ("name", view.Name),
            ("value", view.Today is double known ? view.Show(known) : view.Words.NoValue),
            ("day", view.Words.Day(view.Date)),
            ("before", before),
            ("expectation", expectation));
    }

    static string Box(View view, DateOnly first, DateOnly last) =>
        Units($"M{view.X(first) - (DayUnits / 2):0.#} 0H{view.X(last) + (DayUnits / 2):0.#}V{HeightUnits}H{view.X(first) - (DayUnits / 2):0.#}z");

    static string Percent(double part) => Units($"{part * 100:0.##}%");

    static string Units(FormattableString text) => text.ToString(CultureInfo.InvariantCulture);

    /// <summary>What is drawn, and where.</summary>
    sealed record View(
        Words Words,
        string Name,
        string Metric,
        DateOnly First,
        DateOnly Date,
        IReadOnlyList<StoredValue> Shown,
        double? Today,
        Judgement? Judgement,
        Axis Axis)
    {
        /// <summary>Half a day more on the right, so that today's point and band stand free.</summary>
        public int Width => ((Date.DayNumber - First.DayNumber + 1) * DayUnits) + DayUnits;

        public Verdict Verdict => Judgement?.Verdict ?? Verdict.Pass;

        /// <summary>The days that today's expectation was made of, as far as they are shown.</summary>
        public IReadOnlyList<Day> Used => [.. (Judgement?.Used ?? []).Where(day => day.Date >= First && day.Date < Date)];

        /// <summary>Runs of days without any value.</summary>
        public IReadOnlyList<(DateOnly First, DateOnly Last)> Missing { get; } = MissingOf(Date, Shown, Today);

        public static View Of(Words words, StoredSeries series, Judgement? judgement, DateOnly date)
        {
            var shown = series.Before.Where(day => day.Date > date.AddDays(-Days) && day.Date < date).ToList();
            var values = shown.Where(day => day.IsAccepted).Select(day => day.Value).ToList();
            values.AddRange(new[] { series.Today, judgement?.Low, judgement?.High, judgement?.Expected }.OfType<double>());
            var most = values.DefaultIfEmpty(double.MaxValue).Max() * Stretch;
            values.AddRange(shown.Where(day => !day.IsAccepted && day.Value <= most).Select(day => day.Value));
            var first = date.AddDays(1 - FewestDays);
            if (shown.Count > 0 && shown[0].Date < first)
                first = shown[0].Date;
            return new View(
                words,
                words.Say(words.NameWithCheckOf(series.Id)),
                series.Id.Metric,
                first,
                date,
                shown,
                series.Today,
                judgement,
                Axis.For(values));
        }

        public double X(DateOnly date) => ((date.DayNumber - First.DayNumber) * DayUnits) + (DayUnits / 2);

        public double Y(double value) => (1 - Axis.At(value)) * HeightUnits;

        public string Show(double value) => Words.Value(Metric, value);

        public IEnumerable<DateOnly> Weekends() =>
            Enumerable
                .Range(0, Date.DayNumber - First.DayNumber + 1)
                .Select(First.AddDays)
                .Where(day => day.DayOfWeek is DayOfWeek.Saturday or DayOfWeek.Sunday);

        static List<(DateOnly First, DateOnly Last)> MissingOf(DateOnly date, IReadOnlyList<StoredValue> shown, double? today)
        {
            var gaps = new List<(DateOnly First, DateOnly Last)>();
            var expected = shown.Count > 0 ? shown[0].Date : date;
            foreach (var day in shown.Select(day => day.Date).Append(today is null ? date.AddDays(1) : date))
            {
                // Before the first stored day nothing is known to be missing.
                if (day > expected)
                    gaps.Add((expected, day.AddDays(-1)));
                expected = day.AddDays(1);
            }
            return gaps;
        }
    }
}
