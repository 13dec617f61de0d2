namespace TagGuard.Adapters.Sources.Sql;

/// <summary>A system did not answer, or answered with an error. Never leaves this room:
/// <see cref="SqlSource{TSession}"/> adds the connection's name and place.</summary>
/// <param name="message">What went wrong and what to do about it.</param>
/// <param name="inner">The system's own error, or null.</param>
class SqlFault(string message, Exception? inner = null) : Exception(message, inner)
{
    /// <summary>The SQL that failed, when it is another than the question.</summary>
    public string? Asked { get; init; }

    public bool IsTransient { get; init; }

    public bool IsAbsent { get; init; }

    /// <summary>Whether the system answered, and the question is wrong: a column that is not there, no SQL.</summary>
    public bool IsWrongQuestion { get; init; }
}

/// <summary>What was asked for is not there (yet).</summary>
sealed class DataAbsentException : SqlFault
{
    public DataAbsentException(string message) : base(message) => IsAbsent = true;
}
