namespace TagGuard.Sources;

/// <summary>The outside world did not answer, or answered with an error.</summary>
/// <param name="source">The connection's name in the plan.</param>
/// <param name="address">Where the system is, without secrets.</param>
/// <param name="message">What went wrong and what to do about it.</param>
/// <param name="asked">What was asked: the SQL, path or request.</param>
/// <param name="inner">The driver's own error, or null.</param>
public sealed class SourceException(string source, string address, string message, string asked, Exception? inner = null)
    : Exception($"{source} ({address}): {message}", inner)
{
    public string SourceName { get; } = source;

    public string Address { get; } = address;

    public string Asked { get; } = asked;

    /// <summary>Whether the same question may succeed a little later.</summary>
    public bool IsTransient { get; init; }

    /// <summary>Whether the system answered that what was asked for is not there (yet): a partition, a file, a table.</summary>
    public bool IsAbsent { get; init; }
}
