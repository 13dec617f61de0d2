using TagGuard.RealServerTests.Support;
using TagGuard.Sources;

namespace TagGuard.RealServerTests.SparkConnect;

/// <summary>A server that stands still: what is sent is taken, and nobody answers.</summary>
[Collection(Spark.Collection)]
public sealed class SparkFrozenTests : IAsyncLifetime
{
    static readonly DateOnly Day = new(2026, 1, 2);

    public async ValueTask InitializeAsync() => await Spark.UpAsync();

    public ValueTask DisposeAsync() => ValueTask.CompletedTask;

    [Fact]
    public async Task AServerThatIsFrozenIsGivenUpWithAClearErrorAndAnswersWhenItIsThawed()
    {
        await using var proxy = new CuttingProxy(Spark.Port);
        var plan = Spark.Plan with { Port = proxy.Port, ConnectTimeout = TimeSpan.FromSeconds(2) };
        await using var known = Spark.Source(plan);
        await using var unknown = Spark.Source(plan);
        Assert.Equal(1, (await known.RowsAsync("select 1", Day, Spark.Token)).Rows);

        proxy.Freeze();
        foreach (var source in new[] { known, unknown })
        {
            var fault = await Assert.ThrowsAsync<SourceException>(() => source.RowsAsync("select 1", Day, Spark.Token));
            Assert.True(fault.IsTransient, fault.Message);
            Assert.Contains("within 2 s (`connect_timeout`), and the server says nothing at all", fault.Message, StringComparison.Ordinal);
        }
        proxy.Thaw();

        Assert.Equal(1, (await known.RowsAsync("select 1", Day, Spark.Token)).Rows);
        Assert.Equal(1, (await unknown.RowsAsync("select 1", Day, Spark.Token)).Rows);
    }
}
