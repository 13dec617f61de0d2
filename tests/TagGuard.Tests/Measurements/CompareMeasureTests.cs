using TagGuard.Facts;
using TagGuard.Measurements;
using TagGuard.Tests.Support;

namespace TagGuard.Tests.Measurements;

/// <summary>`compare`: the table that a service reads beside the one that it is to read.</summary>
public sealed class CompareMeasureTests
{
    static readonly CompareMeasure Plan = new()
    {
        Old = new() { Connection = "hbase", Table = new("userprofile_{date-1:yyyyMMdd}"), Key = "rowkey" },
        New = new() { Connection = "stream", Table = new("userprofile_{date:yyyyMMdd}"), Key = "rowkey" },
        What = Compare.Rows,
    };

    [Fact]
    public async Task BothVersionsAreToldByTheirTablesWithWhatDiffers()
    {
        var sources = new TwoSources(
            new KeyedTable("hbase", ("1", []), ("2", []), ("3", [])), new KeyedTable("stream", ("1", []), ("2", []), ("9", [])));
        var context = new MeasureContext(Some.Check, Some.Day, sources, new FixedClock(Some.Now));

        var taking = await Plan.TakeAsync(context, TestContext.Current.CancellationToken);
        var judgement = Assert.Single(Plan.Rules.Single().Judge(Some.Batch([.. taking.Measurements])));

        Assert.Equal(Verdict.Fail, judgement.Verdict);
        Assert.Equal(
            "new userprofile_20260203 holds 3, old userprofile_20260202 3, and their rows differ, allowed 0. By key: 1 missing there (3), 1 extra "
                + "there (9), 0 different.",
            judgement.Sentence);
    }

    [Fact]
    public void MistakesAndNeedsStandAtTheKeysOfThePlan()
    {
        Assert.Equal("old", Assert.Single((Plan with { Old = Plan.Old with { Key = null }, What = Compare.Count }).Mistakes()).Key);
        Assert.Equal(
            "what", Assert.Single((Plan with { Old = Plan.Old with { Key = null }, New = Plan.New with { Key = null } }).Mistakes()).Key);
        Assert.Equal(
            ["old.connection", "new.connection", "old.connection", "new.connection"], Plan.Needs.Select(need => need.Key));
    }
}
