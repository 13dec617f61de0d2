using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;

namespace TagGuard.Adapters;

/// <summary>The authorities of a PEM file that may sign a server's certificate, in place of the machine's.</summary>
static class TrustedAuthorities
{
    /// <param name="file">Its full path.</param>
    /// <param name="key">The plan's key that names it, for messages.</param>
    /// <exception cref="InvalidDataException">It cannot be read, or holds none; the message is a sentence.</exception>
    public static X509ChainPolicy Of(string file, string key)
    {
        var policy = new X509ChainPolicy { TrustMode = X509ChainTrustMode.CustomRootTrust, RevocationMode = X509RevocationMode.NoCheck };
        try
        {
            policy.CustomTrustStore.ImportFromPemFile(file);
        }
        catch (Exception fault) when (fault is IOException or UnauthorizedAccessException or CryptographicException)
        {
            throw new InvalidDataException(
                $"The file of `{key}`, {file}, cannot be read as PEM: copy the server's authority to it, or correct `{key}`.", fault);
        }
        return policy.CustomTrustStore.Count > 0
            ? policy
            : throw new InvalidDataException($"The file of `{key}`, {file}, holds no certificate: copy the server's authority to it as PEM.");
    }
}
