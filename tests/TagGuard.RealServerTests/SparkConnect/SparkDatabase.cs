namespace TagGuard.RealServerTests.SparkConnect;

/// <summary>Tests with a database of Spark's metastore that each has to itself.</summary>
public abstract class SparkDatabase : IAsyncLifetime
{
    private protected string Database { get; } = $"tagguard_connect_{Guid.NewGuid():n}";

    public async ValueTask InitializeAsync()
    {
        await Spark.UpAsync();
        await Spark.RunAsync($"create database {Database}");
    }

    public async ValueTask DisposeAsync()
    {
        await Spark.RunAsync($"drop database if exists {Database} cascade");
        GC.SuppressFinalize(this);
    }
}
