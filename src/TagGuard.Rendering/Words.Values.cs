using System.Globalization;
using TagGuard.Facts;

namespace TagGuard.Rendering;

/// <summary>Values in the unit of their metric.</summary>
sealed partial class Words
{
    /// <summary>A value in the unit of its metric.</summary>
    public string Value(string metric, double value) => AreMinutes(metric) ? Minutes(value) : Numbers.Count(value);

    /// <summary>An expected value in the unit of its metric, without digits that no count has: 824, and not 823.6.</summary>
    public string Expected(string metric, double value) => AreMinutes(metric) ? Minutes(value) : Numbers.Rounded(value);

    /// <summary>What would have been right, in the unit of its metric: "592 to 1,145", "at most 8 h 00 min"; empty without a limit.</summary>
    public string Interval(string metric, double? low, double? high)
    {
        string Show(double value) => Value(metric, value);
        return (AreMinutes(metric) ? (low, high) : Numbers.Inside(low, high)) switch
        {
            (double from, double to) when from == to => Show(from),
            (double from, double to) => Say("report.from_to", ("low", Show(from)), ("high", Show(to))),
            (double from, null) => Say("report.at_least", ("low", Show(from))),
            (null, double to) => Say("report.at_most", ("high", Show(to))),
            _ => "",
        };
    }

    /// <summary>A relative change with its sign; from zero there is no percentage.</summary>
    public string Change(double? now, double? before) => Numbers.Change(now, before) ?? FromZero;

    public string Minutes(double minutes)
    {
        var whole = (long)Math.Round(Math.Abs(minutes));
        var text = whole < 60
            ? Say("report.minutes", ("minutes", whole))
            : Say("report.hours", ("hours", whole / 60), ("minutes", (whole % 60).ToString("00", CultureInfo.InvariantCulture)));
        return minutes < 0 && whole > 0 ? "−" + text : text;
    }

    public string Took(TimeSpan span) => span.TotalSeconds < 1 ? Say("report.under_a_second")
        : span.TotalSeconds < 120 ? Say("report.seconds", ("seconds", Math.Round(span.TotalSeconds)))
        : Minutes(span.TotalMinutes);

    static bool AreMinutes(string metric) => metric is Metrics.ReadyMinutes or Metrics.LagMinutes;
}
