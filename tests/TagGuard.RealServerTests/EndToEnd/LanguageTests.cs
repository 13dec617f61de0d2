using System.Globalization;
using TagGuard.RealServerTests.Support;

namespace TagGuard.RealServerTests.EndToEnd;

/// <summary>`language` and `--language`: what people read changes, what machines read does not.</summary>
public sealed class LanguageTests : IDisposable
{
    static readonly DateOnly Day = SmallWarehouse.First.AddDays(30);
    static readonly string Date = Day.ToString("yyyy-MM-dd", CultureInfo.InvariantCulture);

    readonly SmallWarehouse _small = new();

    public void Dispose() => _small.Dispose();

    [Fact]
    public async Task AnOldDayIsReadInEitherLanguageAndTheLineForMachinesStaysTheSame()
    {
        await JudgeAsync();
        var english = (await _small.Tagguard.RunAsync("explain", "user tags", "--date", Date)).Expect(0);
        var chinese = (await _small.Tagguard.RunAsync("explain", "user tags", "--date", Date, "--language", "zh")).Expect(0);

        Assert.Contains("judged again: the same, to the last bit", english.Output, StringComparison.Ordinal);
        Assert.Contains("重新判定：完全一致，逐位相同", chinese.Output, StringComparison.Ordinal);
        Assert.DoesNotContain("judged again", chinese.Output, StringComparison.Ordinal);
        Assert.Equal(english.Line.ToJsonString(), chinese.Line.ToJsonString());
    }

    [Fact]
    public async Task ThePlansLanguageNeitherClosesAGateNorChangesWhatASchedulerReads()
    {
        await JudgeAsync();
        var before = (await _small.Tagguard.RunAsync("gate", "--date", Date)).Expect(0);
        File.WriteAllText(Path.Combine(_small.Folder, "tagguard.yaml"), "language: zh\n" + SmallWarehouse.Plan);
        var after = (await _small.Tagguard.RunAsync("gate", "--date", Date)).Expect(0);

        Assert.Contains($"open   tags {Date}: ", before.Error, StringComparison.Ordinal);
        Assert.Contains($"开启   tags {Date}：", after.Error, StringComparison.Ordinal);
        Assert.Equal(before.Line.ToJsonString(), after.Line.ToJsonString());
    }

    [Fact]
    public async Task TheOptionWinsOverThePlan()
    {
        File.WriteAllText(Path.Combine(_small.Folder, "tagguard.yaml"), "language: zh\n" + SmallWarehouse.Plan);
        await JudgeAsync();
        var chinese = Path.Combine(_small.Folder, "zh.html");
        var english = Path.Combine(_small.Folder, "en.html");
        (await _small.Tagguard.RunAsync("report", "--date", Date, "--out", chinese)).Expect(0);
        (await _small.Tagguard.RunAsync("report", "--date", Date, "--out", english, "--language", "en")).Expect(0);

        Assert.Contains(
            "<h1>全部门禁开启</h1>",
            await File.ReadAllTextAsync(chinese, TestContext.Current.CancellationToken),
            StringComparison.Ordinal);
        Assert.Contains(
            "<h1>All gates open</h1>",
            await File.ReadAllTextAsync(english, TestContext.Current.CancellationToken),
            StringComparison.Ordinal);
    }

    [Fact]
    public async Task ALanguageThatIsNotKnownIsRefusedWithTheList()
    {
        var refused = (await _small.Tagguard.RunAsync("gate", "--date", Date, "--language", "fr")).Expect(3);

        Assert.Contains("--language fr is not one of en, zh.", refused.Error, StringComparison.Ordinal);
    }

    Task<SmallWarehouse> JudgeAsync() => _small.Write(SmallWarehouse.First, 31).BackfilledAsync(Day);
}
