using TagGuard.Sources;

namespace TagGuard.Tests.DuckDb;

/// <summary>SQL without its parentheses is taken for the name of a column, and told with the cure.</summary>
public sealed class BareSqlTests : IDisposable
{
    readonly TestWarehouse _warehouse = new();

    public BareSqlTests() => _warehouse.Partition("dw.tags", "20260101", "select 'u1' as userid, ['a'] as tags");

    [Theory]
    [InlineData("concat('U', userid)", true)]
    [InlineData("userid || 'x'", true)]
    [InlineData("usrid", false)]
    public async Task AKeyThatIsSqlIsToldToNeedParentheses(string key, bool told)
    {
        await using var source = _warehouse.Open<IKeyedSource>();
        var part = new KeyedPart(new TablePart("dw.tags", "data_date", "20260101", null), key, []);

        Is(key, told, await Assert.ThrowsAsync<SourceException>(() => source.BucketsAsync(part, 16, TestContext.Current.CancellationToken)));
        await source.BucketsAsync(part with { Key = "(concat('U', userid))" }, 16, TestContext.Current.CancellationToken);
    }

    [Theory]
    [InlineData("list_distinct(tags)", true)]
    [InlineData("tagz", false)]
    public async Task TagsThatAreSqlAreToldToNeedParentheses(string tags, bool told) =>
        Is(tags, told, await Assert.ThrowsAsync<SourceException>(() => _warehouse.VolumesOfAsync("dw.tags", "20260101", tags)));

    public void Dispose() => _warehouse.Dispose();

    static void Is(string field, bool told, SourceException fault)
    {
        Assert.Equal(told, fault.Message.Contains($"where it is SQL, write it in parentheses, `({field})`", StringComparison.Ordinal));
        Assert.Contains("dw.tags has userid, tags", fault.Message, StringComparison.Ordinal);
    }
}
