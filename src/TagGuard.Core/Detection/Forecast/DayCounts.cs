using System.Numerics;
using System.Runtime.InteropServices;
using System.Runtime.Intrinsics;
using Lanes = System.Runtime.Intrinsics.Vector256<double>;

namespace TagGuard.Detection.Forecast;

/// <summary>What a tag did on the 92 days before, and on the same weekday of the 13 weeks before.</summary>
/// <param name="Known">Days with a count.</param>
/// <param name="Zeros">Of them, at zero.</param>
/// <param name="Repeats">Of them, exactly as the day before and not zero.</param>
/// <param name="SameWeekdays">Weeks with a count on today's weekday.</param>
/// <param name="ZerosOnWeekday">Of them, at zero.</param>
/// <param name="RepeatsOnWeekday">Of them, exactly as the day before and not zero.</param>
/// <param name="WeeksRepeated">Which of them did, one bit a week, last week's the lowest.</param>
readonly record struct DayCounts(int Known, int Zeros, int Repeats, int SameWeekdays, int ZerosOnWeekday, int RepeatsOnWeekday, int WeeksRepeated)
{
    const int Days = 92;
    const int Weeks = 13;
    const int Today = CheckMorning.HistoryDays;

    /// <param name="row">127 counts, today the last.</param>
    public static DayCounts Of(ReadOnlySpan<double> row)
    {
        var days = MemoryMarshal.Cast<double, Lanes>(row.Slice(Today - Days, Days));
        var before = MemoryMarshal.Cast<double, Lanes>(row.Slice(Today - Days - 1, Days));
        Vector256<long> known = default, zeros = default, repeats = default;
        for (var i = 0; i < days.Length; i++)
        {
            // A comparison that holds is -1 in each lane.
            var isPositive = Vector256.GreaterThan(days[i], Lanes.Zero);
            known -= Vector256.Equals(days[i], days[i]).AsInt64();
            zeros -= Vector256.LessThanOrEqual(days[i], Lanes.Zero).AsInt64();
            repeats -= (Vector256.Equals(days[i], before[i]) & isPositive).AsInt64();
        }
        // The first of the 92 days has no day before it among them.
        var first = row[Today - Days];
        var outside = first > 0 && first == row[Today - Days - 1] ? 1 : 0;
        var (same, zerosOnWeekday, repeated) = (0, 0, 0);
        for (var week = 1; week <= Weeks; week++)
        {
            var count = row[Today - 7 * week];
            same += double.IsNaN(count) ? 0 : 1;
            zerosOnWeekday += count <= 0 ? 1 : 0;
            repeated |= count > 0 && count == row[Today - 7 * week - 1] ? 1 << (week - 1) : 0;
        }
        return new DayCounts(
            (int)Vector256.Sum(known),
            (int)Vector256.Sum(zeros),
            (int)Vector256.Sum(repeats) - outside,
            same,
            zerosOnWeekday,
            BitOperations.PopCount((uint)repeated),
            repeated);
    }
}
