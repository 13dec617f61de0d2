namespace TagGuard.Storage;

/// <summary>How long a message waits for its next attempt.</summary>
public static class OutboxDelay
{
    /// <summary>The longest: an hour.</summary>
    public static readonly TimeSpan Longest = TimeSpan.FromHours(1);

    static readonly TimeSpan First = TimeSpan.FromMinutes(1);

    /// <summary>After so many it is given up: a day and more, as the delays add up.</summary>
    public const int MostAttempts = 40;

    /// <summary>Twice as long after each attempt, and by chance up to half of it shorter, so that many machines do not come at once.</summary>
    /// <param name="attempts">Attempts that failed, from 1.</param>
    /// <param name="chance">From 0 to 1.</param>
    public static TimeSpan After(int attempts, double chance)
    {
        var longest = First * Math.Pow(2, Math.Min(attempts - 1, 10));
        return (longest < Longest ? longest : Longest) * (1 - (chance / 2));
    }
}
