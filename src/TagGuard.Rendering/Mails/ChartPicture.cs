using ScottPlot;
using ScottPlot.TickGenerators;
using TagGuard.Facts;

namespace TagGuard.Rendering.Mails;

/// <summary>The chart of the page as a picture, for programs that show no SVG. It holds digits and dates only; the words stand beside it.</summary>
/// <remarks>Its ground is transparent, and its colours can be seen on white and on black: in the dark mode it is the same picture.</remarks>
static class ChartPicture
{
    /// <summary>Its size on the page, in CSS pixels; it has twice as many.</summary>
    public const int Width = 520;
    public const int Height = 190;

    const int Scale = 2;
    const float TextSize = 16;

    static readonly Color Ink = Color.FromHex("#6f7a88");
    static readonly Color Line = Color.FromHex("#5f7fae");
    static readonly Color Grid = Ink.WithAlpha(0.22);
    static readonly Color Band = Color.FromHex("#3f9d62").WithAlpha(0.35);

    /// <summary>A PNG. Its colours stay when the page is dark.</summary>
    public static byte[] Png(ChartData chart)
    {
        DigitsFont.Use();
        using var plot = new Plot { ScaleFactor = Scale };
        Frame(plot, chart);
        foreach (var day in chart.Weekends)
            Box(plot, chart, day, day, Ink.WithAlpha(0.08));
        foreach (var (first, last) in chart.Missing)
            Box(plot, chart, first, last, Ink.WithAlpha(0.18));
        Expected(plot, chart);
        foreach (var line in chart.Lines)
            Lines(plot, [.. line.Select(day => At(chart, day.Date, day.Value))], Line, 1.8f);
        if (chart is { Before: { } before, Today: double moved })
            Lines(plot, [At(chart, before.Date, before.Value), At(chart, chart.Date, moved)], ColourOf(chart.Verdict), 1.4f).LinePattern =
                LinePattern.Dotted;
        foreach (var day in chart.Used)
            Point(plot, chart, day.Date, day.Value, 5, Line);
        foreach (var day in chart.Refused)
            Point(plot, chart, day.Date, day.Value, 7, ColourOf(Verdict.Fail)).MarkerStyle.Shape = MarkerShape.OpenCircle;
        foreach (var (first, last) in chart.Missing)
            Missing(plot, chart, (X(chart, first) + X(chart, last)) / 2);
        Today(plot, chart);
        return plot.GetImageBytes(Width * Scale, Height * Scale, ImageFormat.Png);
    }

    static void Frame(Plot plot, ChartData chart)
    {
        plot.FigureBackground.Color = plot.DataBackground.Color = Colors.Transparent;
        plot.Font.Set(DigitsFont.Name);
        plot.HideGrid();
        var ticks = chart.Axis.Ticks.Select(tick => (At: tick, Text: Numbers.Count(Math.Round(tick, 6)))).ToList();
        foreach (var tick in ticks)
            Lines(plot, [new(-0.5, tick.At), new(X(chart, chart.Date) + 1, tick.At)], Grid, 1);
        plot.Axes.Left.TickGenerator = new NumericManual([.. ticks.Select(tick => new Tick(tick.At, tick.Text))]);
        plot.Axes.Bottom.TickGenerator = new NumericManual([.. chart.NamedDays.Select(day => new Tick(X(chart, day), $"{day:MM-dd}"))]);
        foreach (var axis in new IAxis[] { plot.Axes.Left, plot.Axes.Bottom })
        {
            axis.TickLabelStyle.FontName = DigitsFont.Name;
            axis.TickLabelStyle.FontSize = TextSize;
            axis.TickLabelStyle.ForeColor = Ink;
            axis.FrameLineStyle.Width = axis.MajorTickStyle.Width = axis.MajorTickStyle.Length = 0;
        }
        plot.Axes.Right.IsVisible = plot.Axes.Top.IsVisible = false;
        plot.Axes.SetLimits(-0.5, X(chart, chart.Date) + 1, chart.Axis.Low, chart.Axis.High);
        // So wide that the longest number stands whole; above, half a line and today's number.
        var left = (ticks.Max(tick => tick.Text.Length) * 9.5f) + 10;
        plot.Layout.Fixed(new PixelPadding(left, 30, 28, 22));
    }

