namespace TagGuard.Sources;

/// <summary>Waits for an answer only until told to stop, also when what is asked does not
/// listen: a pipe that nobody writes to, a mount that is gone.</summary>
public static class Bounded
{
    /// <summary>How long a question that was told to stop is given to do so. Short, for a signal ends the program within 2 s.</summary>
    public static readonly TimeSpan Grace = TimeSpan.FromSeconds(1);

    /// <param name="ask">The question; asked on another thread, which is left behind when it does not stop.</param>
    /// <param name="abandon">Told before that: what was asked is not to be touched any more, not even closed.</param>
    /// <param name="clock">The clock.</param>
    /// <param name="stop">Ends the wait.</param>
    /// <exception cref="OperationCanceledException">It was told to stop.</exception>
    public static async Task<T> AskAsync<T>(Func<CancellationToken, Task<T>> ask, Action abandon, TimeProvider clock, CancellationToken stop)
    {
        var answer = Task.Run(() => ask(stop), CancellationToken.None);
        try
        {
            return await answer.WaitAsync(stop);
        }
        catch (OperationCanceledException) when (!answer.IsCompleted)
        {
            if (await Task.WhenAny(answer, Task.Delay(Grace, clock, CancellationToken.None)) == answer)
                return await answer;
            abandon();
            // Whatever it ends with one day, nobody is left to be told.
            _ = answer.ContinueWith(
                static late => late.Exception,
                CancellationToken.None,
                TaskContinuationOptions.OnlyOnFaulted,
                TaskScheduler.Default);
            throw;
        }
    }
}
