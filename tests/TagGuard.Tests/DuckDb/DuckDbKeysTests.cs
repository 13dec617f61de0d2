using System.Text;
using TagGuard.Adapters.DuckDb;
using TagGuard.SourceContracts;
using TagGuard.Sources;
using TagGuard.Tests.Support;

namespace TagGuard.Tests.DuckDb;

public sealed class DuckDbKeysTests : IDisposable
{
    readonly TestWarehouse _warehouse = new();

    static CancellationToken Token => TestContext.Current.CancellationToken;

    public void Dispose() => _warehouse.Dispose();

    [Theory]
    [InlineData("", 0u)]
    [InlineData("123456789", 0xCBF43926u)]
    [InlineData("The quick brown fox jumps over the lazy dog", 0x414FA339u)]
    public void Crc32IsThatOfTheIeee(string text, uint crc) => Assert.Equal(crc, Crc32.Of(Encoding.ASCII.GetBytes(text)));

    [Theory]
    [InlineData("-7::tinyint", "-7")]
    [InlineData("18446744073709551615::ubigint", "18446744073709551615")]
    [InlineData("true", "1")]
    [InlineData("1.50::decimal(9,2)", "1.5")]
    [InlineData("100.00::decimal(9,2)", "100")]
    [InlineData("100::decimal(9,0)", "100")]
    [InlineData("(-0.001)::decimal(9,2)", "0")]
    [InlineData("date '2026-02-03'", "2026-02-03")]
    [InlineData("timestamp '2026-02-03 04:05:06.700'", "2026-02-03 04:05:06.7")]
    [InlineData("timestamp_s '2026-02-03 04:05:00'", "2026-02-03 04:05:00")]
    [InlineData("timestamptz '2026-02-03 04:05:06+08:00'", "2026-02-02 20:05:06")]
    [InlineData("time '04:05:06.100'", "04:05:06.1")]
    [InlineData("'ä ''\"\\ 😀 '", "ä '\"\\ 😀 ")]
    [InlineData("''", "")]
    [InlineData("null::varchar", null)]
    [InlineData("'\\x00\\xFF'::blob", "00ff")]
    [InlineData("uuid 'AAAAAAAA-bbbb-cccc-dddd-eeeeeeeeeeee'", "aaaaaaaa-bbbb-cccc-dddd-eeeeeeeeeeee")]
    public async Task AValueIsHashedAsTheTextThatAllEnginesAgreeOn(string sql, string? text)
    {
        _warehouse.Partition("dw.t", "20260102", $"select 'k' as k, {sql} as v");

        Assert.Equal(RowHash.Row("k", text), await OnlyRowAsync("k", "v"), SameRow);
        Assert.Equal(RowHash.Row(text), await OnlyRowAsync("v"), SameRow);
    }

    [Theory]
    [InlineData("1.5::double", "v is Double, which no two systems write alike")]
    [InlineData("map {'a': 1}", "v is Map, which no two systems write alike")]
    public async Task AValueThatTwoSystemsWriteDifferentlyIsRefusedWithACure(string sql, string message)
    {
        _warehouse.Partition("dw.t", "20260102", $"select 'k' as k, {sql} as v");

        var fault = await Assert.ThrowsAsync<SourceException>(() => OnlyRowAsync("k", "v"));

        Assert.Contains(message, fault.Message, StringComparison.Ordinal);
        Assert.Contains("SQL in parentheses", fault.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task SqlInParenthesesIsComparedAsItsText()
    {
        _warehouse.Partition("dw.t", "20260102", "select 1 as a, 2 as b, map {'y': 1, 'x': 2} as tags");

        Assert.Equal(RowHash.Row("1-2", "x,y"), await OnlyRowAsync("(a || '-' || b)", "(array_to_string(list_sort(map_keys(tags)), ','))"), SameRow);
    }

    [Fact]
    public async Task BucketsAreCountsAndSumsOfTheirRows()
    {
        _warehouse.Partition("dw.t", "20260102", "select 'u' || i as k, i as v from range(5000) t(i)");
        var expected = new KeyedTable("expected", [.. Enumerable.Range(0, 5000).Select(i => ($"u{i}", new string?[] { $"{i}" }))]);
        await using var source = _warehouse.Open<IKeyedSource>();

        Assert.Equal((await expected.BucketsAsync(expected.Part, 64, Token)).All, (await source.BucketsAsync(Part("k", "v"), 64, Token)).All);
    }

    [Fact]
    public async Task BothSidesMayBeReadFromOneConnectionAtOnce()
    {
        _warehouse.Partition("dw.t", "20260102", "select i as k from range(20000) t(i)");
        await using var source = _warehouse.Open<IKeyedSource>();
        var choice = new BucketChoice(2, [0, 1]);
        var (left, right) = (await source.RowsAsync(Part("k"), choice, Token), await source.RowsAsync(Part("k"), choice, Token));
        var pairs = await left.Rows.Zip(right.Rows).ToListAsync(Token);

        Assert.Equal(20000, pairs.Count);
        Assert.All(pairs, pair => Assert.Equal(pair.First, pair.Second, SameRow));
        Assert.Equal(
            pairs.Select(pair => Encoding.UTF8.GetString(pair.First.Key!)).Order(StringComparer.Ordinal),
            pairs.Select(pair => Encoding.UTF8.GetString(pair.First.Key!)));
    }

    [Fact]
    public async Task APartitionThatIsNotThereIsAbsent()
    {
        _warehouse.Partition("dw.t", "20260102", "select 1 as k");
        await using var source = _warehouse.Open<IKeyedSource>();
        var part = Part("k") with { Part = new TablePart("dw.t", "data_date", "20260103", null) };

        Assert.True((await Assert.ThrowsAsync<SourceException>(() => source.BucketsAsync(part, 16, Token))).IsAbsent);
    }

    static KeyedPart Part(string key, params string[] columns) => new(new TablePart("dw.t", "data_date", "20260102", null), key, columns);

    static bool SameRow(KeyedRow one, KeyedRow other) =>
        one.Check == other.Check && (one.Key ?? []).SequenceEqual(other.Key ?? []) && one.Key is null == other.Key is null;

    async Task<KeyedRow> OnlyRowAsync(string key, params string[] columns)
    {
        await using var source = _warehouse.Open<IKeyedSource>();
        var rows = await source.RowsAsync(Part(key, columns), new BucketChoice(1, [0]), Token);
        return Assert.Single(await rows.Rows.ToListAsync(Token));
    }
}
