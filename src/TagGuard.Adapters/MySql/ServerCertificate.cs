using System.Net.Security;
using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;

namespace TagGuard.Adapters.MySql;

/// <summary>`verify-full`: the certificate must be valid, for the host, and signed by an authority that is trusted.</summary>
/// <remarks>Judged in the handshake, before the server is told anything.</remarks>
sealed class ServerCertificate
{
    /// <summary>id-kp-serverAuth (RFC 5280, 4.2.1.12): what a certificate of a server may be used for, if it says.</summary>
    static readonly Oid OfServers = new("1.3.6.1.5.5.7.3.1");

    readonly X509Certificate2Collection? _authorities;

    ServerCertificate(X509Certificate2Collection? authorities) => _authorities = authorities;

    /// <summary>Why it was refused; null when it was not.</summary>
    public string? Refusal { get; private set; }

    /// <param name="file">A PEM file of authorities; null for the machine's own.</param>
    /// <exception cref="MySqlLineException">The file cannot be read, or holds none.</exception>
    public static ServerCertificate SignedBy(string? file)
    {
        if (file is null)
            return new ServerCertificate(null);
        var authorities = new X509Certificate2Collection();
        try
        {
            authorities.ImportFromPemFile(file);
        }
        catch (Exception fault) when (fault is IOException or UnauthorizedAccessException or CryptographicException)
        {
            var why = File.Exists(file) ? "cannot be read as PEM" : "is not there, or this user may not read its folder";
            var told = $"The file of `tls_ca`, {file}, {why}: copy the server's authority to it, or correct `tls_ca`.";
            throw new MySqlLineException(LineFault.Tls, told, fault);
        }
        if (authorities.Count > 0)
            return new ServerCertificate(authorities);
        throw new MySqlLineException(LineFault.Tls, $"The file of `tls_ca`, {file}, holds no certificate: copy the server's authority to it as PEM.");
    }

    /// <summary>A <see cref="RemoteCertificateValidationCallback"/>.</summary>
    public bool Accepts(object sender, X509Certificate? certificate, X509Chain? chain, SslPolicyErrors errors)
    {
        Refusal = Judge(certificate, chain, errors);
        return Refusal is null;
    }

    string? Judge(X509Certificate? certificate, X509Chain? chain, SslPolicyErrors errors)
    {
        if (certificate is not X509Certificate2 shown || chain is null)
            return "It shows no certificate";
        var isTrusted = _authorities is null ? !errors.HasFlag(SslPolicyErrors.RemoteCertificateChainErrors) : IsSigned(shown, chain);
        if (!isTrusted)
            return "Its certificate is not valid, or not signed by an authority that is trusted";
        return errors.HasFlag(SslPolicyErrors.RemoteCertificateNameMismatch) ? "Its certificate is for another host" : null;
    }

    bool IsSigned(X509Certificate2 shown, X509Chain seen)
    {
        using var chain = new X509Chain();
        var policy = chain.ChainPolicy;
        policy.TrustMode = X509ChainTrustMode.CustomRootTrust;
        policy.CustomTrustStore.AddRange(_authorities!);
        policy.ExtraStore.AddRange(seen.ChainPolicy.ExtraStore);
        policy.RevocationMode = X509RevocationMode.NoCheck;
        policy.ApplicationPolicy.Add(OfServers);
        return chain.Build(shown);
    }
}
