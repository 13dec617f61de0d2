namespace TagGuard.Jobs;

/// <summary>A command line that parses, but asks for something that cannot be; says what to write instead.</summary>
sealed class UsageException(string message) : Exception(message);
