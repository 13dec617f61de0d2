using TagGuard.Sources;

namespace TagGuard.RealServerTests.SparkConnect;

/// <summary>A partition's value is text in the plan, and whatever the column is in the table.</summary>
[Collection(Spark.Collection)]
public sealed class SparkPartitionTests : SparkDatabase
{
    [Theory]
    [InlineData("string", "20260102", "20260102", "2026010")]
    [InlineData("string", "007", "007", "7")]
    [InlineData("varchar(20)", "2026-01-02", "2026-01-02", "2026-1-2")]
    [InlineData("int", "20260102", "20260102", "20260103")]
    [InlineData("bigint", "20260102", "20260102", "none")]
    [InlineData("date", "2026-01-02", "2026-01-02", "2026-01-03")]
    [InlineData("date", "2026-01-02", "2026-01-02", "20260102")]
    public async Task AValueIsComparedAsItsColumnExpects(string type, string written, string asked, string absent)
    {
        foreach (var (table, format) in new[] { ("parts", "using parquet partitioned by (dt)"), ("hive", "stored as orc") })
        {
            await Spark.RunAsync(
                table == "hive"
                    ? $"create table {Database}.{table} (n bigint) partitioned by (dt {type}) {format}"
                    : $"create table {Database}.{table} (n bigint, dt {type}) {format}",
                $"insert into {Database}.{table} partition (dt = '{written}') values (1), (2), (3)",
                $"insert into {Database}.{table} partition (dt = '{(type == "date" ? "2025-12-31" : "19991231")}') values (9)");
            await using var source = Spark.Source();

            Assert.Equal(3, (await source.CountAsync(Part(table, asked), Spark.Token)).Rows);
            Assert.Equal(1, (await source.CountAsync(Part(table, asked, "n = 3"), Spark.Token)).Rows);
            var fault = await Assert.ThrowsAsync<SourceException>(() => source.CountAsync(Part(table, absent), Spark.Token));
            Assert.True(fault.IsAbsent, fault.Message);
        }
    }

    /// <remarks>In ANSI mode, which is Spark 4's way, a text that is no number is an error and not a row less.</remarks>
    [Fact]
    public async Task AValueThatIsNoneOfItsColumnIsAMistakeInAnsiMode()
    {
        await Spark.RunAsync(
            $"create table {Database}.parts (n bigint, dt int) using parquet partitioned by (dt)",
            $"insert into {Database}.parts values (1, 20260102)");
        await using var source = Spark.Source(Spark.Plan with { Settings = new Dictionary<string, string> { ["spark.sql.ansi.enabled"] = "true" } });

        Assert.Equal(1, (await source.CountAsync(Part("parts", "20260102"), Spark.Token)).Rows);
        var fault = await Assert.ThrowsAsync<SourceException>(() => source.CountAsync(Part("parts", "none"), Spark.Token));
        Assert.False(fault.IsAbsent || fault.IsTransient, fault.Message);
        Assert.Contains("CAST_INVALID_INPUT", fault.Message, StringComparison.Ordinal);
    }

    TablePart Part(string table, string value, string? where = null) => new($"{Database}.{table}", "dt", value, where);
}
