using System.Data;
using TagGuard.RealServerTests.Support;

namespace TagGuard.RealServerTests.MySql;

/// <summary>Statements, their parameters and their results.</summary>
public sealed class CommandTests(MariaDb mariaDb)
{
    [Fact]
    public async Task ParametersAreBoundByNameInAnyOrderAndAsOftenAsTheyAreNamed()
    {
        await using var database = await mariaDb.DatabaseAsync();
        await using var connection = await database.OpenAsync();

        var row = Assert.Single(await connection.RowsAsync("select @b, @a, '@a', @B, @@version_comment is null", ("@a", 1L), ("b", "zwei")));

        Assert.Equal(["zwei", 1L, "@a", "zwei", 0], row);
    }

    [Fact]
    public async Task AStatementIsPreparedOnceWhileItStaysTheSame()
    {
        await using var database = await mariaDb.DatabaseAsync();
        await using var connection = await database.OpenAsync();
        await using var command = connection.Command("select @a", ("a", 1));
        var before = await PreparedAsync();
        await command.PrepareAsync(TestContext.Current.CancellationToken);
        for (var i = 0; i < 3; i++)
        {
            command.Parameters[0].Value = i % 2 == 0 ? i : $"text {i}";
            Assert.Equal(i % 2 == 0 ? (long)i : $"text {i}", command.ExecuteScalar());
        }

        // Asking takes one itself.
        Assert.Equal(before + 2, await PreparedAsync());

        async Task<long> PreparedAsync() => long.Parse((string)(await connection.RowsAsync("show session status like 'Com_stmt_prepare'"))[0][1], null);
    }

    [Fact]
    public async Task RowsThatAnUpdateFoundAreCountedChangedOrNot()
    {
        await using var database = await mariaDb.DatabaseAsync();
        await using var connection = await database.OpenAsync();
        await connection.RunAsync("create table t (id int auto_increment primary key, n int)");

        Assert.Equal(2, await connection.RunAsync("insert into t (n) values (1), (1)"));
        Assert.Equal(2, await connection.RunAsync("update t set n = 1"));
        Assert.Equal(2L, await connection.ScalarAsync("select count(*) from t"));
    }

    [Fact]
    public async Task ATransactionIsUndoneUnlessItIsCommitted()
    {
        await using var database = await mariaDb.DatabaseAsync();
        await using var connection = await database.OpenAsync();
        await connection.RunAsync("create table t (n int)");

        await using (await connection.BeginTransactionAsync(TestContext.Current.CancellationToken))
            await connection.RunAsync("insert into t values (1)");
        Assert.Equal(0L, await connection.ScalarAsync("select count(*) from t"));

        await using (var kept = await connection.BeginTransactionAsync(IsolationLevel.Serializable, TestContext.Current.CancellationToken))
        {
            await connection.RunAsync("insert into t values (1)");
            await kept.CommitAsync(TestContext.Current.CancellationToken);
            Assert.Throws<InvalidOperationException>(kept.Rollback);
        }
        Assert.Equal(1L, await connection.ScalarAsync("select count(*) from t"));
    }

    [Fact]
    public async Task EveryResultOfAProcedureIsRead()
    {
        await using var database = await mariaDb.DatabaseAsync();
        await using var connection = await database.OpenAsync();
        await connection.RunAsync("create procedure p(n int) begin select n; select 'two', 2 union all select 'three', 3; end");
        await using var command = connection.Command("call p(@n)", ("n", 7));

        await using (var reader = command.ExecuteReader())
        {
            Assert.True(reader.Read());
            Assert.Equal(7, reader.GetInt32(0));
            Assert.True(reader.NextResult());
            Assert.Equal(2, reader.FieldCount);
            Assert.True(reader.Read() && reader.Read() && !reader.Read());
            Assert.False(reader.NextResult());
        }
        await using (var unread = command.ExecuteReader())
            Assert.True(unread.HasRows);
        Assert.Equal(1, await connection.ScalarAsync("select 1"));
    }
}
