using TagGuard.Facts;
using TagGuard.Plans;
using TagGuard.Tests.Support;

namespace TagGuard.Tests.Facts;

public class CalendarTests
{
    static readonly DateOnly Date = Some.Date;

    [Fact]
    public void WithoutDaysEveryDateIsOrdinary()
    {
        Assert.Null(Calendar.None.On(Date));
        Assert.True(Calendar.None.IsOrdinary(Date));
        Assert.Null(Calendar.None.KnownUntil);
    }

    [Theory]
    [InlineData(CalendarEffect.ReportOnly)]
    [InlineData(CalendarEffect.Widen)]
    [InlineData(CalendarEffect.Exclude)]
    public void AListedDayIsOutOfBaselinesWhateverItsEffect(CalendarEffect effect)
    {
        var day = new CalendarDay(Date, "Lantern Festival", "holiday", effect);
        var calendar = new Calendar([day]);

        Assert.Equal(day, calendar.On(Date));
        Assert.False(calendar.IsOrdinary(Date));
        Assert.True(calendar.IsOrdinary(Date.AddDays(1)));
    }

    [Fact]
    public void OfDaysThatFallTogetherTheStrongestEffectHoldsAndAllAreNamed()
    {
        var calendar = new Calendar([
            new CalendarDay(Date, "Mid-Autumn", "holiday", CalendarEffect.Widen),
            new CalendarDay(Date, "close", "billing", CalendarEffect.Exclude),
            new CalendarDay(Date, "Mid-Autumn", "bank", CalendarEffect.ReportOnly),
        ]);

        Assert.Equal(new CalendarDay(Date, "Mid-Autumn, close", "billing", CalendarEffect.Exclude), calendar.On(Date));
    }

    [Theory]
    [InlineData("2026-11-11", true), InlineData("2026-11-12", false), InlineData("2025-11-11", false)]
    public void AnEventOfADateComesOnce(string date, bool falls) => AssertFalls(falls, date, Event() with { Date = new(2026, 11, 11) });

    [Theory]
    [InlineData("2026-11-10", false), InlineData("2026-11-11", true), InlineData("2026-11-12", true), InlineData("2026-11-13", false)]
    public void AnEventWithALastDateTakesAllDaysUpToIt(string date, bool falls) =>
        AssertFalls(falls, date, Event() with { Date = new(2026, 11, 11), Until = new(2026, 11, 12) });

    [Theory]
    [InlineData("06-18", "2026-06-18", true), InlineData("06-18", "2031-06-18", true), InlineData("06-18", "2026-06-17", false)]
    [InlineData("02-29", "2024-02-29", true), InlineData("02-29", "2025-02-28", false), InlineData("02-29", "2025-03-01", false)]
    public void AYearlyEventComesOnItsMonthAndDay(string every, string date, bool falls) => AssertFalls(falls, date, Event() with { Every = every });

    [Theory]
    [InlineData(1, "2026-02-01", true), InlineData(1, "2026-02-02", false)]
    [InlineData(31, "2026-01-31", true), InlineData(31, "2026-02-28", false), InlineData(31, "2026-03-01", false)]
    [InlineData(-1, "2026-02-28", true), InlineData(-1, "2024-02-28", false), InlineData(-1, "2024-02-29", true), InlineData(-1, "2026-12-31", true)]
    public void AMonthlyEventComesOnItsDayOrTheLast(int dayOfMonth, string date, bool falls) =>
        AssertFalls(falls, date, Event() with { DayOfMonth = dayOfMonth });

    [Fact]
    public void AWeeklyEventStaysInBaselinesForTheyCompareWeekdays()
    {
        var weekly = Of(CalendarEffect.Exclude, Event() with { Weekdays = [DayOfWeek.Tuesday, DayOfWeek.Sunday] });

        Assert.Equal(CalendarEffect.Exclude, weekly.On(Date)?.Effect);
        Assert.True(weekly.IsOrdinary(Date));
        Assert.Null(weekly.On(Date.AddDays(1)));
    }

    [Fact]
    public void AWeeklyEventDoesNotBringAHolidayIntoBaselines()
    {
        var calendar = new Calendar(
            [new CalendarDay(Date, "New Year", "holiday", CalendarEffect.Widen)],
            [new CalendarEvent(Event() with { Weekdays = [DayOfWeek.Tuesday] }, CalendarEffect.Exclude).On]);

        Assert.False(calendar.IsOrdinary(Date));
        Assert.Equal(CalendarEffect.Exclude, calendar.On(Date)?.Effect);
    }

    [Theory]
    [InlineData("2026-12-29", null)]
    [InlineData("2026-12-30", "2 days before close")]
    [InlineData("2026-12-31", "1 day before close")]
    [InlineData("2027-01-01", "close")]
    [InlineData("2027-01-02", "1 day after close")]
    [InlineData("2027-01-03", null)]
    public void DaysBeforeAndAfterAreTouchedAcrossTheYearsEnd(string date, string? name) =>
        Assert.Equal(name, Of(CalendarEffect.Widen, Event() with { Every = "01-01", DaysBefore = 2, DaysAfter = 1 }).On(Day(date))?.Name);

    [Fact]
    public void TheNearerOfTwoDaysGivesItsName()
    {
        var monthly = Of(CalendarEffect.Widen, Event() with { DayOfMonth = 1, DaysBefore = 13, DaysAfter = 13 });

        Assert.Equal("10 days after close", monthly.On(new(2026, 2, 11))?.Name);
        Assert.Equal("9 days before close", monthly.On(new(2026, 2, 20))?.Name);
    }

    [Fact]
    public void TheFirstAndTheLastDateThereIsAreAskedWithoutHarm()
    {
        var calendar = Of(CalendarEffect.Widen, Event() with { Every = "06-18", DaysBefore = 60, DaysAfter = 60 });

        Assert.Null(calendar.On(DateOnly.MaxValue));
        Assert.Null(calendar.On(DateOnly.MinValue));
    }

    static CalendarEventPlan Event() => new() { Name = "close" };

    static Calendar Of(CalendarEffect effect, CalendarEventPlan plan) => new([], [new CalendarEvent(plan, effect).On]);

    static void AssertFalls(bool falls, string date, CalendarEventPlan plan)
    {
        var calendar = Of(CalendarEffect.Widen, plan);
        Assert.Equal(falls, calendar.On(Day(date)) is { Name: "close" });
        Assert.Equal(falls, !calendar.IsOrdinary(Day(date)));
    }

    static DateOnly Day(string date) => DateOnly.ParseExact(date, "yyyy-MM-dd", System.Globalization.CultureInfo.InvariantCulture);
}
