using System.Text;

namespace TagGuard.Adapters.Hive.Wire;

/// <summary>The handshake of SASL PLAIN (RFC 4616).</summary>
static class SaslPlain
{
    /// <param name="line">The line.</param>
    /// <param name="user">The user; servers want one even where they check none.</param>
    /// <param name="password">The password; likewise.</param>
    /// <param name="cancellationToken">Gives up.</param>
    /// <exception cref="UnauthorizedAccessException">The server does not let the user in; the message is its own.</exception>
    /// <exception cref="InvalidDataException">The server does not speak SASL.</exception>
    public static async Task GreetAsync(Stream line, string user, string password, CancellationToken cancellationToken)
    {
        await SaslMessage.SendAsync(line, SaslMessage.Start, "PLAIN"u8.ToArray(), cancellationToken);
        await SaslMessage.SendAsync(line, SaslMessage.Ok, Encoding.UTF8.GetBytes($"\0{user}\0{password}"), cancellationToken);
        while ((await SaslMessage.ReceiveAsync(line, cancellationToken)).Status != SaslMessage.Complete)
        {
        }
    }
}
