using System.Buffers.Binary;
using System.Text;

namespace TagGuard.Adapters.Hive.Wire;

/// <summary>The handshake of SASL PLAIN (RFC 4616) as Thrift's servers in Java speak it: a status, a length in 4 bytes, and the message.</summary>
static class SaslPlain
{
    const byte Start = 1, Ok = 2, Bad = 3, Error = 4, Complete = 5;
    const int MostOfAnswer = 1 << 16;

    /// <param name="line">The line.</param>
    /// <param name="user">The user; servers want one even where they check none.</param>
    /// <param name="password">The password; likewise.</param>
    /// <param name="cancellationToken">Gives up.</param>
    /// <exception cref="UnauthorizedAccessException">The server does not let the user in; the message is its own.</exception>
    /// <exception cref="InvalidDataException">The server does not speak SASL.</exception>
    public static async Task GreetAsync(Stream line, string user, string password, CancellationToken cancellationToken)
    {
        await SendAsync(line, Start, "PLAIN"u8.ToArray(), cancellationToken);
        await SendAsync(line, Ok, Encoding.UTF8.GetBytes($"\0{user}\0{password}"), cancellationToken);
        var head = new byte[5];
        while (true)
        {
            await line.ReadExactlyAsync(head, cancellationToken);
            var length = BinaryPrimitives.ReadInt32BigEndian(head.AsSpan(1));
            if (head[0] is < Start or > Complete || length < 0 || length > MostOfAnswer)
                throw new InvalidDataException("The answer to the greeting is not one of SASL.");
            var message = new byte[length];
            await line.ReadExactlyAsync(message, cancellationToken);
            switch (head[0])
            {
                case Complete: return;
                case Bad or Error: throw new UnauthorizedAccessException(Encoding.UTF8.GetString(message));
            }
        }
    }

    static async Task SendAsync(Stream line, byte status, byte[] payload, CancellationToken cancellationToken)
    {
        var message = new byte[5 + payload.Length];
        message[0] = status;
        BinaryPrimitives.WriteInt32BigEndian(message.AsSpan(1), payload.Length);
        payload.CopyTo(message, 5);
        await line.WriteAsync(message, cancellationToken);
        await line.FlushAsync(cancellationToken);
    }
}
