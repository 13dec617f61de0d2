using System.Runtime.InteropServices;
using System.Runtime.Intrinsics;
using TagGuard.Detection.Forecast;
using TagGuard.Detection.Vectors;
using Lanes = System.Runtime.Intrinsics.Vector256<double>;

namespace TagGuard.Detection.Drifts;

/// <summary>The drifts of each tag at the end of today and of the weeks before: the middle of 7
/// days against that of the 21 days that end 21 days earlier.</summary>
static class WeeklyDrifts
{
    const int Recent = 7;
    const int Base = 21;
    const int Gap = 21;

    /// <summary>Days before today from which the first drift can be made.</summary>
    public const int DaysNeeded = Gap + Base - 1;

    /// <summary>The drift of today, and those of the 12 weeks before, to which it is compared.</summary>
    public const int Weeks = 13;

    /// <summary>Part of its days that a middle needs.</summary>
    const double MinKnown = 0.6;

    /// <summary>The variance of a median of n days is this, divided by n, in variances of a day.</summary>
    const double OfMedian = 1.57;

    static readonly SortingNetwork OfRecent = new(Recent);
    static readonly SortingNetwork OfBase = new(Base);

    /// <summary>Per tag <see cref="Weeks"/> drifts in log units, the last first, NaN with too
    /// few days; and per tag the variance of one by chance.</summary>
    public static (double[] Drifts, double[] Chances) Of(CheckMorning morning)
    {
        var drifts = new double[morning.Tags * Weeks];
        var chances = new double[morning.Tags];
        using var sheet = new Sheet(morning.Tags, false);
        Forecasts.Seasons(sheet, morning, DetectorSettings.Default);
        foreach (var tag in morning.Quarantine.Tags)
            morning.Quarantine.Blank(tag, LaneOf(MemoryMarshal.Cast<Lanes, double>(sheet.Points(tag / CountScale.Width)), tag), CountScale.Width);
        for (var block = 0; block < sheet.Blocks; block++)
            Measure(sheet, block, drifts, chances);
        return (drifts, chances);
    }

    static Span<double> LaneOf(Span<double> points, int tag)
    {
        var lane = tag % CountScale.Width;
        return points[lane..(points.Length - CountScale.Width + lane + 1)];
    }

    /// <summary>The drifts of four tags in each week, in log units, and the variance of one by chance.</summary>
    static void Measure(Sheet sheet, int block, Span<double> drifts, Span<double> chances)
    {
        Span<Lanes> days = stackalloc Lanes[CheckMorning.Days];
        var perLogUnit = Forecasts.PerLogUnit(sheet.Levels[block]);
        for (var day = 0; day < days.Length; day++)
            days[day] = (sheet.Points(block)[day] - sheet.Offsets(block)[(CheckMorning.HistoryDays - day) % 7]) / perLogUnit;
        Span<Lanes> room = stackalloc Lanes[Base];
        for (var week = 0; week < Weeks; week++)
        {
            var end = CheckMorning.Days - 7 * week;
            var drift = Middle(days[(end - Recent)..end], room[..Recent], OfRecent) - Middle(days[(end - Gap - Base)..(end - Gap)], room, OfBase);
            for (var lane = 0; lane < CountScale.Width && block * CountScale.Width + lane < chances.Length; lane++)
                drifts[(block * CountScale.Width + lane) * Weeks + week] = drift[lane];
        }
        var counts = CountScale.CountAt(sheet.Levels[block] & Vector256.Equals(sheet.Levels[block], sheet.Levels[block]));
        for (var lane = 0; lane < CountScale.Width && block * CountScale.Width + lane < chances.Length; lane++)
            chances[block * CountScale.Width + lane] = (OfMedian / Recent + OfMedian / Base) / (counts[lane] + 0.375);
    }

    /// <summary>The median of the days; NaN with too few of them.</summary>
    static Lanes Middle(ReadOnlySpan<Lanes> days, Span<Lanes> room, SortingNetwork network)
    {
        days.CopyTo(room);
        var median = LaneMedian.Of(room, network, out var known);
        return Vector256.ConditionalSelect(
            Vector256.GreaterThan(known, Vector256.Create(MinKnown * days.Length)),
            median,
            Vector256.Create(double.NaN));
    }
}
