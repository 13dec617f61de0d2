using TagGuard.Facts;

namespace TagGuard.Plans;

/// <summary>An event of the plan with its effect worked out.</summary>
public sealed record CalendarEvent(CalendarEventPlan Plan, CalendarEffect Effect)
{
    /// <summary>What the event makes of a date: itself, or so many days before or after it,
    /// the nearer first; null when it does not touch it.</summary>
    public CalendarDay? On(DateOnly date)
    {
        if (Plan.FallsOn(date))
            return Day(date, Plan.Name);
        for (var days = 1; days <= Math.Max(Plan.DaysBefore, Plan.DaysAfter); days++)
        {
            if (days <= Plan.DaysBefore && FallsOn(date, days))
                return Day(date, $"{Days(days)} before {Plan.Name}");
            if (days <= Plan.DaysAfter && FallsOn(date, -days))
                return Day(date, $"{Days(days)} after {Plan.Name}");
        }
        return null;
    }

    CalendarDay Day(DateOnly date, string name) => new(date, name, Plan.Kind, Effect) { IsWeekly = Plan.Weekdays.Count > 0 };

    bool FallsOn(DateOnly date, int days)
    {
        var number = date.DayNumber + days;
        return number >= DateOnly.MinValue.DayNumber && number <= DateOnly.MaxValue.DayNumber && Plan.FallsOn(DateOnly.FromDayNumber(number));
    }

    static string Days(int days) => days == 1 ? "1 day" : $"{days} days";
}