    static void Expected(Plot plot, ChartData chart)
    {
        if (chart.Judgement is not { } judged)
            return;
        var x = X(chart, chart.Date);
        if ((judged.Low ?? judged.High) is not null)
        {
            var box = plot.Add.Rectangle(
                x - 0.8, x + 0.8, Within(chart, judged.Low ?? chart.Axis.Low), Within(chart, judged.High ?? chart.Axis.High));
            (box.FillColor, box.LineWidth) = (Band, 0);
        }
        if (judged.Expected is double expected)
            Lines(plot, [new(x - 0.8, Within(chart, expected)), new(x + 0.8, Within(chart, expected))], ColourOf(Verdict.Pass), 1.6f);
    }

    static void Today(Plot plot, ChartData chart)
    {
        if (chart.Today is not double today)
            return;
        Point(plot, chart, chart.Date, today, 11, ColourOf(chart.Verdict));
        if (chart.Verdict == Verdict.Pass)
            return;
        var at = At(chart, chart.Date, today);
        var isBelow = !chart.IsTodayHigh && chart.Axis.At(today) > 0.25;
        var label = plot.Add.Text(Numbers.Count(today), at);
        (label.LabelFontName, label.LabelFontSize, label.LabelFontColor) = (DigitsFont.Name, 17, ColourOf(chart.Verdict));
        label.LabelAlignment = isBelow ? Alignment.UpperRight : Alignment.LowerRight;
        label.OffsetX = 8;
        label.OffsetY = isBelow ? 6 : -6;
    }

    /// <summary>A cross at the foot, where the page has one, too.</summary>
    static void Missing(Plot plot, ChartData chart, double x) =>
        plot.Add.Marker(x, chart.Axis.Low + ((chart.Axis.High - chart.Axis.Low) * 0.06), MarkerShape.Eks, 9, Ink).MarkerStyle.LineWidth = 1.6f;

    static void Box(Plot plot, ChartData chart, DateOnly first, DateOnly last, Color colour)
    {
        var box = plot.Add.Rectangle(X(chart, first) - 0.5, X(chart, last) + 0.5, chart.Axis.Low, chart.Axis.High);
        (box.FillColor, box.LineWidth) = (colour, 0);
    }

    static ScottPlot.Plottables.Scatter Lines(Plot plot, Coordinates[] points, Color colour, float width)
    {
        var line = plot.Add.Scatter(points, colour);
        // A day alone between gaps would be a line without length.
        (line.LineWidth, line.MarkerSize) = (width, points.Length == 1 ? width * 1.6f : 0);
        return line;
    }

    static ScottPlot.Plottables.Marker Point(Plot plot, ChartData chart, DateOnly date, double value, float size, Color colour)
    {
        var at = At(chart, date, value);
        return plot.Add.Marker(at.X, at.Y, MarkerShape.FilledCircle, size, colour);
    }

    static Coordinates At(ChartData chart, DateOnly date, double value) => new(X(chart, date), Within(chart, value));

    static double X(ChartData chart, DateOnly date) => date.DayNumber - chart.First.DayNumber;

    static double Within(ChartData chart, double value) => Math.Clamp(value, chart.Axis.Low, chart.Axis.High);

    static Color ColourOf(Verdict verdict) => Color.FromHex(verdict switch
    {
        Verdict.Pass => "#3f9d62",
        Verdict.Warn => "#c07f10",
        Verdict.Unknown => "#8573e0",
        _ => "#e0503f",
    });
}
