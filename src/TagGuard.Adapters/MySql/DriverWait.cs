using System.Globalization;
using MySqlConnector;

namespace TagGuard.Adapters.MySql;

/// <summary>
/// Waits for the driver, but not for ever: it has no limit for sending, and none for stopping what was given up when a server hangs. What is not
/// waited for any more is left to itself, with its thread and its connection.
/// </summary>
static class DriverWait
{
    /// <summary>How long the driver may take for what it ends by itself: to stop a statement, and to close.</summary>
    static readonly TimeSpan Grace = (2 * ConnectionKeys.TimeToStop) + TimeSpan.FromSeconds(5);

    /// <summary>Waits for a connection, which the driver gives up by itself unless the server hangs in the middle of TLS.</summary>
    /// <exception cref="MySqlLineException">The server stood still for longer than connecting may take.</exception>
    /// <exception cref="OperationCanceledException">The caller gave up.</exception>
    public static Task ForLineAsync(Func<Task> work, TimeSpan limit, CancellationToken cancellationToken) =>
        ForAsync(() => DoneAsync(work()), limit + TimeSpan.FromSeconds(1), TimeSpan.Zero, "`connect_timeout`", cancellationToken);

    /// <summary>Waits for the answer to a statement.</summary>
    /// <exception cref="MySqlLineException">The server stood still for longer than a statement may take.</exception>
    /// <exception cref="OperationCanceledException">The caller gave up.</exception>
    public static Task<T> ForAsync<T>(Func<Task<T>> work, MySqlServer server, CancellationToken cancellationToken) =>
        ForAsync(work, server.ReadTimeout + server.WriteTimeout + Grace, Grace, "`read_timeout`, `write_timeout`", cancellationToken);

    /// <summary>The same for what has no result.</summary>
    public static Task<bool> ForAsync(Func<Task> work, MySqlServer server, CancellationToken cancellationToken) =>
        ForAsync(() => DoneAsync(work()), server, cancellationToken);

    /// <summary>The same for a caller that waits on its thread: with less to compile when the program starts.</summary>
    public static T For<T>(Func<Task<T>> work, MySqlServer server, CancellationToken cancellationToken)
    {
        var working = Task.Run(work, CancellationToken.None);
        var limit = server.ReadTimeout + server.WriteTimeout + Grace;
        return Ends(working, limit, cancellationToken) ? working.GetAwaiter().GetResult() : throw Silence(limit, "`read_timeout`, `write_timeout`");
    }

    /// <summary>Lets go of a part as <see cref="CloseAsync"/> does, on a thread that waits.</summary>
    public static void Close(IAsyncDisposable part)
    {
        var closing = Task.Run(() => part.DisposeAsync().AsTask());
        if (Ends(closing, Grace, CancellationToken.None) && closing.Exception?.InnerException is { } fault && !IsOfLostLine(fault))
            closing.GetAwaiter().GetResult();
    }

    /// <summary>Lets go of a connection, a reader or a transaction, whatever state it is in. A server undoes what a lost client had begun.</summary>
    /// <param name="part">What is closed.</param>
    /// <param name="running">What the server is asked to stop before; null when nothing runs.</param>
    public static async Task CloseAsync(IAsyncDisposable part, MySqlCommand? running = null)
    {
        var closing = Task.Run(async () =>
        {
            running?.Cancel();
            await part.DisposeAsync();
        });
        var hasEnded = await EndsAsync(closing, Grace, TimeSpan.Zero, CancellationToken.None);
        if (hasEnded && closing.Exception?.InnerException is { } fault && !IsOfLostLine(fault))
            await closing;
    }

    /// <summary>On a thread of the pool: some of what the driver does waits without giving its thread back.</summary>
    static async Task<T> ForAsync<T>(Func<Task<T>> work, TimeSpan limit, TimeSpan grace, string keys, CancellationToken cancellationToken)
    {
        var working = Task.Run(work, CancellationToken.None);
        if (!working.IsCompleted && !await EndsAsync(working, limit, grace, cancellationToken))
        {
            cancellationToken.ThrowIfCancellationRequested();
            throw Silence(limit, keys);
        }
        return await working;
    }

    static MySqlLineException Silence(TimeSpan limit, string keys)
    {
        var told = string.Create(CultureInfo.InvariantCulture, $"No answer within {limit.TotalSeconds:0} s ({keys})");
        return new MySqlLineException(LineFault.Silent, $"{told}. Look whether the server hangs, then run this again.");
    }

    /// <exception cref="OperationCanceledException">The caller gave up, and the driver did not stop in time.</exception>
    static bool Ends(Task work, TimeSpan limit, CancellationToken cancellationToken)
    {
        var answer = ((IAsyncResult)work).AsyncWaitHandle;
        if (WaitHandle.WaitAny([answer, cancellationToken.WaitHandle], limit) == 0)
            return true;
        // The driver asks the server to stop, and mostly succeeds.
        if (cancellationToken.IsCancellationRequested && answer.WaitOne(Grace))
            return true;
        _ = work.ContinueWith(static late => late.Exception, CancellationToken.None, TaskContinuationOptions.OnlyOnFaulted, TaskScheduler.Default);
        cancellationToken.ThrowIfCancellationRequested();
        return false;
    }

    /// <summary>The driver says with these that a connection is lost, or still in use by what was given up.</summary>
    static bool IsOfLostLine(Exception fault) => ServerFault.Is(fault) || fault is InvalidOperationException or NotSupportedException;

    /// <summary>False when it was given up; its fault, which nobody awaits any more, is then nobody's.</summary>
    static async Task<bool> EndsAsync(Task work, TimeSpan limit, TimeSpan grace, CancellationToken cancellationToken)
    {
        using var ended = new CancellationTokenSource();
        var isOver = await Task.WhenAny(work, LapseAsync(limit, grace, cancellationToken, ended.Token)) == work;
        await ended.CancelAsync();
        if (!isOver)
        {
            _ = work.ContinueWith(
                static late => late.Exception, CancellationToken.None, TaskContinuationOptions.OnlyOnFaulted, TaskScheduler.Default);
        }
        return isOver;
    }

    static async Task LapseAsync(TimeSpan limit, TimeSpan grace, CancellationToken cancellationToken, CancellationToken ended)
    {
        using var either = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken, ended);
        await Task.Delay(limit, either.Token).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        // The driver asks the server to stop, and mostly succeeds.
        if (cancellationToken.IsCancellationRequested)
            await Task.Delay(grace, ended).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
    }

    static async Task<bool> DoneAsync(Task work)
    {
        await work;
        return true;
    }
}
