using TagGuard.Keys;

namespace TagGuard.Adapters;

/// <summary>How long a connection's system may take.</summary>
static class Timeouts
{
    static readonly TimeSpan Least = TimeSpan.FromSeconds(1), Most = TimeSpan.FromDays(1);

    /// <summary>What is wrong with them.</summary>
    /// <param name="timeouts">Each with its key in the plan.</param>
    public static IEnumerable<KeyMistake> Mistakes(params IEnumerable<(string Key, TimeSpan Length)> timeouts)
    {
        foreach (var (key, length) in timeouts)
        {
            if (length < Least || length > Most)
                yield return (key, "From 1s to 1d.");
        }
    }
}
