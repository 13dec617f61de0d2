namespace TagGuard.Adapters.Footers;

/// <summary>Why the files of a folder are not counted by their footers.</summary>
/// <param name="message">What stands in the way, and what to do about it.</param>
/// <param name="inner">Who said so, or null.</param>
sealed class FooterException(string message, Exception? inner = null) : Exception(message, inner)
{
    /// <summary>Whether it passes by itself: something is being written.</summary>
    public bool IsTransient { get; init; }

    /// <summary>Whether what was asked for is not there.</summary>
    public bool IsAbsent { get; init; }
}
