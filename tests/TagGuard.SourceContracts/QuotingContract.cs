using TagGuard.Sources;

namespace TagGuard.SourceContracts;

/// <summary>A name of the plan's is a name, whatever it holds: never SQL, never a text.</summary>
public abstract class QuotingContract<TTables> : SourceContract<TTables>
    where TTables : ISourceTables, new()
{
    [Theory]
    [MemberData(nameof(Given.OddNames), MemberType = typeof(Given))]
    public async Task ATableIsFoundByItsName(string name)
    {
        await Tables.AddAsync(Given.Orders with { Name = name });

        Assert.Equal(3, (await CountAsync(OrdersOf(Given.Today) with { Table = Tables.NameOf(name) })).Rows);
    }

    [Theory]
    [MemberData(nameof(Given.OddNames), MemberType = typeof(Given))]
    public async Task APartitionIsFoundByItsColumn(string name)
    {
        await Tables.AddAsync(
            new SourceTable("t", name, [new(name, ColumnKind.Text), new("n", ColumnKind.Whole)], ["x", "1"], ["y", "2"], ["y", "3"]));

        Assert.Equal(2, (await CountAsync(new TablePart(Tables.NameOf("t"), name, "y", null))).Rows);
        Assert.Equal(1, (await CountAsync(new TablePart(Tables.NameOf("t"), name, "y", "n = 3"))).Rows);
    }

    [Theory]
    [MemberData(nameof(Given.OddNames), MemberType = typeof(Given))]
    public async Task ARowIsFoundByItsColumns(string name)
    {
        await Tables.AddAsync(
            new SourceTable("t", null, [new(name, ColumnKind.Text), new("n", ColumnKind.Whole)], ["x", "1"], ["y", "2"], ["y", "3"]));

        if (Tables.Open() is IRowsSource)
            Assert.Equal(2, (await MatchAsync(Match("t", Given.Equal(name, "y")))).Rows);
        if (Tables.Open() is IKeyedSource)
            Assert.Equal(
                3,
                (await AskAsync((IKeyedSource source) => source.BucketsAsync(new KeyedPart(Part("t", null), name, ["n"]), 4, Token))).Rows);
    }

    [Fact]
    public async Task ANameThatHoldsSqlIsNotRun()
    {
        if (Tables.Open() is IRowsSource)
            await IsMistakeAsync(MatchAsync(Match("orders", Given.Equal("1 = 1 or name", "x"))));
        await IsAbsentAsync(CountAsync(Part("orders where 1 = 1 or n", null)));
    }
}
