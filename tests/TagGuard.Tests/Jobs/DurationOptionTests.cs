using System.CommandLine;
using TagGuard.Jobs.Options;
using TagGuard.Keys;

namespace TagGuard.Tests.Jobs;

/// <summary>A duration is written in one way, in a plan as behind an option.</summary>
public sealed class DurationOptionTests
{
    public static TheoryData<string> Texts =>
    [
        "90s", "5m", "1.5h", "1h30m", "7d", "1d1h1m1s", "0s",
        "30", "1h 30m", "30m1h", "1.h", ".5h", "-1h", "1h1h", "1e3s", "１h", "40000d", "1,5h", "PT1H",
    ];

    [Theory, MemberData(nameof(Texts))]
    public void AnOptionTakesWhatAPlanTakes(string text)
    {
        var option = CommonOptions.Duration("--for", "How long.", TimeSpan.Zero);
        var mistake = Durations.Parse(text, out var length);

        var parsed = new RootCommand { option }.Parse(["--for", text]);

        Assert.Equal(mistake is null, parsed.Errors.Count == 0);
        if (mistake is null)
            Assert.Equal(length, parsed.GetValue(option)!.Length);
        else
            Assert.EndsWith(mistake, Assert.Single(parsed.Errors).Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("90s", 90)]
    [InlineData("1h30m", 5400)]
    [InlineData("1.5h", 5400)]
    public void TheFormsThatPeopleWriteAreOneGrammar(string text, double seconds)
    {
        Assert.Null(Durations.Parse(text, out var length));
        Assert.Equal(seconds, length.TotalSeconds);
    }

    [Theory]
    [InlineData("0s")]
    [InlineData("30s")]
    [InlineData("12h")]
    [InlineData("1h30m")]
    [InlineData("2d1s")]
    public void AnOptionsDefaultIsShownAsItWouldBeWritten(string text)
    {
        Assert.Null(Durations.Parse(text, out var length));

        Assert.Equal(text, new TimeAsked(length).ToString());
    }
}
