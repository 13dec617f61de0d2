using TagGuard.Keys;

namespace TagGuard.Tests.Keys;

public class DatePatternTests
{
    [Theory]
    [InlineData("{date:yyyyMMdd}", "20240301")]
    [InlineData("{date:yyyy-MM-dd}", "2024-03-01")]
    [InlineData("/a/dt={date:yyyyMMdd}/_SUCCESS", "/a/dt=20240301/_SUCCESS")]
    [InlineData("{date:yyyy}/{date:MM}/{date:dd}", "2024/03/01")]
    [InlineData("{date-1:yyyyMMdd}", "20240229")]
    [InlineData("{date+1:yyyyMMdd}", "20240302")]
    [InlineData("{date-366:yyyyMMdd}", "20230301")]
    [InlineData("{date:yyyyMMdd}_{date-1:yyyyMMdd}", "20240301_20240229")]
    [InlineData("t_{date:yyMM}", "t_2403")]
    [InlineData("no date", "no date")]
    public void TheDateIsFilledIn(string text, string filled)
    {
        Assert.Null(DatePattern.MistakeIn(text));
        Assert.Equal(filled, new DatePattern(text).For(new DateOnly(2024, 3, 1)));
        Assert.Equal(text != filled, new DatePattern(text).HasDate);
    }

    [Theory]
    [InlineData("{date}")]
    [InlineData("{day:yyyyMMdd}")]
    [InlineData("{date:}")]
    [InlineData("{date:yyyyMMdd")]
    [InlineData("date:yyyyMMdd}")]
    [InlineData("{{date:yyyyMMdd}}")]
    [InlineData("{date-x:yyyyMMdd}")]
    [InlineData("{date - 1:yyyyMMdd}")]
    [InlineData("{date-12345:yyyyMMdd}")]
    [InlineData("{date:yyyyMMddHH}")]
    [InlineData("{date:HH:mm}")]
    // .NET would print these as they stand, or as a culture's long date.
    [InlineData("{date:YYYYMMDD}")]
    [InlineData("{date:yyyy-MM-DD}")]
    [InlineData("{date:abc}")]
    [InlineData("{date:--}")]
    [InlineData("{date:d}")]
    [InlineData("{date:M}")]
    [InlineData("{date:%d}")]
    public void ABraceThatIsNoDateIsAMistake(string text) =>
        Assert.Contains("{date:yyyyMMdd}", DatePattern.MistakeIn(text), StringComparison.Ordinal);
}
