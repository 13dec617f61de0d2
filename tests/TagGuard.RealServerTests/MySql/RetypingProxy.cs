using System.Buffers.Binary;
using System.Net;
using System.Net.Sockets;

namespace TagGuard.RealServerTests.MySql;

/// <summary>Stands before a server and gives its columns a type that the server does not know: MySQL's JSON and VECTOR on MariaDB. Plain text, one connection.</summary>
sealed class RetypingProxy : IAsyncDisposable
{
    /// <summary>Behind the type of a column stand its flags, decimals and two bytes of nothing: dev.mysql.com/doc/dev/mysql-server/latest/page_protocol_com_query_response_text_resultset_column_definition.html.</summary>
    const int TypeFromEnd = 6;

    readonly TcpListener _listener = new(IPAddress.Loopback, 0);
    readonly byte _type;
    readonly Task _running;

    public RetypingProxy(int port, byte type)
    {
        _type = type;
        _listener.Start();
        _running = RunAsync(port);
    }

    public int Port => ((IPEndPoint)_listener.LocalEndpoint).Port;

    public async ValueTask DisposeAsync()
    {
        _listener.Stop();
        await _running;
    }

    async Task RunAsync(int port)
    {
        try
        {
            using var client = await _listener.AcceptTcpClientAsync();
            using var server = new TcpClient("127.0.0.1", port);
            var (toServer, toClient) = (server.GetStream(), client.GetStream());
            await Task.WhenAny(toClient.CopyToAsync(toServer), AnswersAsync(toServer, toClient));
        }
        catch (Exception ended) when (ended is SocketException or IOException or OperationCanceledException)
        {
        }
    }

    async Task AnswersAsync(NetworkStream from, NetworkStream to)
    {
        var head = new byte[4];
        while (await from.ReadAtLeastAsync(head, head.Length, throwOnEndOfStream: false) == head.Length)
        {
            var packet = new byte[BinaryPrimitives.ReadInt32LittleEndian(head) & 0xFFFFFF];
            await from.ReadExactlyAsync(packet);
            if (packet.AsSpan().StartsWith("\u0003def"u8))
                packet[^TypeFromEnd] = _type;
            await to.WriteAsync((byte[])[.. head, .. packet]);
        }
    }
}
