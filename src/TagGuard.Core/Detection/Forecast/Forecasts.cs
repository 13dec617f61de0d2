using System.Runtime.InteropServices;
using System.Runtime.Intrinsics;
using TagGuard.Detection.Noise;
using TagGuard.Detection.Vectors;
using Lanes = System.Runtime.Intrinsics.Vector256<double>;

namespace TagGuard.Detection.Forecast;

/// <summary>The first part: from counts to what each tag did beyond the forecast of its own past.</summary>
static class Forecasts
{
    /// <summary>Fewest tags of which the weekday profile of a check is made.</summary>
    const int MinTagsOfProfile = 10;

    /// <summary>Fills the residuals, levels, forecasts and raw moves of the sheet.</summary>
    public static void Fill(Sheet sheet, CheckMorning morning, DetectorSettings settings)
    {
        Seasons(sheet, morning, settings);
        for (var block = 0; block < sheet.Blocks; block++)
            Forecast(sheet, block, settings);
        if (!morning.Quarantine.IsEmpty)
            SetApart(sheet, morning.Quarantine);
    }

    /// <summary>Fills the points, the levels and the weekday offsets, which are drawn to those of the check.</summary>
    public static void Seasons(Sheet sheet, CheckMorning morning, DetectorSettings settings)
    {
        for (var block = 0; block < sheet.Blocks; block++)
        {
            var points = sheet.Points(block);
            Load(morning, block, points);
            sheet.Turnovers[block] = Turnover.Of(points, settings, out sheet.Column[block]);
            foreach (ref var day in points)
                day = CountScale.Of(day);
            WeekdayOffsets.Own(points, sheet.Offsets(block), sheet.Weeks(block));
            sheet.Levels[block] = WeekdayOffsets.Level(points);
        }
        Turnover.AllowForSize(sheet.Turnovers, sheet.Column, sheet.MedianOfLarge(sheet.Column, otherwise: double.PositiveInfinity), settings);
        Span<double> profile = stackalloc double[7];
        if (!Profile(sheet, morning, settings.MinWeeksOfProfile, profile))
            Profile(sheet, morning, settings.MinWeeksOfYoungProfile, profile);
        Span<Lanes> turned = stackalloc Lanes[7];
        for (var block = 0; block < sheet.Blocks; block++)
        {
            Turn(profile, morning, block, turned);
            WeekdayOffsets.Blend(sheet.Offsets(block), sheet.Weeks(block), turned, PerLogUnit(sheet.Levels[block]), settings.ProfileWeeks);
        }
    }

    /// <summary>Makes the residuals of quarantined days unknown; those of the last days are kept beside.</summary>
    static void SetApart(Sheet sheet, Quarantine quarantine)
    {
        for (var block = 0; block < sheet.Blocks; block++)
            sheet.ResidualsOf(block)[^(Sheet.RecentDays + 1)..^1].CopyTo(sheet.Recent[(block * Sheet.RecentDays)..]);
        foreach (var tag in quarantine.Tags)
        {
            var residuals = MemoryMarshal.Cast<Lanes, double>(sheet.ResidualsOf(tag / CountScale.Width));
            var lane = tag % CountScale.Width;
            quarantine.Blank(tag, residuals[lane..(residuals.Length - CountScale.Width + lane + 1)], CountScale.Width);
        }
    }

    /// <summary>Four rows of counts as columns of points. What is not a number is unknown, what is below zero is zero.</summary>
    static void Load(CheckMorning morning, int block, Span<Lanes> points)
    {
        var counts = MemoryMarshal.Cast<Lanes, double>(points);
        for (var lane = 0; lane < CountScale.Width; lane++)
        {
            var tag = block * CountScale.Width + lane;
            var row = tag < morning.Tags ? morning.Of(tag) : [];
            for (var day = 0; day < CheckMorning.Days; day++)
                counts[day * CountScale.Width + lane] = day < row.Length ? row[day] : double.NaN;
        }
        foreach (ref var day in points)
        {
            var known = Vector256.LessThan(day, Vector256.Create(double.PositiveInfinity));
            day = Vector256.ConditionalSelect(known, Vector256.MaxNative(day, Lanes.Zero), Vector256.Create(double.NaN));
        }
    }

    /// <summary>Per weekday (Sunday = 0) the median offset of the larger tags that were seen long
    /// enough, in log units; false and zeros when there are too few.</summary>
    static bool Profile(Sheet sheet, CheckMorning morning, int minWeeks, Span<double> profile)
    {
        var offsets = new double[7 * sheet.Tags];
        var used = 0;
        for (var tag = 0; tag < sheet.Tags; tag++)
        {
            var (block, lane) = (tag / CountScale.Width, tag % CountScale.Width);
            var level = sheet.Levels[block][lane];
            if (double.IsNaN(level)
                || !(LogScale.CountAt(level) is > LogScale.Theta and var count)
                || FewestWeeks(sheet.Weeks(block), lane) < minWeeks)
                continue;
            var perLogUnit = LogScale.PerRelativeChange(count);
            for (var place = 0; place < 7; place++)
                offsets[Weekday(morning.TodayOf(tag), place) * sheet.Tags + used] = sheet.Offsets(block)[place][lane] / perLogUnit;
            used++;
        }
        profile.Clear();
        for (var weekday = 0; weekday < 7 && used >= MinTagsOfProfile; weekday++)
        {
            var same = offsets.AsSpan(weekday * sheet.Tags, used);
            same.Sort();
            profile[weekday] = LaneMedian.OfSorted(same);
        }
        return used >= MinTagsOfProfile;
    }

    static double FewestWeeks(ReadOnlySpan<Lanes> weeks, int lane)
    {
        var fewest = weeks[0][lane];
        for (var place = 1; place < 7; place++)
            fewest = Math.Min(fewest, weeks[place][lane]);
        return fewest;
    }

    /// <summary>The profile counted back from the weekday of each of four tags.</summary>
    static void Turn(ReadOnlySpan<double> profile, CheckMorning morning, int block, Span<Lanes> turned)
    {
        for (var lane = 0; lane < CountScale.Width; lane++)
        {
            var today = morning.TodayOf(Math.Min(block * CountScale.Width + lane, morning.Tags - 1));
            for (var place = 0; place < 7; place++)
                turned[place] = turned[place].WithElement(lane, profile[Weekday(today, place)]);
        }
    }

    static int Weekday(DayOfWeek today, int place) => ((int)today - place + 7) % 7;

    static void Forecast(Sheet sheet, int block, DetectorSettings settings)
    {
        var offsets = sheet.Offsets(block);
        var residuals = sheet.ResidualsOf(block);
        var isStock = settings.LevelsByTurnover
            ? Vector256.LessThan(sheet.Turnovers[block] * Vector256.Create(settings.FlowTurnovers), Lanes.One)
            : Lanes.AllBitsSet;
        var walks = settings.WalksOn ? isStock : Lanes.Zero;
        var forecast = LevelFilters.Run(sheet.Points(block), offsets, settings.LevelShares, isStock, walks, residuals) + offsets[0];
        var perLogUnit = PerLogUnit(forecast);
        foreach (ref var residual in residuals)
            residual /= perLogUnit;
        sheet.Forecasts[block] = forecast;
        sheet.PerLogUnit[block] = perLogUnit;
        sheet.Raw[block] = residuals[LevelFilters.Kept];
    }

    /// <summary>Points per log unit around points; where nothing is known, around zero.</summary>
    public static Lanes PerLogUnit(Lanes points) => CountScale.PerLogUnit(CountScale.CountAt(points & Vector256.Equals(points, points)));
}
