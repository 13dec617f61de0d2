using System.Data.Common;

namespace TagGuard.RealServerTests.MySql;

/// <summary>Waits until a server shows something, and says what it was when it does not come.</summary>
static class Waiting
{
    /// <summary>Until some statement of the server is at this, as `show processlist` has it.</summary>
    public static async Task UntilRunsAsync(this DbConnection watcher, string sqlPart)
    {
        using var patience = CancellationTokenSource.CreateLinkedTokenSource(TestContext.Current.CancellationToken);
        patience.CancelAfter(TimeSpan.FromMinutes(1));
        while ((long)
                (
                    await watcher.ScalarAsync(
                        "select count(*) from information_schema.processlist where id <> connection_id() and db = database() and info like @part",
                        ("part", $"%{sqlPart}%"))
                )! == 0)
            await Task.Delay(20, patience.Token);
    }

    /// <summary>Until the server has noticed that whoever came over the network is gone, and has
    /// undone what they left. The watcher comes over the unix socket.</summary>
    public static async Task UntilNetworkIsQuietAsync(this DbConnection watcher)
    {
        using var patience = CancellationTokenSource.CreateLinkedTokenSource(TestContext.Current.CancellationToken);
        patience.CancelAfter(TimeSpan.FromMinutes(1));
        while ((long)(await watcher.ScalarAsync("select count(*) from information_schema.processlist where host like '127.0.0.1:%'"))! > 0)
            await Task.Delay(5, patience.Token);
    }

    /// <summary>Until nobody else is in the watcher's database: a server takes a moment to let go of whoever was stopped.</summary>
    public static async Task UntilAloneAsync(this DbConnection watcher)
    {
        using var patience = CancellationTokenSource.CreateLinkedTokenSource(TestContext.Current.CancellationToken);
        patience.CancelAfter(TimeSpan.FromMinutes(1));
        while (
            (long)(await watcher.ScalarAsync("select count(*) from information_schema.processlist where db = database() and id <> connection_id()"))!
            > 0)
            await Task.Delay(5, patience.Token);
    }
}
