using TagGuard.Sources;

namespace TagGuard.SourceContracts;

/// <summary>A small table is read row by row, each column by its name.</summary>
public abstract class TableContract<TTables> : SourceContract<TTables>
    where TTables : ISourceTables, new()
{
    static readonly string[] Columns = ["name", "n"];

    [Fact]
    public async Task EveryRowComesWithTheColumnsThatAreAskedFor()
    {
        var read = await ReadAsync(OrdersOf(null), null);

        Assert.Equal([(null, "3"), ("a", "1"), ("a", "1"), ("b", "2"), ("it's", "2")], read.Rows.Select(row => (row[0], row[1])).Order());
    }

    [Fact]
    public async Task RowsOfAQueryHaveTheDateBound()
    {
        var read = await ReadAsync(null, Sql("select * from orders where @date > @yesterday and n = 2;"));

        Assert.Equal(["b", "it's"], read.Rows.Select(row => row[0]).Order());
        Assert.Contains("2026-01-02", read.Asked, StringComparison.Ordinal);
    }

    [Fact]
    public async Task ATableThatIsNotThereIsAbsentAndAColumnIsAMistake()
    {
        await IsAbsentAsync(ReadAsync(Part("no_such_table", null), null), "no_such_table");
        await IsMistakeAsync(ReadAsync(OrdersOf(null), null, columns: ["name", "no_such_column"]));
        await IsMistakeAsync(ReadAsync(null, "delete from orders"));
    }

    [Fact]
    public async Task ATableWithMoreRowsThanTagsIsRefused() => await IsMistakeAsync(ReadAsync(OrdersOf(null), null, atMost: 4));

    Task<TableRows> ReadAsync(TablePart? part, string? sql, string[]? columns = null, int atMost = 5) => AskAsync((ITableSource source) =>
        source.ReadAsync(new TableQuery(part, sql, Given.Date, columns ?? Columns) { AtMost = atMost }, Token));
}
