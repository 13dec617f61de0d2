namespace TagGuard.Adapters.Sources;

/// <summary>What systems say while they work on a question: their logs, and how far they are. For people who watch (`--verbose`); nothing is judged
/// by it, and a system that says nothing is asked nothing more.</summary>
public static class SourceLog
{
    /// <summary>Gets the system's address and a line of its own words. Called from many threads.</summary>
    public static event Action<string, string>? Told;

    /// <summary>Whether anybody listens: asking a server for its log costs a call.</summary>
    internal static bool IsHeard => Told is not null;

    internal static void Tell(string system, string line)
    {
        if (line.Trim() is { Length: > 0 } said)
            Told?.Invoke(system, said);
    }
}
