namespace TagGuard.Deliveries;

/// <summary>A mail server cannot be reached, is not the one that it should be, or does not let us in.</summary>
/// <param name="message">What went wrong and what to do; it holds no secret.</param>
/// <param name="inner">The error; may be null.</param>
public sealed class MailException(string message, Exception? inner = null) : Exception(message, inner)
{
    /// <summary>Whether it broke off while a mail was handed over, so that nobody knows whether it was taken.</summary>
    public bool IsDoubtful { get; init; }
}
