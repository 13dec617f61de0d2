using TagGuard.RealServerTests.Support;

namespace TagGuard.RealServerTests.EndToEnd;

/// <summary>A slip in the plan that only a source can see is told as one, not as a source that is down.</summary>
public sealed class WrongQuestionTests
{
    [Theory]
    [InlineData("user: userid", "user: usrid", "usrid")]
    [InlineData("tags: tagmap", "tags: tagmaps", "tagmaps")]
    public async Task AColumnThatIsNotThereIsTheIncident(string sound, string wrong, string column)
    {
        using var small = new SmallWarehouse().Write(SmallWarehouse.First, 1);
        await small.EditPlanAsync(sound, wrong);
        (await small.Tagguard.RunAsync("init")).Expect(0);

        var tags = (await small.Tagguard.RunAsync("tags", "--date", "2026-01-01")).Expect(2);

        var incident = (string)Assert.Single(tags.Line["stages"]![0]!["incidents"]!.AsArray())!;
        Assert.Contains("because of what the plan asks for", incident, StringComparison.Ordinal);
        Assert.Contains($"\"{column}\"", incident, StringComparison.Ordinal);
        Assert.Contains("dw.tags has userid, tagmap", tags.Error, StringComparison.Ordinal);
        Assert.Contains("The plan names a column that the table has not got", tags.Error, StringComparison.Ordinal);
        Assert.DoesNotContain("overloaded", tags.Error, StringComparison.Ordinal);
        (await small.Tagguard.RunAsync("explain", "user tags", "--date", "2026-01-01")).Expect(0);
    }
}
