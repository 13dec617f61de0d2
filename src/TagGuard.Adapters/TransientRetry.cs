using Polly;
using Polly.Retry;
using TagGuard.Sources;

namespace TagGuard.Adapters;

/// <summary>Asks a source that did not answer three times more: after about one, two and four
/// seconds, each a little off so that not all come back at once.</summary>
public sealed class TransientRetry(TimeProvider clock) : IRetry
{
    const int Tries = 3;

    static readonly TimeSpan First = TimeSpan.FromSeconds(1);

    static readonly ResiliencePropertyKey<Action<AskedAgain>> Told = new(nameof(Told));

    readonly ResiliencePipeline _pipeline = new ResiliencePipelineBuilder { TimeProvider = clock }.AddRetry(new RetryStrategyOptions
    {
        ShouldHandle = new PredicateBuilder().Handle<SourceException>(fault => fault.IsTransient),
        MaxRetryAttempts = Tries,
        Delay = First,
        BackoffType = DelayBackoffType.Exponential,
        UseJitter = true,
        OnRetry = retry =>
        {
            if (retry.Context.Properties.TryGetValue(Told, out var told))
                told(new AskedAgain((SourceException)retry.Outcome.Exception!, retry.RetryDelay, retry.AttemptNumber + 1, Tries));
            return ValueTask.CompletedTask;
        },
    }).Build();

    public async Task<T> AskAsync<T>(Func<CancellationToken, Task<T>> ask, Action<AskedAgain> told, CancellationToken cancellationToken)
    {
        var context = ResilienceContextPool.Shared.Get(cancellationToken);
        context.Properties.Set(Told, told);
        try
        {
            return await _pipeline.ExecuteAsync(async each => await ask(each.CancellationToken), context);
        }
        finally
        {
            ResilienceContextPool.Shared.Return(context);
        }
    }
}
