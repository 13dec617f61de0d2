using System.Security.Authentication;

namespace TagGuard.Adapters.MySql;

/// <summary>Faults of connecting to which the driver gives the number of a server that is away: told for what they are.</summary>
static class LineFaults
{
    public const string LoginCure =
        "The user's way to log in (its authentication plugin) cannot be used here: use TLS with verify-full, "
        + "or a user with caching_sha2_password or mysql_native_password.";

    // The driver's words; its number and the inner exceptions do not tell these apart.
    const string NoTls = "does not support SSL";
    const string NoLogin = "Authentication method";
    const string NoSocket = "Cannot find Unix Socket";

    public const string SocketCure = "Check that the server runs on this machine, and `socket`.";

    /// <param name="fault">What the driver threw while connecting.</param>
    /// <param name="certificate">The judge of the server's certificate; null when nobody asks.</param>
    /// <param name="server">Where it was asked.</param>
    /// <returns>Null when it is what it says.</returns>
    public static MySqlLineException? Of(Exception fault, ServerCertificate? certificate, MySqlServer server)
    {
        if (certificate?.Refusal is { } refusal)
            return Tls($"{refusal}. {CertificateCure(server)}", fault);
        if (fault.Message.Contains(NoSocket, StringComparison.Ordinal))
            return new MySqlLineException(LineFault.Absent, $"There is no such socket. {SocketCure}", fault);
        if (fault.Message.Contains(NoTls, StringComparison.Ordinal))
            return Tls("The server has no TLS: give it a certificate (ssl_cert, ssl_key), or write `tls: off` if the network may be trusted.", fault);
        if (fault.InnerException is AuthenticationException)
            return Tls("No TLS came about. Check the server's TLS settings: version 1.2 or later.", fault);
        return fault is NotSupportedException || fault.Message.Contains(NoLogin, StringComparison.Ordinal)
            ? new MySqlLineException(LineFault.Login, $"{fault.Message.TrimEnd('.')}. {LoginCure}", fault)
            : null;
    }

    static string CertificateCure(MySqlServer server)
    {
        var trusted = server.TlsCa is null ? " (or of this machine)" : $" ({server.TlsCa})";
        return $"It must be valid, be issued for {server.Host}, and be signed by an authority of `tls_ca`{trusted}; "
            + "`tls: required` encrypts without asking who answers.";
    }

    static MySqlLineException Tls(string message, Exception fault) => new(LineFault.Tls, message, fault);
}
