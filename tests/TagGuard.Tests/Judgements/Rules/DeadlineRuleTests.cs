using TagGuard.Facts;
using TagGuard.Judgements.Rules;
using TagGuard.Tests.Support;

namespace TagGuard.Tests.Judgements.Rules;

public sealed class DeadlineRuleTests
{
    static readonly SeriesId Ready = Some.Total(Metrics.ReadyMinutes);
    static readonly DeadlineRule AtEight = new() { Deadline = new TimeOnly(8, 0) };

    [Theory]
    [InlineData(372, Verdict.Pass, Finding.Normal, "Landed 06:12, due 08:00.")]
    [InlineData(480, Verdict.Pass, Finding.Normal, "Landed 08:00, due 08:00.")]
    [InlineData(552, Verdict.Fail, Finding.Late, "Landed 09:12, due 08:00: 72 minutes late.")]
    [InlineData(-20, Verdict.Pass, Finding.Normal, "Landed 2026-02-03 23:40, due 08:00.")]
    public void WhatLandedIsHeldToItsDeadline(double minutes, Verdict verdict, Finding finding, string sentence)
    {
        var judgement = Assert.Single(AtEight.Judge(Some.Batch(Some.Taken(Ready, minutes)) with { Now = Some.Now.AddHours(5) }));
        Assert.Equal((verdict, finding, sentence), (judgement.Verdict, judgement.Finding, judgement.Sentence));
    }

    [Fact]
    public void WhatIsLateByMoreThanAYearIsToldInDays()
    {
        var judgement = Assert.Single(AtEight.Judge(Some.Batch(Some.Taken(Ready, 671_808)) with { Now = Some.Now.AddDays(500) }));
        Assert.Equal("Landed 2027-05-16 12:48, due 08:00: 466 days late.", judgement.Sentence);
    }

    [Theory]
    [InlineData(334, Verdict.Pass, "Landed 05:34, due 08:00.")]
    [InlineData(336, Verdict.Fail, "It was last changed at 2026-02-04 05:36, 6 minutes after now (2026-02-04 05:30).")]
    [InlineData(38_880_000, Verdict.Fail, "It was last changed at 2100-01-07 00:00, 26,999 days after now (2026-02-04 05:30).")]
    [InlineData(-29_502_720, Verdict.Fail, "It was last changed at 1970-01-01 00:00, a clock's zero and not a real time.")]
    [InlineData(1e300, Verdict.Fail, "It was last changed at infinity or the end of the calendar, not a real time.")]
    public void ATimeThatCannotBeIsNoLanding(double minutes, Verdict verdict, string sentence)
    {
        var judgement = Assert.Single(AtEight.Judge(Some.Batch(Some.Taken(Ready, minutes))));
        Assert.Equal(
            (verdict, verdict == Verdict.Pass ? Finding.Normal : Finding.ImpossibleTime, sentence),
            (judgement.Verdict, judgement.Finding, judgement.Sentence));
    }

    [Fact]
    public void WithoutADeadlineNobodyAsksForTheTimeSoItsZeroPasses()
    {
        Assert.Equal(Verdict.Pass, Assert.Single(new DeadlineRule().Judge(Some.Batch(Some.Taken(Ready, -29_502_720)))).Verdict);
        Assert.Equal(Verdict.Fail, Assert.Single(new DeadlineRule().Judge(Some.Batch(Some.Taken(Ready, 1000)))).Verdict);
    }

    [Theory]
    [InlineData(5, Finding.NotReady, "Partition 20260203 is not there. It is due 08:00.")]
    [InlineData(9, Finding.Late, "Partition 20260203 is not there. It was due 08:00, and it is 09:00.")]
    public void WhatIsNotThereIsLateOnlyAfterItsDeadline(int hour, Finding finding, string sentence)
    {
        var batch = Some.Batch(Some.Missed(Ready, isAbsent: true)) with { Now = new DateTimeOffset(2026, 2, 4, hour, 0, 0, TimeSpan.Zero) };
        var judgement = Assert.Single(AtEight.Judge(batch));
        Assert.Equal((Verdict.Fail, finding, sentence), (judgement.Verdict, judgement.Finding, judgement.Sentence));
    }

    [Fact]
    public void TheDeadlineIsAClockTimeOfThePlansZone()
    {
        var day = new BusinessDay(Some.Date, TimeZoneInfo.CreateCustomTimeZone("Shanghai", TimeSpan.FromHours(8), null, null));
        var batch = Some.Batch(Some.Missed(Ready, isAbsent: true)) with { Day = day, Now = new DateTimeOffset(2026, 2, 4, 0, 30, 0, TimeSpan.Zero) };
        Assert.Equal(Finding.Late, Assert.Single(AtEight.Judge(batch)).Finding);
    }

    [Fact]
    public void WithoutADeadlineWhatIsNotThereIsNotReady() =>
        Assert.Equal(Finding.NotReady, Assert.Single(new DeadlineRule().Judge(Some.Batch(Some.Missed(Ready, isAbsent: true)))).Finding);

    [Fact]
    public void ASourceThatDoesNotAnswerIsUnknownAndNotLate()
    {
        var judgement = Assert.Single(AtEight.Judge(Some.Batch(Some.Missed(Ready))));
        Assert.Equal((Verdict.Unknown, Finding.Missing), (judgement.Verdict, judgement.Finding));
    }
}
