using TagGuard.Phrases;

namespace TagGuard.Tests.Rendering.Mails;

/// <summary>The subject of the mail.</summary>
public sealed class MailSubjectTests
{
    [Fact]
    public void AGoodDayIsOk() => Assert.Equal("[TagGuard] 2026-07-15 OK", SomeMail.Of(ReportDays.Good()).Subject);

    [Fact]
    public void ABadDayNamesHowManyAndThePlan() =>
        Assert.Equal("[TagGuard] 2026-07-15 BLOCKED: 3 critical, 1 warning (userprofile)", SomeMail.Of(ReportDays.Bad()).Subject);

    [Fact]
    public void ItIsSaidInChinese() =>
        Assert.Equal("[TagGuard] 2026-07-15 已拦截：严重 3、警告 1（userprofile）", SomeMail.Of(ReportDays.Bad(), Language.Zh).Subject);

    [Fact]
    public void AnOverrideIsNeverCalledOk() => Assert.StartsWith(
        "[TagGuard] 2026-07-15 OPEN BY OVERRIDE: ",
        SomeMail.Of(OddDays.Overridden(ReportDays.Morning.AddHours(4))).Subject,
        StringComparison.Ordinal);

    [Fact]
    public void ADayThatNobodyJudgedIsBlocked() =>
        Assert.Equal("[TagGuard] 2026-07-15 BLOCKED (userprofile)", SomeMail.Of(ReportDays.Day([], [])).Subject);

    [Fact]
    public void ItIsOneLineWhateverThePlanIsCalled()
    {
        var day = ReportDays.Bad() with { Plan = "a\r\nBcc: b@example.com" };

        Assert.Equal(@"[TagGuard] 2026-07-15 BLOCKED: 3 critical, 1 warning (a\r\nBcc: b@example.com)", SomeMail.Of(day).Subject);
    }
}
