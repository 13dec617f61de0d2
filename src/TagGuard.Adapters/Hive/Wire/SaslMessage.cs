using System.Buffers.Binary;
using System.Text;

namespace TagGuard.Adapters.Hive.Wire;

/// <summary>Messages of a handshake of SASL as Thrift's servers in Java speak it: a status, a length in 4 bytes, and what is said.</summary>
static class SaslMessage
{
    public const byte Start = 1, Ok = 2, Complete = 5;

    const byte Bad = 3, Error = 4;
    const int HeadBytes = 5;
    const int MostOfAnswer = 1 << 16;

    public static async Task SendAsync(Stream line, byte status, ReadOnlyMemory<byte> payload, CancellationToken cancellationToken)
    {
        var message = new byte[HeadBytes + payload.Length];
        message[0] = status;
        BinaryPrimitives.WriteInt32BigEndian(message.AsSpan(1), payload.Length);
        payload.CopyTo(message.AsMemory(HeadBytes));
        await line.WriteAsync(message, cancellationToken);
        await line.FlushAsync(cancellationToken);
    }

    /// <returns>The status, which is that it goes on or is complete, and what is said.</returns>
    /// <exception cref="UnauthorizedAccessException">The server does not let the user in; the message is its own.</exception>
    /// <exception cref="InvalidDataException">The server does not speak SASL.</exception>
    public static async Task<(byte Status, byte[] Payload)> ReceiveAsync(Stream line, CancellationToken cancellationToken)
    {
        var head = new byte[HeadBytes];
        await line.ReadExactlyAsync(head, cancellationToken);
        var length = BinaryPrimitives.ReadInt32BigEndian(head.AsSpan(1));
        if (head[0] is < Start or > Complete || length < 0 || length > MostOfAnswer)
            throw new InvalidDataException("The answer to the greeting is not one of SASL.");
        var message = new byte[length];
        await line.ReadExactlyAsync(message, cancellationToken);
        return head[0] is Bad or Error ? throw new UnauthorizedAccessException(Encoding.UTF8.GetString(message)) : (head[0], message);
    }
}
