using TagGuard.Sources;

namespace TagGuard.RealServerTests.SparkConnect;

/// <summary>SQL of the plan only asks, though Spark would run whatever it is given.</summary>
[Collection(Spark.Collection)]
public sealed class SparkUserSqlTests : IAsyncLifetime
{
    readonly string _database = $"tagguard_connect_{Guid.NewGuid():n}";

    public async ValueTask InitializeAsync()
    {
        await Spark.UpAsync();
        await Spark.RunAsync(
            $"create database {_database}",
            $"create table {_database}.kept (n bigint) using parquet",
            $"insert into {_database}.kept values (1), (2)");
    }

    public async ValueTask DisposeAsync() => await Spark.RunAsync($"drop database if exists {_database} cascade");

    [Fact]
    public async Task SparkItselfRunsAnInsertInPlaceOfAQuery()
    {
        await Spark.RunAsync($"with a as (select 3L as n) insert into {_database}.kept select n from a");

        Assert.Equal(3, await RowsOfKeptAsync());
    }

    [Theory]
    [InlineData("with a as (select 3L as n) insert into kept select n from a")]
    [InlineData("from (select 3L as n) insert into kept select n")]
    [InlineData("from (select 3L as n) a insert overwrite table kept select n insert into kept select n")]
    [InlineData("with a as (select 1) delete from kept")]
    [InlineData("drop table kept")]
    [InlineData("select n from kept; drop table kept")]
    [InlineData("select n from kept) as q; drop table kept; --")]
    [InlineData("with a as (select n from kept) select * from a) as q union (select 1")]
    [InlineData("insert into kept values (3)")]
    [InlineData("truncate table kept")]
    [InlineData("alter table kept rename to gone")]
    [InlineData("select reflect('java.lang.System', 'setProperty', 'tagguard', 'x')")]
    [InlineData("select transform(n) using 'cat' from kept")]
    public async Task WhatIsNoQueryIsRefusedAndChangesNothing(string sql)
    {
        await using var source = Spark.Source();

        var fault = await Assert.ThrowsAsync<SourceException>(() => source.RowsAsync(Of(sql), new DateOnly(2026, 1, 2), Spark.Token));

        Assert.False(fault.IsAbsent || fault.IsTransient, fault.Message);
        Assert.Equal(2, await RowsOfKeptAsync());
    }

    [Theory]
    [InlineData("with a as (select n from kept) select * from a order by n desc", 2L)]
    [InlineData("with a as (select n, n from kept) select * from a order by 1", 1L)]
    [InlineData("from kept select n order by n desc", 2L)]
    [InlineData("(select n from kept order by n desc) -- the end", 2L)]
    [InlineData("table kept", null)]
    [InlineData("values (7), (8)", 7L)]
    [InlineData("select /*+ coalesce(1) */ max(n) from kept;", 2L)]
    public async Task AQueryOfAnyShapeIsAsked(string sql, long? first)
    {
        await using var source = Spark.Source();

        var answer = await source.RowsAsync(Of(sql), new DateOnly(2026, 1, 2), Spark.Token);

        Assert.Equal(sql.Contains("max", StringComparison.Ordinal) ? 1 : 2, answer.Rows);
        if (first is not null)
            Assert.Equal(first, answer.First);
    }

    [Theory]
    [InlineData("n = 1) or (1 = 1", 2)]
    [InlineData("n in (select n from kept where n = 2)", 1)]
    public async Task AConditionIsSqlOfThePlan(string where, long rows)
    {
        await using var source = Spark.Source();

        Assert.Equal(rows, (await source.CountAsync(new TablePart($"{_database}.kept", null, null, Of(where)), Spark.Token)).Rows);
    }

    [Theory]
    [InlineData("1 = 1); drop table kept; --")]
    [InlineData("reflect('java.lang.System', 'getProperty', 'x') = 'x'")]
    public async Task AConditionThatDoesMoreIsRefused(string where)
    {
        await using var source = Spark.Source();

        await Assert.ThrowsAsync<SourceException>(() =>
            source.CountAsync(new TablePart($"{_database}.kept", null, null, Of(where)), Spark.Token));

        Assert.Equal(2, await RowsOfKeptAsync());
    }

    [Fact]
    public async Task AConditionThatLeadsIntoAnInsertIsRefused()
    {
        await Spark.RunAsync($"create or replace view {_database}.tags as select n as u, 'a' as tag from {_database}.kept");
        await using var source = Spark.Source();
        var part = new TablePart($"{_database}.tags", null, null, Of("1 = 1)) as r group by u, t) insert into kept select 3 --"));

        await Assert.ThrowsAsync<SourceException>(() => source.CountVolumesAsync(new VolumeQuery(part, "u", "tag", null), null, Spark.Token));

        Assert.Equal(2, await RowsOfKeptAsync());
    }

    string Of(string sql) => sql.Replace("kept", $"{_database}.kept", StringComparison.Ordinal);

    async Task<long> RowsOfKeptAsync() => (long)(await Spark.RowsAsync($"select count(*) from {_database}.kept"))[0][0]!;
}
