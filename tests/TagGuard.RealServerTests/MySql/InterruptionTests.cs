using System.Data;
using System.Net;
using System.Net.Sockets;
using TagGuard.Adapters.MySql.Driver;
using TagGuard.RealServerTests.Support;

namespace TagGuard.RealServerTests.MySql;

/// <summary>What takes too long, or is no longer wanted, is stopped: here and on the server.</summary>
public sealed class InterruptionTests(MariaDb mariaDb)
{
    [Theory]
    [InlineData("select sleep(100)")]
    [InlineData("do sleep(100)")]
    [InlineData("select count(*) from seq_1_to_1000000 a, seq_1_to_1000000 b")]
    public async Task ATokenStopsAStatementAndTheConnectionGoesOn(string sql)
    {
        await using var database = await mariaDb.DatabaseAsync();
        await using var connection = await database.OpenAsync();
        await using var watcher = await database.OpenAsync();
        await using var command = connection.Command(sql);
        using var wish = new CancellationTokenSource();
        var running = command.ExecuteScalarAsync(wish.Token);
        await watcher.UntilRunsAsync(sql);

        await wish.CancelAsync();
        var fault = await Assert.ThrowsAnyAsync<OperationCanceledException>(() => running);

        Assert.Equal(wish.Token, fault.CancellationToken);
        Assert.Equal(ConnectionState.Open, connection.State);
        Assert.Equal(1, await connection.ScalarAsync("select 1"));
        Assert.Equal(0L, await watcher.ScalarAsync("select count(*) from information_schema.processlist where (info like '%seq_1_to%' or info like '%sleep(100)%') and db = database() and id <> connection_id()"));
    }

    [Fact]
    public async Task ATokenStopsRowsInTheMiddle()
    {
        await using var database = await mariaDb.DatabaseAsync();
        await using var connection = await database.OpenAsync();
        await using var command = connection.Command("select seq, repeat('x', 1000) from seq_1_to_100000000");
        using var wish = new CancellationTokenSource();
        await using (var reader = await command.ExecuteReaderAsync(wish.Token))
        {
            Assert.True(await reader.ReadAsync(wish.Token));
            Assert.True(await reader.ReadAsync(wish.Token));
            await wish.CancelAsync();
            await Assert.ThrowsAnyAsync<OperationCanceledException>(async () =>
            {
                while (await reader.ReadAsync(wish.Token))
                {
                }
            });
        }

        // Were the rest read away, it would be a hundred gigabytes.
        Assert.Equal(1, await connection.ScalarAsync("select 1"));
    }

    [Fact]
    public async Task ATokenThatWasGivenUpBeforeTouchesNothing()
    {
        await using var database = await mariaDb.DatabaseAsync();
        await using var connection = await database.OpenAsync();
        await connection.RunAsync("create table t (n int)");
        await using var command = connection.Command("insert into t values (1)");

        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => command.ExecuteNonQueryAsync(new CancellationToken(canceled: true)));

        Assert.Equal(0L, await connection.ScalarAsync("select count(*) from t"));
    }

    [Fact]
    public async Task AStatementEndsWhenItsTimeIsOver()
    {
        await using var database = await mariaDb.DatabaseAsync();
        await using var connection = await database.OpenAsync();
        await using var command = connection.Command("select sleep(100)");
        command.CommandTimeout = 1;

        var fault = Assert.Throws<MySqlException>(() => command.ExecuteScalar());

        Assert.IsType<TimeoutException>(fault.InnerException);
        Assert.Contains("stopped after 1 s", fault.Message, StringComparison.Ordinal);
        Assert.Equal(1, await connection.ScalarAsync("select 1"));
    }

    [Fact]
    public async Task CancelStopsWhatAnotherThreadRuns()
    {
        await using var database = await mariaDb.DatabaseAsync();
        await using var connection = await database.OpenAsync();
        await using var watcher = await database.OpenAsync();
        await using var command = connection.Command("select sleep(100)");
        var running = command.ExecuteScalarAsync(TestContext.Current.CancellationToken);
        await watcher.UntilRunsAsync("sleep(100)");

        command.Cancel();

        Assert.Equal(1317, (await Assert.ThrowsAsync<MySqlException>(() => running)).ErrorNumber);
        Assert.Equal(1, await connection.ScalarAsync("select 1"));
    }

    [Fact]
    public async Task ASilentServerIsLostAfterTheReadTimeout()
    {
        await using var database = await mariaDb.DatabaseAsync();
        await using var connection = await database.OpenAsync("ReadTimeout=1;DefaultCommandTimeout=0");

        var fault = await Assert.ThrowsAsync<MySqlException>(() => connection.ScalarAsync("select sleep(100)"));

        Assert.True(fault.IsTransient, fault.Message);
        Assert.Equal(ConnectionState.Broken, connection.State);
    }

    [Theory]
    [InlineData("WriteTimeout=1;DefaultCommandTimeout=0", 40, false)]
    [InlineData("ReadTimeout=1;DefaultCommandTimeout=0", 0, false)]
    [InlineData("DefaultCommandTimeout=1", 0, true)]
    public async Task AServerThatHangsIsLostWhenTheTimeIsOver(string timeouts, int megabytes, bool isStopped)
    {
        await using var server = await mariaDb.StartAsync();
        await using var database = await server.DatabaseAsync();
        await using var connection = await database.OpenAsync(timeouts);
        await using var command = connection.Command("select length(@c)", ("c", new byte[megabytes * 1024 * 1024]));
        command.ExecuteScalar();
        await server.PauseAsync();

        var fault = Assert.Throws<MySqlException>(() => command.ExecuteScalar());
        await server.KillAsync();

        // A statement that was stopped took too long, whoever is to blame; a line that was lost may be there again in a moment.
        Assert.Equal(!isStopped, fault.IsTransient);
        Assert.Equal(ConnectionState.Broken, connection.State);
    }

    [Fact]
    public async Task AServerThatTakesTheCallAndSaysNothingIsGivenUp()
    {
        using var listener = new TcpListener(IPAddress.Loopback, 0);
        listener.Start();
        await using var connection = new MySqlConnection { ConnectionString = $"Server=127.0.0.1;Port={((IPEndPoint)listener.LocalEndpoint).Port};ConnectionTimeout=1;ReadTimeout=2" };

        var fault = await Assert.ThrowsAsync<MySqlException>(() => connection.OpenAsync(TestContext.Current.CancellationToken));
        using var wish = new CancellationTokenSource();
        var opening = connection.OpenAsync(wish.Token);
        await wish.CancelAsync();

        Assert.True(fault.IsTransient, fault.Message);
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => opening);
    }

    [Fact]
    public async Task WhenTheServerCannotBeAskedToStopTheLineIsTorn()
    {
        await using var server = await mariaDb.StartAsync("--max-connections=10");
        await using var database = await server.DatabaseAsync();
        await using var connection = await database.OpenAsync();
        await using var watcher = await database.OpenAsync();
        await using var command = connection.Command("select sleep(100)");
        using var wish = new CancellationTokenSource();
        var running = command.ExecuteScalarAsync(wish.Token);
        await watcher.UntilRunsAsync("sleep(100)");
        await server.RunAsync($"alter user {MariaDbServer.User}@'%' account lock");

        await wish.CancelAsync();

        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => running);
        Assert.Equal(ConnectionState.Broken, connection.State);
    }
}
