using TagGuard.Facts;
using TagGuard.Storage;

namespace TagGuard.Rendering;

/// <summary>What a chart of a series shows, before it is drawn: the page's SVG and the mail's picture are made of the same.</summary>
/// <param name="Id">The series.</param>
/// <param name="First">The first day.</param>
/// <param name="Date">The business date, the last day.</param>
/// <param name="Shown">The stored days before it, ascending.</param>
/// <param name="Today">The value of the business date; null when it is missing.</param>
/// <param name="Judgement">What was expected; null when nothing was.</param>
/// <param name="Axis">The vertical axis.</param>
sealed record ChartData(
    SeriesId Id, DateOnly First, DateOnly Date, IReadOnlyList<StoredValue> Shown, double? Today, Judgement? Judgement, Axis Axis)
{
    const int Days = 90;

    /// <summary>A young series has room to grow into: few days are not blown up to the whole width.</summary>
    const int FewestDays = 14;

    /// <summary>How far a day that was not accepted may stretch the axis beyond all others; further out it is put on the edge.</summary>
    const double Stretch = 1.5;

    /// <summary>A day is named at most so often.</summary>
    const double MostNamedDays = 5;

    public Verdict Verdict => Judgement?.Verdict ?? Verdict.Pass;

    /// <summary>The days that today's expectation was made of, as far as they are shown.</summary>
    public IReadOnlyList<Day> Used => [.. (Judgement?.Used ?? []).Where(day => day.Date >= First && day.Date < Date)];

    public IEnumerable<StoredValue> Accepted => Shown.Where(day => day.IsAccepted);

    public IEnumerable<StoredValue> Refused => Shown.Where(day => !day.IsAccepted);

    /// <summary>Runs of days without any value.</summary>
    public IReadOnlyList<(DateOnly First, DateOnly Last)> Missing { get; } = MissingOf(Date, Shown, Today);

    public IEnumerable<DateOnly> Weekends =>
        Enumerable
            .Range(0, Date.DayNumber - First.DayNumber + 1)
            .Select(First.AddDays)
            .Where(day => day.DayOfWeek is DayOfWeek.Saturday or DayOfWeek.Sunday);

    /// <summary>The days that are named below: the business date, and whole weeks before it.</summary>
    public IEnumerable<DateOnly> NamedDays
    {
        get
        {
            var weeks = Math.Max(1, (int)Math.Ceiling((Date.DayNumber - First.DayNumber) / 7.0 / MostNamedDays));
            for (var date = Date; date >= First; date = date.AddDays(-7 * weeks))
                yield return date;
        }
    }

    /// <summary>Accepted days, in runs of days that follow one another: what lies between two runs is not bridged.</summary>
    public IEnumerable<IReadOnlyList<StoredValue>> Lines
    {
        get
        {
            var line = new List<StoredValue>();
            foreach (var day in Accepted)
            {
                if (line.Count > 0 && line[^1].Date != day.Date.AddDays(-1))
                {
                    yield return line;
                    line = [];
                }
                line.Add(day);
            }
            if (line.Count > 0)
                yield return line;
        }
    }

    /// <summary>The day before, from which the value of the business date moved; null when there is none to come from.</summary>
    public StoredValue? Before =>
        Today is not null && Shown is [.., { IsAccepted: true } last] && last.Date == Date.AddDays(-1) ? last : null;

    /// <summary>Whether the value of the business date lies above those of the last two weeks.</summary>
    public bool IsTodayHigh => Today is double today && Accepted.Where(day => day.Date > Date.AddDays(-14)).All(day => day.Value <= today);

    public static ChartData Of(StoredSeries series, Judgement? judgement, DateOnly date)
    {
        var shown = series.Before.Where(day => day.Date > date.AddDays(-Days) && day.Date < date).ToList();
        var values = shown.Where(day => day.IsAccepted).Select(day => day.Value).ToList();
        values.AddRange(new[] { series.Today, judgement?.Low, judgement?.High, judgement?.Expected }.OfType<double>());
        var most = values.DefaultIfEmpty(double.MaxValue).Max() * Stretch;
        values.AddRange(shown.Where(day => !day.IsAccepted && day.Value <= most).Select(day => day.Value));
        var first = date.AddDays(1 - FewestDays);
        if (shown.Count > 0 && shown[0].Date < first)
            first = shown[0].Date;
        return new ChartData(series.Id, first, date, shown, series.Today, judgement, Axis.For(values));
    }

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
