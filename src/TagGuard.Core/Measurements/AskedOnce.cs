using System.Collections.Concurrent;

namespace TagGuard.Measurements;

/// <summary>Answers that several checks of a stage want: each is asked for once in a look at the stage. What failed is asked for again.</summary>
public sealed class AskedOnce
{
    readonly ConcurrentDictionary<object, object> _answers = new();

    /// <param name="question">What is asked, and of whom; equal by value.</param>
    /// <param name="ask">Asks, when nobody has.</param>
    public async Task<T> AskAsync<T>(object question, Func<Task<T>> ask)
        where T : notnull =>
        _answers.TryGetValue(question, out var known) ? (T)known : (T)_answers.GetOrAdd(question, await ask());
}
