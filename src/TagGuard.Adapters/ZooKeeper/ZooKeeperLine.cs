using System.Buffers.Binary;
using System.Net.Sockets;
using System.Text;

namespace TagGuard.Adapters.ZooKeeper;

/// <summary>A session with ZooKeeper that only lists: its own protocol, packets of four bytes of length and Jute's big-endian records
/// (src/zookeeper.jute of ZooKeeper, unchanged since 3.4). There is no client in the package registry for one call.</summary>
sealed class ZooKeeperLine : IDisposable
{
    const int GetChildren = 8, CloseSession = -11;
    const int Ok = 0, NoNode = -101, NoAuth = -102;
    const int SessionMilliseconds = 30_000;
    const int PasswordBytes = 16;

    /// <summary>A server sends packets of up to 1 MB (jute.maxbuffer) unless told otherwise.</summary>
    const int MostBytes = 16 << 20;

    readonly Socket _socket = new(SocketType.Stream, ProtocolType.Tcp) { NoDelay = true };
    int _request;

    /// <exception cref="InvalidDataException">What answers is no ZooKeeper.</exception>
    public static async Task<ZooKeeperLine> OpenAsync(HostPort server, CancellationToken cancellationToken)
    {
        var line = new ZooKeeperLine();
        try
        {
            await line._socket.ConnectAsync(server.Host, server.Port, cancellationToken);
            // ConnectRequest: protocolVersion, lastZxidSeen, timeOut, sessionId, passwd.
            await line.SendAsync([.. Int(0), .. Long(0), .. Int(SessionMilliseconds), .. Long(0), .. Int(PasswordBytes), .. new byte[PasswordBytes]],
                cancellationToken);
            var answer = new Packet(await line.ReceiveAsync(cancellationToken));
            var (version, timeout) = (answer.Int(), answer.Int());
            return version == 0 && timeout > 0 ? line : throw new InvalidDataException("It opened no session");
        }
        catch
        {
            line.Dispose();
            throw;
        }
    }

    /// <summary>The names of the nodes under a path; null where there is no such path.</summary>
    public async Task<IReadOnlyList<string>?> ChildrenAsync(string path, CancellationToken cancellationToken)
    {
        var text = Encoding.UTF8.GetBytes(path);
        var request = ++_request;
        await SendAsync([.. Int(request), .. Int(GetChildren), .. Int(text.Length), .. text, 0], cancellationToken);
        var answer = new Packet(await ReceiveAsync(cancellationToken));
        if (answer.Int() != request)
            throw new InvalidDataException("It answered something that was not asked");
        answer.Long();
        var error = answer.Int();
        if (error == NoNode)
            return null;
        if (error != Ok)
            throw new InvalidDataException(error == NoAuth ? $"It lets nobody list {path} without a login" : $"It refused to list {path}: {error}");
        var names = new string[answer.Count()];
        for (var i = 0; i < names.Length; i++)
            names[i] = answer.Text();
        await SendAsync([.. Int(++_request), .. Int(CloseSession)], cancellationToken);
        return names;
    }

    public void Dispose() => _socket.Dispose();

    async Task SendAsync(byte[] packet, CancellationToken cancellationToken)
    {
        ReadOnlyMemory<byte> left = (byte[])[.. Int(packet.Length), .. packet];
        while (left.Length > 0)
            left = left[await _socket.SendAsync(left, cancellationToken)..];
    }

    async Task<byte[]> ReceiveAsync(CancellationToken cancellationToken)
    {
        var length = BinaryPrimitives.ReadInt32BigEndian(await BytesAsync(sizeof(int), cancellationToken));
        return length is >= 0 and <= MostBytes
            ? await BytesAsync(length, cancellationToken)
            : throw new InvalidDataException("What answers is no ZooKeeper");
    }

    async Task<byte[]> BytesAsync(int length, CancellationToken cancellationToken)
    {
        var bytes = new byte[length];
        for (var have = 0; have < length;)
        {
            var got = await _socket.ReceiveAsync(bytes.AsMemory(have), cancellationToken);
            have += got > 0 ? got : throw new EndOfStreamException("It closed the line");
        }
        return bytes;
    }

    static byte[] Int(int value)
    {
        var bytes = new byte[sizeof(int)];
        BinaryPrimitives.WriteInt32BigEndian(bytes, value);
        return bytes;
    }

    static byte[] Long(long value)
    {
        var bytes = new byte[sizeof(long)];
        BinaryPrimitives.WriteInt64BigEndian(bytes, value);
        return bytes;
    }

    /// <summary>An answer, read from its beginning.</summary>
    sealed class Packet(byte[] bytes)
    {
        int _at;

        public int Int() => BinaryPrimitives.ReadInt32BigEndian(Next(sizeof(int)));

        public long Long() => BinaryPrimitives.ReadInt64BigEndian(Next(sizeof(long)));

        /// <summary>How many texts follow, each of four bytes or more.</summary>
        public int Count() =>
            Int() is var count && count >= 0 && count <= (bytes.Length - _at) / sizeof(int)
                ? count
                : throw new InvalidDataException("Its answer is cut");

        public string Text() => Encoding.UTF8.GetString(Next(Int()));

        ReadOnlySpan<byte> Next(int length)
        {
            if (length < 0 || length > bytes.Length - _at)
                throw new InvalidDataException("Its answer is cut");
            return bytes.AsSpan((_at += length) - length, length);
        }
    }
}
