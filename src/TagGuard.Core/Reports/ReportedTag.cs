using TagGuard.Facts;
using TagGuard.Storage;

namespace TagGuard.Reports;

/// <summary>One tag, crowd or other key: today beside yesterday and the same weekday last week.</summary>
/// <param name="Series">Its days.</param>
/// <param name="Worst">The worst verdict about it with what was found; null when no rule judged it.</param>
/// <param name="Yesterday">The value of the day before; null when it is missing.</param>
/// <param name="WeekAgo">The value of seven days before; null when it is missing.</param>
public sealed record ReportedTag(StoredSeries Series, (Verdict Verdict, Finding Finding)? Worst, double? Yesterday, double? WeekAgo)
{
    public Verdict Verdict => Worst?.Verdict ?? Verdict.Pass;

    /// <summary>Users that it gained or lost against the same weekday last week, or against yesterday.</summary>
    public double Moved => Math.Abs((Series.Today ?? 0) - (WeekAgo ?? Yesterday ?? 0));

    /// <param name="series">Its days.</param>
    /// <param name="worst">The worst verdict about it that is stored by itself, or null.</param>
    /// <param name="date">The business date.</param>
    public static ReportedTag Of(StoredSeries series, Judgement? worst, DateOnly date) =>
        new(series, WorstOf(series, worst), On(series, date.AddDays(-1)), On(series, date.AddDays(-7)));

    /// <summary>The worst verdict about a series with what was found; null when no rule judged it.</summary>
    public static (Verdict Verdict, Finding Finding)? WorstOf(StoredSeries series, Judgement? worst) =>
        worst is { Verdict: > Verdict.Pass } || series.Passed is not { } passed
            ? worst is null ? null : (worst.Verdict, worst.Finding)
            : (Verdict.Pass, passed);

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
