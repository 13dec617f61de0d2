using Dapper;
using TagGuard.RealServerTests.Support;

namespace TagGuard.RealServerTests.MySql;

/// <summary>Dapper works on the driver.</summary>
public sealed class DapperTests(MariaDb mariaDb)
{
    sealed record Tag(string TagId, DateTime Date, long Count, double? Share);

    [Fact]
    public async Task RowsBecomeRecordsAndRecordsBecomeRows()
    {
        await using var database = await mariaDb.DatabaseAsync();
        await using var connection = await database.OpenAsync();
        await connection.ExecuteAsync("create table t (tagid varchar(32) primary key, date date, n bigint, share double)");
        Tag[] tags = [new("A1", new DateTime(2026, 1, 2), 5, null), new("A2", new DateTime(2026, 1, 2), 6, 0.5)];

        Assert.Equal(2, await connection.ExecuteAsync("insert into t values (@TagId, @Date, @Count, @Share)", tags));
        var read = await connection.QueryAsync<Tag>("select tagid TagId, date Date, n Count, share Share from t where tagid in @ids order by 1", new { ids = new[] { "A1", "A2", "A3" } });

        Assert.Equal(tags, read);
        Assert.Equal(11, await connection.ExecuteScalarAsync<long>("select sum(n) from t"));
    }

    [Fact]
    public async Task ATransactionAndRowsOneByOne()
    {
        await using var database = await mariaDb.DatabaseAsync();
        await using var connection = await database.OpenAsync();
        await connection.ExecuteAsync("create table t (n int)");
        await using (var transaction = await connection.BeginTransactionAsync(TestContext.Current.CancellationToken))
        {
            await connection.ExecuteAsync("insert into t values (@n)", new[] { new { n = 1 }, new { n = 2 } }, transaction);
            await transaction.CommitAsync(TestContext.Current.CancellationToken);
        }
        var read = new List<int>();
        await foreach (var n in connection.QueryUnbufferedAsync<int>("select n from t order by n"))
            read.Add(n);

        Assert.Equal([1, 2], read);
    }
}
