using System.Data;
using System.Runtime.CompilerServices;
using TagGuard.Adapters.MySql.Driver;
using TagGuard.RealServerTests.Support;

namespace TagGuard.RealServerTests.MySql;

/// <summary>Wrong use is told, and never ends the process.</summary>
public sealed class MisuseTests(MariaDb mariaDb)
{
    [Fact]
    public async Task ASecondThreadIsToldToTakeItsOwnConnection()
    {
        await using var database = await mariaDb.DatabaseAsync();
        await using var connection = await database.OpenAsync();
        await using var watcher = await database.OpenAsync();
        await using var slow = connection.Command("select sleep(100)");
        var running = slow.ExecuteScalarAsync(TestContext.Current.CancellationToken);
        await watcher.UntilRunsAsync("sleep(100)");

        foreach (var use in new Action[] { () => connection.Command("select 1").ExecuteScalar(), () => connection.BeginTransaction(), () => connection.ChangeDatabase("mysql"), slow.Prepare })
            Assert.Contains("in use by another thread", Assert.Throws<InvalidOperationException>(use).Message, StringComparison.Ordinal);

        slow.Cancel();
        await Assert.ThrowsAsync<MySqlException>(() => running);
        Assert.Equal(1, await connection.ScalarAsync("select 1"));
    }

    [Fact]
    public async Task ManyThreadsOnOneConnectionGetRightAnswersOrAnException()
    {
        await using var database = await mariaDb.DatabaseAsync();
        await using var connection = await database.OpenAsync();
        var (right, refused) = (0, 0);
        Parallel.For(0, 2000, new ParallelOptions { MaxDegreeOfParallelism = 8 }, i =>
        {
            try
            {
                using var command = connection.Command("select @i, repeat('x', 5000)", ("i", i));
                using var reader = command.ExecuteReader();
                Assert.True(reader.Read());
                Assert.Equal(i, reader.GetInt32(0));
                Assert.Equal(5000, reader.GetString(1).Length);
                Interlocked.Increment(ref right);
            }
            catch (InvalidOperationException)
            {
                Interlocked.Increment(ref refused);
            }
        });

        Assert.Equal(2000, right + refused);
        Assert.True(right > 0);
        Assert.Equal(ConnectionState.Open, connection.State);
    }

    [Fact]
    public async Task AConnectionThatIsClosedWhileItRunsEndsWhenTheStatementDoes()
    {
        await using var database = await mariaDb.DatabaseAsync();
        var connection = await database.OpenAsync();
        await using var watcher = await database.OpenAsync();
        await using var command = connection.Command("select sleep(1), 'still here'");
        var running = command.ExecuteScalarAsync(TestContext.Current.CancellationToken);
        await watcher.UntilRunsAsync("still here");

        await connection.DisposeAsync();

        // The answer was on its way when the connection went: whether it still came through, the process lives on and the server is rid of it.
        await Task.WhenAny(running);
        await UntilGoneAsync(watcher, 1);
    }

    [Fact]
    public async Task AnOpenReaderKeepsOthersOffAndNamesTheCure()
    {
        await using var database = await mariaDb.DatabaseAsync();
        await using var connection = await database.OpenAsync();
        await using var command = connection.Command("select seq from seq_1_to_3");
        await using (var reader = command.ExecuteReader())
        {
            reader.Read();
            foreach (var use in new Action[] { () => connection.Command("select 1").ExecuteScalar(), () => command.ExecuteScalar(), () => connection.BeginTransaction() })
                Assert.Contains("A reader is open", Assert.Throws<InvalidOperationException>(use).Message, StringComparison.Ordinal);
            Assert.True(reader.Read());
            Assert.Equal(2L, reader.GetInt64(0));
        }
        Assert.Equal(1ul, command.ExecuteScalar());
    }

    [Fact]
    public async Task WhatIsDisposedIsNotUsedAgain()
    {
        await using var database = await mariaDb.DatabaseAsync();
        var connection = await database.OpenAsync();
        var command = connection.Command("select 1");
        var reader = command.ExecuteReader();
        reader.Read();
        reader.Dispose();
        Assert.Throws<ObjectDisposedException>(() => reader.Read());
        Assert.Throws<ObjectDisposedException>(() => reader.GetInt32(0));
        reader.Dispose();

        var open = command.ExecuteReader();
        open.Read();
        connection.Dispose();
        Assert.True(open.IsClosed);
        Assert.Throws<ObjectDisposedException>(() => open.GetInt32(0));
        Assert.Contains("not open", Assert.Throws<InvalidOperationException>(() => command.ExecuteScalar()).Message, StringComparison.Ordinal);
        command.Dispose();
        connection.Dispose();

        connection.Open();
        Assert.Equal(1, await connection.ScalarAsync("select 1"));
        connection.Dispose();
    }

    [Fact]
    public async Task WhatIsForgottenIsClosedByTheCollector()
    {
        await using var database = await mariaDb.DatabaseAsync();
        await using var watcher = await database.OpenAsync();
        Forget(database.ConnectionString);
        for (var i = 0; i < 3; i++)
        {
            GC.Collect();
            GC.WaitForPendingFinalizers();
        }

        await UntilGoneAsync(watcher, 1);
    }

    [Fact]
    public async Task StatementsThatAreForgottenAreClosedOnTheServer()
    {
        await using var database = await mariaDb.DatabaseAsync();
        await using var connection = await database.OpenAsync();
        for (var i = 0; i < 100; i++)
        {
            await using var command = connection.Command("select " + i);
            command.ExecuteScalar();
        }
        connection.Command("select 1").Dispose();

        var statements = (await connection.RowsAsync("show session status like 'Com_stmt_%'")).ToDictionary(row => (string)row[0], row => long.Parse((string)row[1], null));
        Assert.True(statements["Com_stmt_prepare"] - statements["Com_stmt_close"] <= 2, $"{statements["Com_stmt_prepare"]} prepared, {statements["Com_stmt_close"]} closed");
    }

    [Fact]
    public void MistakesInTheStringAreToldWithoutItsValues()
    {
        using var connection = new MySqlConnection();

        Assert.Contains("\"pasword\" is no key", Assert.Throws<ArgumentException>(() => connection.ConnectionString = "pasword=geheim").Message, StringComparison.Ordinal);
        var fault = Assert.Throws<ArgumentException>(() => connection.ConnectionString = "Port=geheim");
        Assert.DoesNotContain("geheim", fault.ToString(), StringComparison.Ordinal);
    }

    [MethodImpl(MethodImplOptions.NoInlining)]
    static void Forget(string text)
    {
        for (var i = 0; i < 5; i++)
        {
            var connection = new MySqlConnection { ConnectionString = text };
            connection.Open();
            connection.Command("select seq from seq_1_to_10000").ExecuteReader().Read();
        }
    }

    static async Task UntilGoneAsync(System.Data.Common.DbConnection watcher, long left)
    {
        using var patience = new CancellationTokenSource(TimeSpan.FromMinutes(1));
        while ((long)(await watcher.ScalarAsync("select count(*) from information_schema.processlist where db = database()"))! > left)
            await Task.Delay(20, patience.Token);
    }
}
