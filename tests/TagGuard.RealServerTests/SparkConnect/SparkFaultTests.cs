using TagGuard.Sources;

namespace TagGuard.RealServerTests.SparkConnect;

/// <summary>What went wrong and what to do about it.</summary>
[Collection(Spark.Collection)]
public sealed class SparkFaultTests : IAsyncLifetime
{
    static readonly DateOnly Day = new(2026, 1, 2);

    public async ValueTask InitializeAsync() => await Spark.UpAsync();

    public ValueTask DisposeAsync() => ValueTask.CompletedTask;

    [Theory]
    [InlineData("select 1 from nowhere.nothing", true, "`nowhere`.`nothing` cannot be found", "Check the table's name")]
    [InlineData("select nothing from range(1)", false, "[UNRESOLVED_COLUMN", "`nothing`")]
    [InlineData("select 1 frm range(1) x y", false, "[PARSE_SYNTAX_ERROR]", "y")]
    [InlineData("select no_such_function(1)", false, "[UNRESOLVED_ROUTINE]", "no_such_function")]
    [InlineData("select raise_error('by the plan')", false, "by the plan", "")]
    public async Task AnErrorOfSparksIsOneSentence(string sql, bool isAbsent, string what, string more)
    {
        await using var source = Spark.Source();

        var fault = await Assert.ThrowsAsync<SourceException>(() => source.RowsAsync(sql, Day, Spark.Token));

        Assert.Equal((isAbsent, false), (fault.IsAbsent, fault.IsTransient));
        Assert.Contains(what, fault.Message, StringComparison.Ordinal);
        Assert.Contains(more, fault.Message, StringComparison.Ordinal);
        Assert.DoesNotContain('\n', fault.Message);
        Assert.Equal(sql, fault.Asked);
    }

    [Fact]
    public async Task ASettingThatIsNoneOfASessionsIsNamed()
    {
        await using var source = Spark.Source(Spark.Plan with { Settings = new Dictionary<string, string> { ["spark.executor.cores"] = "4" } });

        var fault = await Assert.ThrowsAsync<SourceException>(() => source.ProbeAsync(Spark.Token));

        Assert.Contains("spark.executor.cores", fault.Message, StringComparison.Ordinal);
        Assert.False(fault.IsTransient, fault.Message);
    }

    [Fact]
    public async Task TheVersionIsTold()
    {
        await using var source = Spark.Source();

        Assert.Equal("Spark 3.5.7", await source.ProbeAsync(Spark.Token));
    }

    /// <remarks>The Thrift Server is what listens beside it.</remarks>
    [Fact]
    public async Task APortWhereSomethingElseListensIsTold()
    {
        await using var source = Spark.Source(Spark.Plan with { Port = 10000, ConnectTimeout = TimeSpan.FromSeconds(5) });

        var fault = await Assert.ThrowsAsync<SourceException>(() => source.ProbeAsync(Spark.Token));

        Assert.Contains("127.0.0.1:10000", fault.Message, StringComparison.Ordinal);
    }
}
