using TagGuard.Sources;

namespace TagGuard.SourceContracts;

/// <summary>What the contracts of all sources share: each test gets tables of its own, and a source that reads them.</summary>
/// <typeparam name="TTables">The system that holds the tables. A new source derives one class from each contract that it keeps.</typeparam>
public abstract class SourceContract<TTables> : IAsyncLifetime
    where TTables : ISourceTables, new()
{
    private protected TTables Tables { get; } = new();

    private protected static CancellationToken Token => TestContext.Current.CancellationToken;

    public async ValueTask InitializeAsync()
    {
        await Tables.MakeAsync();
        await Tables.AddAsync(Given.Orders);
    }

    public async ValueTask DisposeAsync()
    {
        await Tables.DisposeAsync();
        GC.SuppressFinalize(this);
    }

    /// <summary>A part of the orders.</summary>
    private protected TablePart OrdersOf(string? value, string? where = null) => Part("orders", value, where);

    private protected TablePart Part(string table, string? value, string? where = null) =>
        new(Tables.NameOf(table), value is null ? null : "data_date", value, where);

    private protected RowMatch Match(string table, params ColumnMatch[] columns) => new(Tables.NameOf(table), columns);

    /// <summary>SQL over the table `orders`, by the name that it has.</summary>
    private protected string Sql(string sql) => sql.Replace("orders", Tables.NameOf("orders"), StringComparison.Ordinal);

    /// <summary>Asks a source that was just opened.</summary>
    private protected async Task<T> AskAsync<TSource, T>(Func<TSource, Task<T>> ask) where TSource : ISource
    {
        await using var source = Assert.IsType<TSource>(Tables.Open(), exactMatch: false);
        return await ask(source);
    }

    private protected Task<Counted> CountAsync(TablePart part) => AskAsync((ICountSource source) => source.CountAsync(part, Token));

    private protected Task<RowsAnswer> RowsAsync(string sql) => AskAsync((IRowsSource source) => source.RowsAsync(Sql(sql), Given.Date, Token));

    private protected Task<Counted> MatchAsync(RowMatch match) => AskAsync((IRowsSource source) => source.MatchAsync(match, Token));

    private protected static async Task<SourceException> FaultAsync<T>(Task<T> asking)
    {
        var fault = await Assert.ThrowsAsync<SourceException>(() => asking);
        Assert.Equal("source", fault.SourceName);
        Assert.NotEmpty(fault.Asked);
        return fault;
    }

    /// <summary>The system said that it is not there, as a sentence that names it.</summary>
    private protected static async Task IsAbsentAsync<T>(Task<T> asking, params string[] named)
    {
        var fault = await FaultAsync(asking);
        Assert.True(fault.IsAbsent, fault.Message);
        Assert.False(fault.IsTransient, fault.Message);
        Assert.All(named, name => Assert.Contains(name, fault.Message, StringComparison.Ordinal));
    }

    /// <summary>A mistake of the plan: nothing that may still come, and nothing that passes.</summary>
    private protected static async Task<SourceException> IsMistakeAsync<T>(Task<T> asking)
    {
        var fault = await FaultAsync(asking);
        Assert.False(fault.IsAbsent, fault.Message);
        Assert.False(fault.IsTransient, fault.Message);
        return fault;
    }
}
