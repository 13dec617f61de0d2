using System.Text;
using TagGuard.Adapters.Sources.Sql;
using TagGuard.Adapters.SparkConnect;
using TagGuard.Sources;

namespace TagGuard.RealServerTests.SparkConnect;

/// <summary>Every scalar type of Spark as a value of .NET, and values that are bound as what they are.</summary>
[Collection(Spark.Collection)]
public sealed class SparkValueTests : IAsyncLifetime
{
    static readonly DateOnly Day = new(2026, 1, 2);

    public async ValueTask InitializeAsync() => await Spark.UpAsync();

    public ValueTask DisposeAsync() => ValueTask.CompletedTask;

    public static TheoryData<string, object?> Scalars { get; } = new()
    {
        { "true", true },
        { "cast(-128 as tinyint)", -128L },
        { "cast(-32768 as smallint)", -32768L },
        { "cast(-2147483648 as int)", -2147483648L },
        { "cast(-9223372036854775808 as bigint)", long.MinValue },
        { "cast(1.5 as float)", 1.5 },
        { "cast(0.1 as double)", 0.1 },
        { "double('NaN')", double.NaN },
        { "cast('-1234567890123456789012345678.0123456789' as decimal(38, 10))", "-1234567890123456789012345678.0123456789" },
        { "'标签😀 it''s'", "标签😀 its" },
        { "''", "" },
        { "cast('ab' as char(4))", "ab" },
        { "cast('ab' as varchar(4))", "ab" },
        { "date'2026-02-03'", new DateTime(2026, 2, 3) },
        { "date'0001-01-01'", DateTime.MinValue },
        { "date'-0044-03-15'", DateTime.MinValue },
        { "date'+12026-01-01'", DateTime.MaxValue },
        { "timestamp_ntz'2026-02-03 04:05:06.000007'", new DateTime(2026, 2, 3, 4, 5, 6).AddTicks(70) },
        { "interval '1 02:03:04.5' day to second", "93784.5 seconds" },
        { "interval '2-3' year to month", "27 months" },
        { "null", null },
        { "cast(null as int)", null },
        { "cast(null as timestamp)", null },
    };

    [Theory]
    [MemberData(nameof(Scalars))]
    public async Task AScalarIsTheFirstValue(string sql, object? expected) => Assert.Equal(expected, (await RowsAsync($"select {sql} as v")).First);

    [Fact]
    public async Task BytesAreTheFirstValue() => Assert.Equal(new byte[] { 0, 255, 39 }, (await RowsAsync("select x'00ff27'")).First);

    [Fact]
    public async Task ATimestampIsAnInstantWhateverTheSessionsZone()
    {
        var plan = Spark.Plan with { Settings = new Dictionary<string, string> { ["spark.sql.session.timeZone"] = "Asia/Shanghai" } };

        var first = Assert.IsType<DateTime>((await RowsAsync("select timestamp'2026-02-03 04:05:06'", plan)).First);

        Assert.Equal(new DateTime(2026, 2, 2, 20, 5, 6), first);
        Assert.Equal(DateTimeKind.Utc, first.Kind);
    }

    [Theory]
    [InlineData("array(1, 2)")]
    [InlineData("map('a', 1)")]
    [InlineData("struct(1 as a)")]
    public async Task ANestedValueIsRefusedWithTheCure(string sql)
    {
        var fault = await Assert.ThrowsAsync<SourceException>(() => RowsAsync($"select {sql} as v"));

        Assert.Contains("The column v is", fault.Message, StringComparison.Ordinal);
        Assert.Contains("to_json(v)", fault.Message, StringComparison.Ordinal);
        Assert.False(fault.IsTransient || fault.IsAbsent);
    }

    [Fact]
    public async Task RowsComeWithAllTheirColumns()
    {
        var rows = await Spark.RowsAsync("select a, b, c from values ('x', 1L, null), (null, 2L, 3L) as t(a, b, c) order by b");

        Assert.Equal([["x", 1L, null], [null, 2L, 3L]], rows);
    }

    [Fact]
    public async Task DatesAreBoundAsDates()
    {
        var answer = await RowsAsync("select concat_ws(' ', typeof(@date), @date, @yesterday, date_format(@date, 'yyyyMMdd'))");

        Assert.Equal("date 2026-01-02 2026-01-01 20260102", answer.First);
    }

    [Theory]
    [InlineData("it's")]
    [InlineData("' or '1'='1")]
    [InlineData("'); drop table t; --")]
    [InlineData("\\' or 1=1 --")]
    [InlineData(":value")]
    [InlineData("${env}")]
    public async Task AValueIsNeverSql(string value)
    {
        await using var line = Spark.Line();
        var session = await SparkConnectSession.OpenAsync(line, line.Session, Spark.Token);

        var sql = new BoundSql("select :value, :value = :other", new(":value", value), new(":other", "x"));
        var rows = await session.RowsAsync(sql).ToListAsync(Spark.Token);

        Assert.Equal([[value, false]], rows);
    }

    [Fact]
    public async Task ALongTextComesWhole()
    {
        var first = Assert.IsType<string>((await RowsAsync("select repeat('标签', 4000000)")).First);

        Assert.Equal(24_000_000, Encoding.UTF8.GetByteCount(first));
    }

    static async Task<RowsAnswer> RowsAsync(string sql, SparkConnectConnectionPlan? plan = null)
    {
        await using var source = Spark.Source(plan);
        return await source.RowsAsync(sql, Day, Spark.Token);
    }
}
