using TagGuard.Phrases;

namespace TagGuard.Rendering;

/// <summary>What a chart shows, for those who do not see it.</summary>
sealed partial class Words
{
    /// <summary>The chart in a sentence.</summary>
    public string Describe(ChartData chart)
    {
        string Show(double value) => Value(chart.Id.Metric, value);
        var values = chart.Accepted.Select(day => day.Value).ToList();
        var before = values.Count == 0
            ? new Phrase("report.no_days_before")
            : new Phrase("report.days_before", ("days", values.Count), ("low", Show(values.Min())), ("high", Show(values.Max())));
        var expectation = Expectation(chart);
        return Say(
            expectation.Length == 0 ? "report.chart" : "report.chart_expected",
            ("name", NameWithCheckOf(chart.Id)),
            ("value", chart.Today is double known ? Show(known) : NoValue),
            ("day", Day(chart.Date)),
            ("before", before),
            ("expectation", expectation));
    }

    /// <summary>What was expected of the business date; empty when nothing was.</summary>
    public string Expectation(ChartData chart)
    {
        if (chart.Judgement is not { } judged)
            return "";
        var metric = chart.Id.Metric;
        var interval = Interval(metric, judged.Low, judged.High);
        var expected = judged.Expected is double known ? Expected(metric, known) : "";
        return (interval, expected) switch
        {
            ("", "") => "",
            ("", _) => Say("report.expected_value", ("value", expected)),
            ({ Length: > 0 }, { Length: > 0 }) when judged.Low < judged.High => Say(
                "report.expected_within",
                ("value", expected),
                ("interval", interval)),
            _ => Say("report.expected_value", ("value", interval)),
        };
    }

    /// <summary>Why there is no chart.</summary>
    public string NothingToDraw(ChartData chart) => chart.Today is double today
        ? Say("report.nothing_before", ("day", Day(chart.Date)), ("value", Value(chart.Id.Metric, today)))
        : Say("report.nothing_to_draw");
}
