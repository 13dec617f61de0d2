using System.Data.Common;
using System.Globalization;
using MySqlConnector;
using TagGuard.Adapters.MySql;
using TagGuard.RealServerTests.Support;

namespace TagGuard.RealServerTests.MySql;

/// <summary>Many rows with few statements.</summary>
public sealed class MultiRowInsertTests(MariaDb mariaDb)
{
    [Theory]
    [InlineData(0)]
    [InlineData(1)]
    [InlineData(999)]
    [InlineData(1000)]
    [InlineData(2500)]
    public async Task EveryRowArrivesOnceAndTheSecondTimeItIsReplaced(int rows)
    {
        await using var database = await mariaDb.DatabaseAsync();
        await using var connection = await database.OpenAsync();
        await connection.RunAsync("create table `od``d` (id int primary key, `na me` varchar(20))");

        foreach (var word in new[] { "first", "second" })
        {
            await using var transaction = await connection.BeginTransactionAsync(TestContext.Current.CancellationToken);
            await using var insert = await BeginAsync(connection, transaction, "od`d", ["id", "na me"], ["na me"]);
            for (var i = 0; i < rows; i++)
                await insert.AddAsync([i, i % 7 == 0 ? null : word], TestContext.Current.CancellationToken);
            await insert.EndAsync(TestContext.Current.CancellationToken);
            await transaction.CommitAsync(TestContext.Current.CancellationToken);

            Assert.Equal(
                [(long)rows, (long)rows - ((rows + 6) / 7)],
                (await connection.RowsAsync("select count(*), count(case when `na me` = @word then 1 end) from `od``d`", ("word", word)))[0]);
        }
    }

    [Fact]
    public async Task ARowThatIsThereAlreadyIsAnErrorWhenNothingIsToBeUpdated()
    {
        await using var database = await mariaDb.DatabaseAsync();
        await using var connection = await database.OpenAsync();
        await connection.RunAsync("create table t (id int primary key)");
        await using var insert = await BeginAsync(connection, null, "t", ["id"], []);
        await insert.AddAsync([1], TestContext.Current.CancellationToken);
        await insert.AddAsync([1], TestContext.Current.CancellationToken);

        var fault = await Assert.ThrowsAnyAsync<DbException>(() => insert.EndAsync(TestContext.Current.CancellationToken));

        Assert.Equal(MySqlErrorCode.DuplicateKeyEntry, Assert.IsType<MySqlException>(fault).ErrorCode);
        Assert.Equal("23000", fault.SqlState);
    }

    [Fact]
    public async Task AFaultInAnyBatchIsToldBeforeTheEndAndTheConnectionGoesOn()
    {
        await using var database = await mariaDb.DatabaseAsync();
        await using var connection = await database.OpenAsync();
        await connection.RunAsync("create table t (id int primary key)");
        foreach (var twice in new[] { 0, 700, 1_499 })
        {
            await using (var insert = await BeginAsync(connection, null, "t", ["id"], []))
            {
                await Assert.ThrowsAnyAsync<DbException>(async () =>
                {
                    for (var i = 0; i < 1_500; i++)
                        await insert.AddAsync([i == twice + 1 ? twice : i], TestContext.Current.CancellationToken);
                    await insert.AddAsync([twice], TestContext.Current.CancellationToken);
                    await insert.EndAsync(TestContext.Current.CancellationToken);
                });
            }

            await connection.RunAsync("delete from t");
        }
    }

    [Fact]
    public async Task GivenUpInTheMiddleItLeavesTheConnectionFree()
    {
        await using var database = await mariaDb.DatabaseAsync();
        await using var connection = await database.OpenAsync();
        await connection.RunAsync("create table t (id int primary key, c varchar(1000))");
        for (var rows = 0; rows < 1_000; rows += 90)
        {
            await using (var transaction = await connection.BeginTransactionAsync(TestContext.Current.CancellationToken))
            await using (var insert = await BeginAsync(connection, transaction, "t", ["id", "c"], []))
            {
                for (var i = 0; i < rows; i++)
                    await insert.AddAsync([i, new string('x', 1000)], TestContext.Current.CancellationToken);
            }

            Assert.Equal(0L, await connection.ScalarAsync("select count(*) from t"));
        }
    }

    [Theory]
    [InlineData('ä')]
    [InlineData('\'')]
    public async Task ABatchStaysBelowWhatTheServerTakes(char letter)
    {
        await using var server = await mariaDb.StartAsync("--max-allowed-packet=1M");
        await using var database = await server.DatabaseAsync();
        await using var connection = await database.OpenAsync();
        await connection.RunAsync("create table t (id int primary key, c mediumtext)");
        await using (var insert = await BeginAsync(connection, null, "t", ["id", "c"], []))
        {
            for (var i = 0; i < 50; i++)
                await insert.AddAsync([i, new string(letter, 50_000 * (i % 10))], TestContext.Current.CancellationToken);
            await insert.EndAsync(TestContext.Current.CancellationToken);
        }
        Assert.Equal(
            $"50 {50_000 * 225}",
            string.Join(
                ' ',
                (await connection.RowsAsync("select count(*), sum(char_length(c)) from t"))[0]
                    .Select(n => Convert.ToString(n, CultureInfo.InvariantCulture))));
    }

    static Task<MultiRowInsert> BeginAsync(
        MySqlConnection connection,
        MySqlTransaction? transaction,
        string table,
        string[] columns,
        string[] updated) =>
        MultiRowInsert.BeginAsync(connection, transaction, table, columns, updated, TestContext.Current.CancellationToken);
}
