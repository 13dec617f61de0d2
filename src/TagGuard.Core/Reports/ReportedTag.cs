using TagGuard.Facts;
using TagGuard.Storage;

namespace TagGuard.Reports;

/// <summary>One tag, crowd or other key: today beside yesterday and the same weekday last week.</summary>
/// <param name="Series">Its days.</param>
/// <param name="Worst">The worst verdict about it; null when no rule judged it.</param>
/// <param name="Yesterday">The value of the day before; null when it is missing.</param>
/// <param name="WeekAgo">The value of seven days before; null when it is missing.</param>
public sealed record ReportedTag(StoredSeries Series, Judgement? Worst, double? Yesterday, double? WeekAgo)
{
    public Verdict Verdict => Worst?.Verdict ?? Verdict.Pass;

    /// <summary>Users that it gained or lost against the same weekday last week, or against yesterday.</summary>
    public double Moved => Math.Abs((Series.Today ?? 0) - (WeekAgo ?? Yesterday ?? 0));

    public static ReportedTag Of(StoredSeries series, Judgement? worst, DateOnly date) =>
        new(series, worst, On(series, date.AddDays(-1)), On(series, date.AddDays(-7)));

    static double? On(StoredSeries series, DateOnly date)
    {
        for (var i = series.Before.Count - 1; i >= 0 && series.Before[i].Date >= date; i--)
        {
            if (series.Before[i].Date == date)
                return series.Before[i].Value;
        }
        return null;
    }
}
