namespace TagGuard.Adapters;

/// <summary>An answer within a time, or none.</summary>
static class Within
{
    /// <param name="time">How long it may take.</param>
    /// <param name="clock">The clock.</param>
    /// <param name="ask">The question.</param>
    /// <param name="cancellationToken">Gives up.</param>
    /// <exception cref="TimeoutException">It took longer.</exception>
    public static async Task<T> AskAsync<T>(
        TimeSpan time, TimeProvider clock, Func<CancellationToken, Task<T>> ask, CancellationToken cancellationToken)
    {
        using var late = new CancellationTokenSource(time, clock);
        using var either = CancellationTokenSource.CreateLinkedTokenSource(late.Token, cancellationToken);
        try
        {
            return await ask(either.Token);
        }
        catch (Exception) when (cancellationToken.IsCancellationRequested)
        {
            throw new OperationCanceledException(cancellationToken);
        }
        catch (Exception) when (late.IsCancellationRequested)
        {
            throw new TimeoutException($"It gave no answer within {time.TotalSeconds:0} s.");
        }
        catch (OperationCanceledException fault)
        {
            // An HTTP client gives up connecting by itself, in this way.
            throw new TimeoutException($"It gave no answer: {fault.InnerException?.Message ?? fault.Message}", fault);
        }
    }
}
