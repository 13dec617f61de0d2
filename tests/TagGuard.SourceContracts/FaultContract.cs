using TagGuard.Sources;

namespace TagGuard.SourceContracts;

/// <summary>What may pass is told from what will not, and who gives up is heard.</summary>
public abstract class FaultContract<TTables> : SourceContract<TTables>
    where TTables : ISourceTables, new()
{
    [Fact]
    public async Task ASystemThatDoesNotAnswerMayDoSoLater()
    {
        await using (await Tables.DisturbAsync())
        {
            var fault = await FaultAsync(CountAsync(OrdersOf(Given.Today)));
            Assert.True(fault.IsTransient, fault.Message);
            Assert.False(fault.IsAbsent, fault.Message);
            Assert.StartsWith($"source ({fault.Address}): ", fault.Message, StringComparison.Ordinal);
        }
        Assert.Equal(3, (await CountAsync(OrdersOf(Given.Today))).Rows);
    }

    [Fact]
    public async Task WhoGaveUpBeforeIsNotAnswered()
    {
        using var stop = new CancellationTokenSource();
        await stop.CancelAsync();

        await Assert.ThrowsAnyAsync<OperationCanceledException>(() =>
            AskAsync((ICountSource source) => source.CountAsync(OrdersOf(Given.Today), stop.Token)));
    }

    [Fact]
    public async Task AQuestionUnderWayEndsWithWhoGivesUpAndTheNextIsAnswered()
    {
        await using var source = Assert.IsType<IRowsSource>(Tables.Open(), exactMatch: false);
        using var stop = new CancellationTokenSource();
        var asking = source.RowsAsync(Tables.Endless, Given.Date, stop.Token);

        stop.CancelAfter(TimeSpan.FromMilliseconds(200));

        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => asking);
        Assert.Equal(5, (await source.RowsAsync(Sql("select n from orders"), Given.Date, Token)).Rows);
    }
}
