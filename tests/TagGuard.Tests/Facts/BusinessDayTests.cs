using TagGuard.Facts;

namespace TagGuard.Tests.Facts;

public sealed class BusinessDayTests
{
    static readonly TimeZoneInfo Shanghai = TimeZoneInfo.FindSystemTimeZoneById("Asia/Shanghai");
    static readonly TimeZoneInfo London = TimeZoneInfo.FindSystemTimeZoneById("Europe/London");

    [Theory]
    [InlineData("2026-02-03T16:30:00Z", "2026-02-03")]
    [InlineData("2026-02-03T15:59:00Z", "2026-02-02")]
    public void TheDateThatIsDueIsTheDayBeforeInThePlansZone(string now, string due) =>
        Assert.Equal(DateOnly.Parse(due), BusinessDay.DueAt(DateTimeOffset.Parse(now), Shanghai));

    [Theory]
    [InlineData("2026-02-03", "08:00", "2026-02-04T08:00:00+00:00")]
    // Clocks go forward in the night to 29 March 2026: 01:30 is skipped, and 02:00 is summer time.
    [InlineData("2026-03-28", "01:30", "2026-03-29T02:00:00+01:00")]
    [InlineData("2026-03-28", "08:00", "2026-03-29T08:00:00+01:00")]
    // They go back in the night to 25 October: midnight is still summer time.
    [InlineData("2026-10-24", "00:00", "2026-10-25T00:00:00+01:00")]
    public void TheMorningAfterFollowsDaylightSaving(string date, string time, string expected) =>
        Assert.Equal(DateTimeOffset.Parse(expected), new BusinessDay(DateOnly.Parse(date), London).MorningAfter(TimeOnly.Parse(time)));

    [Fact]
    public void MinutesAreCountedFromTheEndOfTheDate() =>
        Assert.Equal(-480, new BusinessDay(new(2026, 2, 3), Shanghai).MinutesAfter(DateTimeOffset.Parse("2026-02-03T08:00:00Z")));
}
