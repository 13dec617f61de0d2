using FsCheck;
using FsCheck.Fluent;
using TagGuard.Facts;

namespace TagGuard.Tests.Facts;

public sealed class InOrderOfSeriesTests
{
    static readonly Gen<SeriesId> Series = Gen.Zip(Gen.Elements("rows", "tag_count", "tagged_users"), Gen.Elements("", "", "A_1", "A_2", "B_1"))
        .Select(pair => new SeriesId("check", pair.Item1, pair.Item2));

    [Fact]
    public void ItIsTheOrderOfASortThatLeavesEqualOnesAsTheyWere() =>
        Prop.ForAll(Gen.ListOf(Series).ToArbitrary(), Same).Check(Config.QuickThrowOnFailure.WithMaxTest(500));

    [Fact]
    public void TotalsFindTheirPlaceAmongTagsThatAreInOrder() =>
        Prop.ForAll(
                Gen.Zip(Gen.ListOf(Series), Gen.ListOf(Gen.Elements("rows", "tagged_users").Select(metric => new SeriesId("check", metric))))
                    .ToArbitrary(),
                pair => Same([.. pair.Item2, .. pair.Item1.Where(one => one.Key.Length > 0).Order(), .. pair.Item2]))
            .Check(Config.QuickThrowOnFailure.WithMaxTest(500));

    static void Same(IEnumerable<SeriesId> all)
    {
        var numbered = all.Select((id, number) => (id, number)).ToList();

        Assert.Equal(numbered.OrderBy(one => one.id), numbered.InOrder(one => one.id));
        Assert.Equal(numbered.Select(one => one.id).Distinct().Order(), numbered.Select(one => one.id).ToList().OnceEach());
    }
}
