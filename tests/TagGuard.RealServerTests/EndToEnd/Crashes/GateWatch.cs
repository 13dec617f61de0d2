using TagGuard.Adapters.MySql;

namespace TagGuard.RealServerTests.EndToEnd.Crashes;

/// <summary>Looks at the gates of a date again and again while it is run, as other programs do.</summary>
sealed class GateWatch(CrashSite site, string date, Action<Dictionary<string, string>> look)
{
    static readonly TimeSpan Pause = TimeSpan.FromMilliseconds(10);

    /// <summary>Watches for as long as some work takes, and throws what the look threw. Returns how often it looked.</summary>
    public async Task<int> DuringAsync(Func<Task> work)
    {
        using var ended = CancellationTokenSource.CreateLinkedTokenSource(TestContext.Current.CancellationToken);
        var watching = WatchAsync(ended.Token);
        try
        {
            await work();
        }
        finally
        {
            await ended.CancelAsync();
            await watching;
        }
        return await watching;
    }

    async Task<int> WatchAsync(CancellationToken ended)
    {
        var looks = 0;
        while (!ended.IsCancellationRequested)
        {
            try
            {
                await using var connection = await site.LookAsync();
                var tables = new CrashTables(connection, date);
                for (; !ended.IsCancellationRequested; looks++)
                {
                    look(await tables.OpenAsync());
                    await Task.Delay(Pause, TestContext.Current.CancellationToken);
                }
            }
            catch (Exception fault) when (ServerFault.IsTransient(fault))
            {
                // The server was killed: on with it when it is back.
                await Task.Delay(Pause, TestContext.Current.CancellationToken);
            }
        }
        return looks;
    }
}
