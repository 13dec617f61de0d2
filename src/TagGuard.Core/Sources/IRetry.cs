namespace TagGuard.Sources;

/// <summary>Asks again when a source does not answer.</summary>
public interface IRetry
{
    /// <summary>Asks, and asks again after a while for as long as the failure <see cref="SourceException.IsTransient"/> and tries are left; the last
    /// failure goes up.</summary>
    /// <param name="ask">The question.</param>
    /// <param name="told">Told before each wait.</param>
    /// <param name="cancellationToken">Ends the question and the waits.</param>
    Task<T> AskAsync<T>(Func<CancellationToken, Task<T>> ask, Action<AskedAgain> told, CancellationToken cancellationToken);
}

/// <summary>A question that is asked again.</summary>
/// <param name="Fault">Why.</param>
/// <param name="After">How long it waits before.</param>
/// <param name="Try">Which repeat it is, from 1.</param>
/// <param name="Of">Repeats at most.</param>
public sealed record AskedAgain(SourceException Fault, TimeSpan After, int Try, int Of);
