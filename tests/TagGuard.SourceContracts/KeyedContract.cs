using System.Text;
using TagGuard.Sources;

namespace TagGuard.SourceContracts;

/// <summary>Every engine makes the same text of the same value, the same bytes of the same row, and the same hashes of the same bytes.</summary>
public abstract class KeyedContract<TTables> : SourceContract<TTables>
    where TTables : ISourceTables, new()
{
    const int Most = 16;

    [Theory]
    [MemberData(nameof(Given.OddTexts), MemberType = typeof(Given))]
    [InlineData("")]
    [InlineData("nul\0inside")]
    [InlineData("\0")]
    [InlineData("line\r\nfeed\ttab")]
    [InlineData("e\u0301 is not \u00e9")]
    [InlineData("0:-")]
    public Task ATextIsHashedAsItIs(string value) => IsHashedAsync(ColumnKind.Text, value);

    [Theory]
    [InlineData(ColumnKind.Text, null)]
    [InlineData(ColumnKind.Whole, null)]
    [InlineData(ColumnKind.Whole, "0")]
    [InlineData(ColumnKind.Whole, "-9223372036854775808")]
    [InlineData(ColumnKind.Natural, "18446744073709551615")]
    [InlineData(ColumnKind.Fixed, "1.5")]
    [InlineData(ColumnKind.Fixed, "-0.0000000001")]
    [InlineData(ColumnKind.Fixed, "100")]
    [InlineData(ColumnKind.Fixed, "0")]
    [InlineData(ColumnKind.Fixed, "1234567890123456789012345678.0123456789")]
    [InlineData(ColumnKind.Boolean, "1")]
    [InlineData(ColumnKind.Boolean, "0")]
    [InlineData(ColumnKind.Date, "2026-02-03")]
    [InlineData(ColumnKind.Time, "2026-02-03 04:05:06")]
    [InlineData(ColumnKind.Time, "2026-02-03 04:05:06.000001")]
    [InlineData(ColumnKind.Time, "2026-02-03 04:05:10.5")]
    [InlineData(ColumnKind.Bytes, "00ff275c")]
    [InlineData(ColumnKind.Bytes, "")]
    public Task AValueIsHashedAsTheTextThatAllEnginesAgreeOn(ColumnKind kind, string? value) => IsHashedAsync(kind, value);

    [Fact]
    public async Task RowsComeByTheBytesOfTheirKeysAndNullFirst()
    {
        string?[] keys = ["b", "B", "a", "ä", "z", null, "", " ", "中", "😀", "\uffee", "10", "9", "a "];
        await Tables.AddAsync(new SourceTable("t", null, [new("k", ColumnKind.Text)], [.. keys.Select(key => new[] { key })]));
        var expected = keys.Select(key => RowHash.Row(key)).ToList();
        expected.Sort(RowHash.Compare);

        Assert.Equal(expected.Select(Shown), (await RowsAsync(Keyed("k"), new BucketChoice(1, [0]))).Select(Shown));
    }

    [Fact]
    public async Task BucketsAreCountsAndSumsOfTheirRows()
    {
        var rows = Enumerable.Range(0, 1000).Select(i => new[] { $"ü{i}", Given.Number(i), i % 3 == 0 ? null : $"n{i}" }).ToList();
        await Tables.AddAsync(new SourceTable(
            "t", null, [new("k", ColumnKind.Text), new("n", ColumnKind.Whole), new("name", ColumnKind.Text)], [.. rows, .. rows.Take(7)]));
        var expected = rows.Concat(rows.Take(7)).Select(row => RowHash.Row(row[0], row[1..])).ToList();

        var buckets = await BucketsAsync(Keyed("k", "n", "name"), 64);
        var chosen = await RowsAsync(Keyed("k", "n", "name"), new BucketChoice(64, [3, 17]));

        Assert.Equal(RowHash.Buckets(expected, 64), buckets.All);
        Assert.Equal(
            expected.Where(row => RowHash.BucketOf(row.Key, 64) is 3 or 17).Select(Shown).Order(StringComparer.Ordinal),
            chosen.Select(Shown).Order(StringComparer.Ordinal));
    }

    [Fact]
    public async Task SqlInParenthesesIsComparedAsItsText()
    {
        var rows = await RowsAsync(new KeyedPart(OrdersOf(Given.Today, "n = 2"), "(n + 1)", ["(n * 2)"]), new BucketChoice(1, [0]));

        Assert.Equal(Shown(RowHash.Row("3", "4")), Shown(Assert.Single(rows)));
    }

    [Fact]
    public async Task APartitionIsHashedWithItsCondition()
    {
        var part = new KeyedPart(OrdersOf(Given.Today, "n < 3 or n = 7"), "n", ["name"]);

        Assert.Equal(RowHash.Buckets([RowHash.Row("1", "a"), RowHash.Row("2", "it's")], Most), (await BucketsAsync(part, Most)).All);
    }

    [Fact]
    public async Task WhatIsNotThereIsAbsent()
    {
        await IsAbsentAsync(BucketsAsync(new KeyedPart(OrdersOf(Given.Tomorrow), "n", []), Most), "orders", Given.Tomorrow);
        await IsAbsentAsync(BucketsAsync(new KeyedPart(OrdersOf(Given.Tomorrow, "n = 1"), "n", []), Most), "orders", Given.Tomorrow);
        await IsAbsentAsync(BucketsAsync(Keyed("n") with { Part = Part("nothing", null) }, Most), "nothing");
        Assert.Equal(0, (await BucketsAsync(new KeyedPart(OrdersOf(Given.Today, "n = 99"), "n", []), Most)).Rows);
    }

    [Fact]
    public async Task AColumnThatIsNotThereIsAMistakeThatNamesIt()
    {
        var fault = await IsMistakeAsync(BucketsAsync(new KeyedPart(OrdersOf(Given.Today), "n", ["no_such_column"]), Most));

        Assert.Contains("no_such_column", fault.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task BothSidesMayBeReadAtOnce()
    {
        await using var source = (IKeyedSource)Tables.Open();
        var part = new KeyedPart(OrdersOf(Given.Today), "n", ["name"]);
        var (left, right) = (
            await source.RowsAsync(part, new BucketChoice(1, [0]), Token),
            await source.RowsAsync(part, new BucketChoice(1, [0]), Token));

        var pairs = await left.Rows.Zip(right.Rows).ToListAsync(Token);

        Assert.Equal(3, pairs.Count);
        Assert.All(pairs, pair => Assert.Equal(Shown(pair.First), Shown(pair.Second)));
    }

    /// <summary>As a key, and as a column beside one.</summary>
    async Task IsHashedAsync(ColumnKind kind, string? value)
    {
        await Tables.AddAsync(new SourceTable("t", null, [new("k", ColumnKind.Text), new("v", kind)], [["key", value]]));

        foreach (var (part, expected) in new[] { (Keyed("v"), RowHash.Row(value)), (Keyed("k", "v"), RowHash.Row("key", value)) })
        {
            Assert.Equal(RowHash.Buckets([expected], Most), (await BucketsAsync(part, Most)).All);
            Assert.Equal(
                Shown(expected),
                Shown(Assert.Single(await RowsAsync(part, new BucketChoice(Most, [RowHash.BucketOf(expected.Key, Most)])))));
        }
    }

    KeyedPart Keyed(string key, params string[] columns) => new(Part("t", null), key, columns);

    static string Shown(KeyedRow row) => $"{(row.Key is null ? "NULL" : $"\"{Encoding.UTF8.GetString(row.Key)}\"")} {row.Check:x16}";

    Task<Buckets> BucketsAsync(KeyedPart part, int buckets) => AskAsync((IKeyedSource source) => source.BucketsAsync(part, buckets, Token));

    Task<List<KeyedRow>> RowsAsync(KeyedPart part, BucketChoice choice) => AskAsync(async (IKeyedSource source) =>
        await (await source.RowsAsync(part, choice, Token)).Rows.ToListAsync(Token));
}
