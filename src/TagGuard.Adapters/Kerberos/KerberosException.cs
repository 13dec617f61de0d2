namespace TagGuard.Adapters.Kerberos;

/// <summary>No ticket, or none that is of use.</summary>
/// <param name="message">A sentence with its cure.</param>
/// <param name="inner">What it is made of, or null.</param>
sealed class KerberosException(string message, Exception? inner = null) : Exception(message, inner)
{
    /// <summary>Whether it may be otherwise in a while.</summary>
    public bool IsTransient { get; init; }
}
