using System.Data;
using System.Data.Common;
using System.Net;
using System.Net.Sockets;
using TagGuard.Adapters.MySql.Driver;
using TagGuard.RealServerTests.Support;

namespace TagGuard.RealServerTests.MySql;

/// <summary>What goes wrong is told with the server, the cause and the cure, and whether it may pass.</summary>
public sealed class ErrorTests(MariaDb mariaDb)
{
    [Theory]
    [InlineData("User ID=nobody", 1045, "Check `user` and `password`")]
    [InlineData("Password=wrong-geheim", 1045, "using password: YES")]
    [InlineData("Database=nowhere", 1049, "Create the database nowhere")]
    public async Task AServerThatDoesNotLetInSaysWhyAndShowsNoPassword(string change, int number, string expected)
    {
        await using var database = await mariaDb.DatabaseAsync();

        var fault = await Assert.ThrowsAsync<MySqlException>(async () => await database.OpenAsync(change));

        Assert.Equal((number, false), (fault.ErrorNumber, fault.IsTransient));
        Assert.StartsWith($"MySQL at 127.0.0.1:{database.Server.Port}: ", fault.Message, StringComparison.Ordinal);
        Assert.Contains(expected, fault.Message, StringComparison.Ordinal);
        Assert.DoesNotContain("geheim", fault.ToString(), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("selec 1", 1064, "42000", "")]
    [InlineData("select * from nothing", 1146, "42S02", "run `tagguard init`")]
    [InlineData("select 1; select 2", 1064, "42000", "")]
    [InlineData("load data local infile '/etc/hostname' into table t", 4166, "HY000", "")]
    [InlineData("prepare s from 'select 1'", 1295, "HY000", "only prepared statements are run")]
    public async Task AStatementThatIsWrongSaysWhyAndTheConnectionGoesOn(string sql, int number, string state, string expected)
    {
        await using var database = await mariaDb.DatabaseAsync();
        await using var connection = await database.OpenAsync();
        await connection.RunAsync("create table t (c text)");

        var fault = await Assert.ThrowsAsync<MySqlException>(() => connection.RunAsync(sql));

        Assert.Equal((number, state, false), (fault.ErrorNumber, fault.SqlState, fault.IsTransient));
        Assert.Contains(expected, fault.Message, StringComparison.Ordinal);
        Assert.Equal(1, await connection.ScalarAsync("select 1"));
    }

    [Fact]
    public async Task BadValuesAreRefusedAndNotBent()
    {
        await using var database = await mariaDb.DatabaseAsync();
        await using var connection = await database.OpenAsync();
        await connection.RunAsync("create table t (n tinyint, c varchar(2), d date)");

        foreach (var values in new[] { "(300, null, null)", "(null, 'abc', null)", "(null, null, '2026-02-30')", "(null, null, '0000-00-00')" })
            await Assert.ThrowsAsync<MySqlException>(() => connection.RunAsync("insert into t values " + values));
        Assert.Equal(0L, await connection.ScalarAsync("select count(*) from t"));
    }

    [Fact]
    public async Task AServerThatIsNotThereIsTransient()
    {
        using var listener = new TcpListener(IPAddress.Loopback, 0);
        listener.Start();
        var port = ((IPEndPoint)listener.LocalEndpoint).Port;
        listener.Stop();
        foreach (var (where, expected) in new[] { ($"Server=127.0.0.1;Port={port}", "`host`, `port`"), ("Socket=/nowhere/mysqld.sock", "`socket`") })
        {
            await using var connection = new MySqlConnection { ConnectionString = where };

            var fault = await Assert.ThrowsAsync<MySqlException>(() => connection.OpenAsync(TestContext.Current.CancellationToken));

            Assert.True(fault.IsTransient, fault.Message);
            Assert.Contains(expected, fault.Message, StringComparison.Ordinal);
            Assert.Equal(ConnectionState.Closed, connection.State);
        }
    }

    [Fact]
    public async Task AServerThatIsKilledInTheMiddleIsTransientAndANewConnectionWorksWhenItIsBack()
    {
        await using var server = await mariaDb.StartAsync();
        await using var database = await server.DatabaseAsync();
        await using var watcher = await database.OpenAsync();
        await using var connection = await database.OpenAsync();
        await using var transaction = await connection.BeginTransactionAsync(TestContext.Current.CancellationToken);
        var running = connection.ScalarAsync("select sleep(60)");
        await watcher.UntilRunsAsync("sleep(60)");

        await server.KillAsync();
        var fault = await Assert.ThrowsAsync<MySqlException>(() => running);

        Assert.True(fault.IsTransient, fault.Message);
        Assert.Contains("ended the connection", fault.Message, StringComparison.Ordinal);
        Assert.Equal(ConnectionState.Broken, connection.State);
        Assert.Contains("open a new one", (await Assert.ThrowsAsync<InvalidOperationException>(() => connection.RunAsync("do 1"))).Message, StringComparison.Ordinal);
        Assert.True((await Assert.ThrowsAsync<MySqlException>(() => watcher.RunAsync("do 1"))).IsTransient);
        await server.RestartAsync();
        await using var again = await database.OpenAsync();
        Assert.Equal(1, await again.ScalarAsync("select 1"));
    }

    [Fact]
    public async Task RowsThatBreakOffAreAnErrorAndNotAnEnd()
    {
        await using var server = await mariaDb.StartAsync();
        await using var database = await server.DatabaseAsync();
        await using var connection = await database.OpenAsync();
        await using var command = connection.Command("select seq, repeat('x', 1000) from seq_1_to_1000000");
        await using var reader = command.ExecuteReader();
        Assert.True(reader.Read());

        await server.KillAsync();
        var fault = Assert.Throws<MySqlException>(() =>
        {
            while (reader.Read())
            {
            }
        });

        Assert.True(fault.IsTransient, fault.Message);
    }

    [Fact]
    public async Task AServerThatOnlyReadsNamesThePrimary()
    {
        await using var server = await mariaDb.StartAsync();
        await using var database = await server.DatabaseAsync();
        await using var connection = await database.OpenAsync();
        await connection.RunAsync("create table t (n int)");
        await server.RunAsync("set global read_only = 1");

        var fault = await Assert.ThrowsAsync<MySqlException>(() => connection.RunAsync("insert into t values (1)"));

        Assert.Equal((1290, false), (fault.ErrorNumber, fault.IsTransient));
        Assert.Contains("Connect to the primary", fault.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task AValueThatIsTooLargeNamesTheSettingAndIsNotSent()
    {
        await using var server = await mariaDb.StartAsync("--max-allowed-packet=1M");
        await using var database = await server.DatabaseAsync();
        await using var connection = await database.OpenAsync();

        var fault = await Assert.ThrowsAsync<MySqlException>(() => connection.ScalarAsync("select length(@c)", ("c", new byte[2 * 1024 * 1024])));

        Assert.Contains("2,097,164 bytes are to be sent at once, and its max_allowed_packet is 1,048,576", fault.Message, StringComparison.Ordinal);
        Assert.Contains("raise its max_allowed_packet", fault.Message, StringComparison.Ordinal);
        Assert.Equal(3, await connection.ScalarAsync("select length(@c)", ("c", new byte[3])));
    }

    [Fact]
    public async Task ALockThatIsHeldTooLongAndADeadlockAreTransient()
    {
        await using var database = await mariaDb.DatabaseAsync();
        await using var first = await database.OpenAsync();
        await using var second = await database.OpenAsync();
        await first.RunAsync("create table t (id int primary key, n int)");
        await first.RunAsync("insert into t values (1, 0), (2, 0)");
        await second.RunAsync("set innodb_lock_wait_timeout = 1");
        await using (await first.BeginTransactionAsync(TestContext.Current.CancellationToken))
        {
            await first.RunAsync("update t set n = 1 where id = 1");
            var waited = await Assert.ThrowsAsync<MySqlException>(() => second.RunAsync("update t set n = 2 where id = 1"));
            Assert.Equal((1205, true), (waited.ErrorNumber, waited.IsTransient));
            Assert.Contains("show processlist", waited.Message, StringComparison.Ordinal);
        }

        await second.RunAsync("set innodb_lock_wait_timeout = 50");
        await using var one = await first.BeginTransactionAsync(TestContext.Current.CancellationToken);
        await using var two = await second.BeginTransactionAsync(TestContext.Current.CancellationToken);
        await first.RunAsync("update t set n = 1 where id = 1");
        await second.RunAsync("update t set n = 2 where id = 2");
        Task[] both = [first.RunAsync("update t set n = 1 where id = 2"), second.RunAsync("update t set n = 2 where id = 1")];
        var dead = await Assert.ThrowsAsync<MySqlException>(() => Task.WhenAll(both));

        Assert.Equal((1213, true), (dead.ErrorNumber, dead.IsTransient));
        Assert.Contains("run it again", dead.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task TooManyConnectionsAreTransient()
    {
        await using var server = await mariaDb.StartAsync("--max-connections=10");
        await using var database = await server.DatabaseAsync();
        var open = new List<DbConnection>();
        try
        {
            var fault = await Assert.ThrowsAsync<MySqlException>(async () =>
            {
                for (var i = 0; i < 12; i++)
                    open.Add(await database.OpenAsync());
            });
            Assert.True(fault is { ErrorNumber: 1040, IsTransient: true }, fault.Message);
        }
        finally
        {
            foreach (var connection in open)
                await connection.DisposeAsync();
        }
    }
}
