using TagGuard.RealServerTests.Support;

namespace TagGuard.RealServerTests.EndToEnd;

/// <summary>Tags are put into families as the plan says, by all that reads them.</summary>
public sealed class FamilyTests
{
    static readonly DateOnly Day = SmallWarehouse.First.AddDays(40);

    static SmallWarehouse Small() => new(SmallWarehouse.Plan
        .Replace("tags: tagmap }", "tags: tagmap, family: { pattern: '^T0*([0-9]+)U' } }", StringComparison.Ordinal)
        .Replace("baseline: { min_users: 20 }", "detect: {}", StringComparison.Ordinal));

    [Fact]
    public async Task AFamilyOfThePlanNamesItsIncidentAndIsAcceptedAsOne()
    {
        using var small = await Small().Write(SmallWarehouse.First, 40).Write(Day, 2, "k not like 'T002%'").BackfilledAsync(Day.AddDays(-1));
        string[] next = ["run", "--date", $"{Day.AddDays(1):yyyy-MM-dd}"];

        var closed = (await small.Tagguard.RunAsync("run", "--date", $"{Day:yyyy-MM-dd}")).Expect(1);
        var undecided = (await small.Tagguard.RunAsync(next)).Expect(1);
        var prove = (await small.Tagguard.RunAsync("prove", "--date", $"{Day:yyyy-MM-dd}", "--days", "2")).Expect(0);
        var accepted = (await small.Tagguard.RunAsync(
            "accept", "--family", "2", "--date", $"{Day:yyyy-MM-dd}", "--by", "wang", "--why", "taken out")).Expect(0);

        Assert.Contains("Family 2: all 10 tags at zero", closed.Error, StringComparison.Ordinal);
        Assert.Contains("Family 2: all 10 tags at zero", undecided.Error, StringComparison.Ordinal);
        Assert.Contains("family 2 (10 tags)", accepted.Error, StringComparison.Ordinal);
        Assert.Contains("user tags: families by the pattern ^T0*([0-9]+)U: ", prove.Error, StringComparison.Ordinal);
        Assert.Equal("pattern ^T0*([0-9]+)U", (string)prove.Line["families"]!["user tags"]!["made_by"]!);
        (await small.Tagguard.RunAsync(next)).Expect(0);
    }

    /// <summary>Users who lost half of a family's tags are another level, when a person says so.</summary>
    [Fact]
    public async Task AnAcceptedFamilyIsNotToldAgainTheNextDay()
    {
        const string half = "k not like 'T002%' or u % 2 = 0";
        using var small = await Small().Write(SmallWarehouse.First, 40).Write(Day, 2, half).BackfilledAsync(Day.AddDays(-1));
        string[] next = ["run", "--date", $"{Day.AddDays(1):yyyy-MM-dd}"];

        var closed = (await small.Tagguard.RunAsync("run", "--date", $"{Day:yyyy-MM-dd}")).Expect(1);
        var undecided = (await small.Tagguard.RunAsync(next)).Expect(1);
        (await small.Tagguard.RunAsync(
            "accept", "--family", "2", "--date", $"{Day:yyyy-MM-dd}", "--by", "wang", "--why", "narrowed on purpose")).Expect(0);
        var decided = await small.Tagguard.RunAsync(next);

        Assert.Contains("Family 2: ", closed.Error, StringComparison.Ordinal);
        Assert.Contains("Family 2: ", undecided.Error, StringComparison.Ordinal);
        Assert.DoesNotContain("Family 2: ", decided.Error, StringComparison.Ordinal);
    }

    [Fact]
    public async Task AnotherFamilyInThePlanIsNoFaultOfTheTags()
    {
        using var small = await Small().Write(SmallWarehouse.First, 41).BackfilledAsync(Day.AddDays(-1));
        await small.EditPlanAsync("family: { pattern: '^T0*([0-9]+)U' }", "family: { separator: \"U\" }");

        (await small.Tagguard.RunAsync("run", "--date", $"{Day:yyyy-MM-dd}")).Expect(0);
        var explained = (await small.Tagguard.RunAsync("explain", "user tags", "--date", $"{Day:yyyy-MM-dd}", "--all")).Expect(0);

        Assert.Contains($"Families are put together as they are since {Day:yyyy-MM-dd}", explained.Output, StringComparison.Ordinal);
    }
}
