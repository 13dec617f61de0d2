using TagGuard.Facts;
using TagGuard.Sources;

namespace TagGuard.Measurements;

/// <summary>What a measurement is given.</summary>
/// <param name="Check">Name of the check.</param>
/// <param name="Day">The business date.</param>
/// <param name="Sources">The systems of the plan.</param>
/// <param name="Clock">The clock.</param>
/// <param name="Progress">Told how many rows were read so far; null when nobody looks.</param>
public sealed record MeasureContext(string Check, BusinessDay Day, ISources Sources, TimeProvider Clock, IProgress<long>? Progress = null)
{
    /// <summary>Asks again when a source does not answer; null when a question is asked once.</summary>
    public IRetry? Retry { get; init; }

    /// <summary>What was known of tags before: it stands where their table cannot be read.</summary>
    public TagTable Known { get; init; } = TagTable.Empty;

    /// <summary>Told how far the scan of a table is; null when nobody looks.</summary>
    public IProgress<ScanProgress>? Scanning { get; init; }

    /// <summary>What other checks of the stage have asked already.</summary>
    public AskedOnce Once { get; init; } = new();

    /// <summary>Told before a question is asked again.</summary>
    public Action<AskedAgain> AskedAgain { get; init; } = _ => { };

    public SeriesId Series(string metric, string key = "") => new(Check, metric, key);

    /// <summary>Asks a source, by the name of its connection: the one way in which a measurement does.</summary>
    public Task<T> AskAsync<TSource, T>(string connection, Func<TSource, CancellationToken, Task<T>> ask, CancellationToken cancellationToken)
        where TSource : ISource
    {
        var source = Sources.Get<TSource>(connection);
        return Retry is null ? ask(source, cancellationToken) : Retry.AskAsync(token => ask(source, token), AskedAgain, cancellationToken);
    }
}
