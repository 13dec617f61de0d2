using TagGuard.Adapters.Kerberos;

namespace TagGuard.Adapters.Hive.Wire;

/// <summary>The handshake of SASL GSSAPI (RFC 4752): both sides show who they are, then the server says how messages may be protected, and the
/// strongest of it is taken.</summary>
static class SaslGssapi
{
    /// <summary>The levels as bits, with their names in hive.server2.thrift.sasl.qop.</summary>
    const byte Auth = 1, AuthInt = 2, AuthConf = 4;

    const int OfferBytes = 4;

    /// <param name="line">The line.</param>
    /// <param name="login">Who asks, and whom.</param>
    /// <param name="cancellationToken">Gives up.</param>
    /// <returns>What protects the messages to come; null when only the handshake was.</returns>
    /// <exception cref="KerberosException">No ticket, or the server takes none.</exception>
    public static async Task<SaslLayer?> GreetAsync(Stream line, KerberosLogin login, CancellationToken cancellationToken)
    {
        var (context, message) = await KerberosContext.BeginAsync(login, Gss.Kerberos, cancellationToken);
        try
        {
            await SaslMessage.SendAsync(line, SaslMessage.Start, "GSSAPI"u8.ToArray(), cancellationToken);
            await SaslMessage.SendAsync(line, SaslMessage.Ok, message, cancellationToken);
            while (!context.IsComplete)
            {
                message = context.Next(await AnswerAsync(line, cancellationToken));
                await SaslMessage.SendAsync(line, SaslMessage.Ok, message, cancellationToken);
            }
            var layer = LayerOf(context.Unwrap(await AnswerAsync(line, cancellationToken), encrypted: false));
            // The longest message that may come; without a layer there is none. No name behind it: as whom the ticket says.
            var most = (byte)(layer == Auth ? 0 : 0xff);
            await SaslMessage.SendAsync(
                line, SaslMessage.Complete, context.Wrap([layer, most, most, most], encrypt: false), cancellationToken);
            if ((await SaslMessage.ReceiveAsync(line, cancellationToken)).Status != SaslMessage.Complete)
                throw new InvalidDataException("The server does not end the greeting of SASL.");
            if (layer != Auth)
                return new SaslLayer(context, isEncrypted: layer == AuthConf);
            context.Dispose();
            return null;
        }
        catch (UnauthorizedAccessException fault)
        {
            context.Dispose();
            throw new KerberosException(KerberosCure.Refused(fault.Message, login), fault);
        }
        catch
        {
            context.Dispose();
            throw;
        }
    }

    /// <summary>A server that has nothing to prove is not the one that was asked for.</summary>
    static async Task<byte[]> AnswerAsync(Stream line, CancellationToken cancellationToken) =>
        await SaslMessage.ReceiveAsync(line, cancellationToken) is (SaslMessage.Ok, var payload)
            ? payload
            : throw new InvalidDataException("The server ends the greeting of SASL before it showed who it is.");

    static byte LayerOf(byte[] offer) => offer.Length != OfferBytes
        ? throw new InvalidDataException("The server's offer of how to protect messages cannot be read.")
        : offer[0] switch
        {
            var layers when (layers & AuthConf) != 0 => AuthConf,
            var layers when (layers & AuthInt) != 0 => AuthInt,
            var layers when (layers & Auth) != 0 => Auth,
            _ => throw new InvalidDataException("The server offers no way to protect messages. Look at hive.server2.thrift.sasl.qop there."),
        };
}

/// <summary>Each message is signed, or encrypted too.</summary>
sealed class SaslLayer(KerberosContext context, bool isEncrypted) : IDisposable
{
    public byte[] Wrap(ReadOnlySpan<byte> message) => context.Wrap(message, isEncrypted);

    public byte[] Unwrap(ReadOnlySpan<byte> message) => context.Unwrap(message, isEncrypted);

    public void Dispose() => context.Dispose();
}
