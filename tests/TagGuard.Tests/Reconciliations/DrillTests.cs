using FsCheck;
using FsCheck.Fluent;
using TagGuard.Facts;
using TagGuard.Reconciliations;
using TagGuard.SourceContracts;
using TagGuard.Sources;
using TagGuard.Tests.Support;

namespace TagGuard.Tests.Reconciliations;

public sealed class DrillTests
{
    static CancellationToken Token => TestContext.Current.CancellationToken;

    [Fact]
    public void ExactlyTheKeysThatDifferAreFoundInAnyTwoTables()
    {
        var keys = Gen.Elements("", "0", "1", "10", "a", "A", "ä", "é", "😀", "\uFFFD", "\uE000", " a", "a ", null, "'", "\\", "x1", "x2", "x3");
        var row = from key in keys from value in Gen.Elements<string?>("", null, "v", "w", "0:") select (key, value);
        Prop.ForAll(Gen.ListOf(row).Two().ToArbitrary(), sides =>
        {
            var (left, right) = (ByKey(sides.Item1), ByKey(sides.Item2));
            var drilled = DrillAsync(Table("left", left), Table("right", right), 16).GetAwaiter().GetResult();

            var expected = left
                .Keys.Union(right.Keys)
                .Select(key => (Key: key, Kind: Kind(left.GetValueOrDefault(key), right.GetValueOrDefault(key))))
                .Where(one => one.Kind is not null)
                .Select(one => new Difference(one.Kind!.Value, one.Key.Length == 0 ? Difference.EmptyKey : one.Key))
                .ToHashSet();
            Assert.Equal(expected, drilled.Keys.ToHashSet());
            Assert.Equal(expected.Count, drilled.Missing + drilled.Extra + drilled.Different);
            Assert.Equal(drilled.Differing, drilled.Searched);
        })
            .Check(Config.QuickThrowOnFailure.WithMaxTest(400));

        static Dictionary<string, string[]> ByKey(IEnumerable<(string? Key, string? Value)> rows) =>
            rows.GroupBy(row => row.Key ?? Difference.NoKey)
                .ToDictionary(same => same.Key, same => same.Select(one => one.Value ?? "(null)").Order(StringComparer.Ordinal).ToArray());

        static DifferenceKind? Kind(string[]? left, string[]? right) => (left, right) switch
        {
            (_, null) => DifferenceKind.MissingThere,
            (null, _) => DifferenceKind.ExtraThere,
            _ => left.SequenceEqual(right) ? null : DifferenceKind.DifferentThere,
        };

        static KeyedTable Table(string name, Dictionary<string, string[]> rows) =>
            new(
                name,
                [
                    .. rows.SelectMany(row =>
                        row.Value.Select(value => (row.Key == Difference.NoKey ? null : row.Key, new[] { value == "(null)" ? null : value }))),
                ]);
    }

    [Fact]
    public async Task RowsThatRepeatAKeyAreCountedOnEachSide()
    {
        var drilled = await DrillAsync(new("left", ("1", ["a"]), ("1", ["a"]), ("1", ["b"]), ("2", [])), new("right", ("1", ["a"]), ("2", [])), 16);

        Assert.Equal((2, 0, 1), (drilled.LeftRepeats, drilled.RightRepeats, drilled.Different));
    }

    [Fact]
    public async Task OnlyAsManyKeysOfAKindAreKeptAsAreWantedAndAllAreCounted()
    {
        var drilled = await DrillAsync(
            new("left", [.. Enumerable.Range(0, 50).Select(i => ($"{i:00}", Array.Empty<string?>()))]),
            new("right", ("x", [])),
            16,
            limit: 3);

        Assert.Equal((50, 1), (drilled.Missing, drilled.Extra));
        Assert.Equal(["00", "01", "02", "x"], drilled.Keys.Select(key => key.Key).Order(StringComparer.Ordinal));
    }

    [Fact]
    public async Task WhereNearlyEverythingDiffersSomeBucketsStandForAll()
    {
        Bucket[] lefts = [.. Enumerable.Repeat(new Bucket(Drill.MostRows / 4, 1), 16)];
        Bucket[] rights = [.. Enumerable.Repeat(new Bucket(Drill.MostRows / 4, 2), 16)];
        var (left, right) = (new KeyedTable("left"), new KeyedTable("right"));

        var drill = new Drill(left.Side, right.Side, 10, DateTimeOffset.UnixEpoch);
        var drilled = await drill.RunAsync(new Buckets(lefts, ""), new Buckets(rights, ""), Token);

        Assert.Equal((16, 4), (drilled.Differing, drilled.Searched));
    }

    [Fact]
    public async Task KeysThatAreThereInAnotherCaseAreCounted()
    {
        var left = new KeyedTable("left", ("U1", []), ("U2", []), ("Ä3", []), ("4", []));
        var drilled = await DrillAsync(left, new("right", ("u1", []), ("U2", []), ("ä3", [])), 16);
        Assert.Equal((3, 2, 2), (drilled.Missing, drilled.Extra, drilled.InOtherCase));
    }

    [Fact]
    public async Task KeysOutOfOrderAreAnErrorAndNotADifference()
    {
        var rows = new[] { RowHash.Row("b"), RowHash.Row("a") }.ToAsyncEnumerable();

        var fault = await Assert.ThrowsAsync<SourceException>(async () =>
            await KeyMerge.PairsAsync(rows, "left", rows, "right", Token).ToListAsync(Token));

        Assert.Contains("did not come in order (a after b)", fault.Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(0, 16)]
    [InlineData(20_000, 32)]
    [InlineData(10_000_000, 16384)]
    [InlineData(5_000_000_000, 65536)]
    public void BucketsGrowWithTheRowsAndStayAPowerOfTwo(long rows, int buckets) => Assert.Equal(buckets, Drill.BucketsFor(rows));

    static async Task<Drilled> DrillAsync(KeyedTable left, KeyedTable right, int buckets, int limit = 1000)
    {
        var (lefts, rights) = (await left.Side.BucketsAsync(buckets, Token), await right.Side.BucketsAsync(buckets, Token));
        return await new Drill(left.Side, right.Side, limit, DateTimeOffset.UnixEpoch).RunAsync(lefts, rights, Token);
    }
}
