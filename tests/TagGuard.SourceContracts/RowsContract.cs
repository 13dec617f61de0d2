using TagGuard.Sources;

namespace TagGuard.SourceContracts;

/// <summary>A query of the plan's is one SELECT with its dates bound, and rows are found by values that are bound.</summary>
public abstract class RowsContract<TTables> : SourceContract<TTables>
    where TTables : ISourceTables, new()
{
    [Fact]
    public async Task RowsAreCountedAndTheFirstValueIsTold()
    {
        var answer = await RowsAsync("select n, name from orders order by n desc, name");

        Assert.Equal((5, 3L), (answer.Rows, answer.First));
        Assert.Equal("it's", (await RowsAsync("select name from orders order by name desc limit 1")).First);
    }

    [Fact]
    public async Task NoRowAndNullAreNoValue()
    {
        var (none, empty) = (await RowsAsync("select n from orders where n = 99"), await RowsAsync("select max(name) from orders where n = 3"));

        Assert.Equal((0, null), (none.Rows, none.First));
        Assert.Equal((1, null), (empty.Rows, empty.First));
    }

    [Fact]
    public async Task ATimeComesAsATimeWithItsFraction()
    {
        Assert.Equal(new DateTime(2026, 1, 3), (await RowsAsync("select max(ordered_at) from orders")).First);
        Assert.Equal(
            new DateTime(2026, 1, 2, 9, 0, 0, 500),
            (await RowsAsync("select ordered_at from orders where data_date = '20260102' and n = 2")).First);
    }

    [Fact]
    public async Task TheDateAndTheDayBeforeAreBound()
    {
        var answer = await RowsAsync("select n from orders where @date > @yesterday");

        Assert.Equal(5, answer.Rows);
        Assert.Contains("2026-01-02", answer.Asked, StringComparison.Ordinal);
        Assert.Contains("2026-01-01", answer.Asked, StringComparison.Ordinal);
    }

    [Fact]
    public async Task AParameterInQuotesAndCommentsIsText()
    {
        Assert.Equal("@date it's", (await RowsAsync($"select {Tables.QuoteInText} /* @yesterday's */ from orders -- @date's")).First);
    }

    [Fact]
    public async Task WhatADryRunPrintsIsWhatIsAsked()
    {
        const string sql = "select n from orders where @date > @yesterday";
        var match = Match("orders", Given.Equal("name", "it's"));

        Assert.Equal(await AskAsync((IRowsSource source) => Task.FromResult(source.Question(Sql(sql), Given.Date))), (await RowsAsync(sql)).Asked);
        Assert.Equal(
            await AskAsync((IRowsSource source) => Task.FromResult(source.Question(match))), Tables.AsPlanned((await MatchAsync(match)).Asked));
    }

    [Theory]
    [InlineData("select n from orders; select n from orders")]
    [InlineData("select n from orders; delete from orders")]
    [InlineData("delete from orders")]
    [InlineData("drop table orders")]
    [InlineData("create table more (n integer)")]
    [InlineData("insert into orders (n) values (9)")]
    [InlineData("selec n")]
    [InlineData("select no_such_column from orders")]
    [InlineData("")]
    public async Task WhatIsNotOneSelectIsAMistakeAndChangesNothing(string sql)
    {
        var fault = await Assert.ThrowsAsync<SourceException>(() => RowsAsync(sql));

        Assert.False(fault.IsAbsent);
        Assert.False(fault.IsTransient);
        Assert.Equal(5, (await CountAsync(OrdersOf(null))).Rows);
    }

    [Fact]
    public async Task ASemicolonBehindTheOneSelectIsNothing() => Assert.Equal(5, (await RowsAsync("select n from orders;\n")).Rows);

    [Fact]
    public async Task RowsAreFoundByTheirValues()
    {
        var day = new[]
        {
            new ColumnMatch("ordered_at", Comparison.AtLeast, "2026-01-02"),
            new ColumnMatch("ordered_at", Comparison.Below, "2026-01-03"),
        };

        Assert.Equal(2, (await MatchAsync(Match("orders", day))).Rows);
        Assert.Equal(1, (await MatchAsync(Match("orders", [.. day, Given.Equal("name", "it's"), Given.Equal("n", "2")]))).Rows);
        Assert.Equal(0, (await MatchAsync(Match("orders", [.. day, Given.Equal("n", "3")]))).Rows);
    }

    [Fact]
    public async Task ATableThatIsNotThereHasNoRowsToFindAndIsAbsent() =>
        await IsAbsentAsync(MatchAsync(Match("nothing", Given.Equal("n", "1"))), "nothing");

    [Theory]
    [MemberData(nameof(Given.OddTexts), MemberType = typeof(Given))]
    [InlineData("")]
    [InlineData("nul\0inside")]
    public async Task AnOddValueIsFoundAsItIs(string value)
    {
        await Tables.AddAsync(new SourceTable("odd", null, [new("v", ColumnKind.Text)], [value], [value + "'"], [null]));

        Assert.Equal(1, (await MatchAsync(Match("odd", Given.Equal("v", value)))).Rows);
    }
}
