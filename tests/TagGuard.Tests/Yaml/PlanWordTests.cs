using TagGuard.Judgements.Rules;
using TagGuard.Keys;

namespace TagGuard.Tests.Yaml;

/// <summary>Words of a plan: durations, limits, tolerances, clock times.</summary>
public class PlanWordTests
{
    [Theory]
    [InlineData("0s", 0)]
    [InlineData("30s", 30)]
    [InlineData("5m", 300)]
    [InlineData("2h", 7200)]
    [InlineData("7d", 604_800)]
    [InlineData("1h30m", 5400)]
    [InlineData("1d2h3m4s", 93_784)]
    [InlineData("90m", 5400)]
    [InlineData("007s", 7)]
    [InlineData("1.5h", 5400)]
    [InlineData("0.5m", 30)]
    [InlineData("1d1.5h", 91_800)]
    [InlineData("36500d", 36_500L * 86_400)]
    public void DurationsAreRead(string written, long seconds) =>
        Assert.Equal(TimeSpan.FromSeconds(seconds), ((FilesPlan)SomePlan.Read(Files($"timeout: {written}")).Connections["hdfs"]).Timeout);

    [Theory]
    [InlineData("30", "say the unit")]
    [InlineData("0", "say the unit")]
    [InlineData("1.h", "without blanks or sign")]
    [InlineData(".5h", "without blanks or sign")]
    [InlineData("1.5.5h", "without blanks or sign")]
    [InlineData("1e308h", "s, m, h or d behind them")]
    [InlineData("Infinityd", "s, m, h or d behind them")]
    [InlineData("NaNh", "s, m, h or d behind them")]
    [InlineData("-5m", "sign")]
    [InlineData("5 m", "blanks")]
    [InlineData("30m1h", "larger unit first")]
    [InlineData("1h1h", "larger unit first")]
    [InlineData("1h30", "s, m, h or d behind them")]
    [InlineData("5min", "s, m, h or d")]
    [InlineData("m", "s, m, h or d")]
    [InlineData("5M", "s, m, h or d")]
    [InlineData("１h", "s, m, h or d")]
    [InlineData("36501d", "longer than 36500d")]
    [InlineData("9999999999s", "longer than 36500d")]
    public void OtherDurationsAreRefused(string written, string part) => AssertRefused(Files($"timeout: {written}"), part);

    [Theory]
    [InlineData("-10%", -10.0, null)]
    [InlineData("+20%", null, 20.0)]
    [InlineData("10%", -10.0, 10.0)]
    [InlineData("0.5%", -0.5, 0.5)]
    [InlineData("+150%", null, 150.0)]
    [InlineData("-99%", -99.0, null)]
    [InlineData("[-10%, +30%]", -10.0, 30.0)]
    [InlineData("[-10%, 30%]", -10.0, 30.0)]
    [InlineData("[\"-10%\", '+30%']", -10.0, 30.0)]
    public void LimitsAreRead(string written, double? drop, double? rise) =>
        Assert.Equal(new Limits(drop, rise), ((ChangeRule)SomePlan.Read(Change(written)).Stages["tags"][0].Judge.Rules[0]).Warn);

    [Theory]
    [InlineData("10", "ends in %")]
    [InlineData("-10", "ends in %")]
    [InlineData("ten%", "ends in %")]
    [InlineData("--10%", "ends in %")]
    [InlineData("10 %", "ends in %")]
    [InlineData("1e3%", "ends in %")]
    [InlineData("\"1,5%\"", "ends in %")]
    [InlineData("NaN%", "ends in %")]
    [InlineData("\"%\"", "ends in %")]
    [InlineData("0%", "every change")]
    [InlineData("-150%", "more than 100%")]
    [InlineData("150%", "more than 100%")]
    [InlineData("[+30%, -10%]", "the drop and then the rise")]
    [InlineData("[-10%]", "the drop and then the rise")]
    [InlineData("[-10%, +30%, +40%]", "the drop and then the rise")]
    [InlineData("[-10%, [+30%]]", "the drop and then the rise")]
    [InlineData("[-10, 30]", "the drop and then the rise")]
    [InlineData("[0%, 30%]", "the drop and then the rise")]
    public void OtherLimitsAreRefused(string written, string part) => AssertRefused(Change(written), part);

    [Theory]
    [InlineData("0", 0, false)]
    [InlineData("5", 5, false)]
    [InlineData("0.1%", 0.1, true)]
    [InlineData("2%", 2, true)]
    public void TolerancesAreRead(string written, double amount, bool isPercent) =>
        Assert.Equal(new Tolerance(amount, isPercent), ((DuplicatesRule)SomePlan.Read(Duplicates(written)).Stages["tags"][0].Judge.Rules[0]).AtMost);

    [Theory]
    [InlineData("-1", "negative")]
    [InlineData("-0.1%", "negative")]
    [InlineData("five", "digits")]
    [InlineData("5 rows", "digits")]
    [InlineData("\"%\"", "digits")]
    [InlineData("[1, 2]", "not a list")]
    public void OtherTolerancesAreRefused(string written, string part) => AssertRefused(Duplicates(written), part);

    static string Files(string key) => SomePlan.Of(hdfs: $"{{ type: files, folder: /mnt, {key} }}");

    static string Change(string warn) =>
        SomePlan.Of($"- {{ name: c, rows: {{ connection: warehouse, sql: x, equals: 1 }}, judge: {{ change: {{ avg_last: 7d, warn: {warn} }} }} }}");

    static string Duplicates(string atMost) =>
        SomePlan.Of(
            $"- {{ name: c, volume: {{ connection: warehouse, table: t, partition: ds, user: u, tags: tags }}, judge: {{ duplicates: {{ at_most: "
                + $"{atMost} }} }} }}");

    static void AssertRefused(string text, string part) =>
        Assert.Contains(part, Assert.Single(SomePlan.Mistakes(text)).Message, StringComparison.Ordinal);
}
