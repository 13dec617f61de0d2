using System.Net;
using System.Net.Sockets;
using System.Text;

namespace TagGuard.RealServerTests.Kerberos;

/// <summary>Somebody between a client and a server of this machine, who keeps all that is said, and may change it.</summary>
sealed class ListenedLine : IAsyncDisposable
{
    /// <summary>What a handshake needs of the server, and more than a message may lose.</summary>
    const int Handshake = 600;

    readonly TcpListener _listener = new(IPAddress.Loopback, 0);
    readonly CancellationTokenSource _end = new();
    readonly MemoryStream _heard = new();
    readonly int _server;
    readonly Task _accepting;
    bool _spoils;

    public ListenedLine(int server)
    {
        _server = server;
        _listener.Start();
        _accepting = AcceptAsync();
    }

    public int Port => ((IPEndPoint)_listener.LocalEndpoint).Port;

    public bool Heard(string text)
    {
        lock (_heard)
            return Encoding.Latin1.GetString(_heard.ToArray()).Contains(text, StringComparison.Ordinal);
    }

    /// <summary>From now on a bit of what new lines bring behind their handshake is another.</summary>
    public void SpoilAnswers() => _spoils = true;

    async Task AcceptAsync()
    {
        var lines = new List<Task>();
        try
        {
            while (true)
                lines.Add(PassOnAsync(await _listener.AcceptTcpClientAsync(_end.Token)));
        }
        catch (OperationCanceledException)
        {
            await Task.WhenAll(lines);
        }
    }

    async Task PassOnAsync(TcpClient client)
    {
        using var _ = client;
        using var server = new TcpClient();
        await server.ConnectAsync(IPAddress.Loopback, _server, _end.Token);
        await Task.WhenAny(
            CopyAsync(client.GetStream(), server.GetStream(), spoils: false),
            CopyAsync(server.GetStream(), client.GetStream(), _spoils));
    }

    async Task CopyAsync(NetworkStream from, NetworkStream to, bool spoils)
    {
        var buffer = new byte[1 << 16];
        var passed = 0;
        try
        {
            while (await from.ReadAsync(buffer, _end.Token) is > 0 and var read)
            {
                lock (_heard)
                    _heard.Write(buffer, 0, read);
                // The last byte is within a message, and no length.
                passed += read;
                if (spoils && passed > Handshake)
                    buffer[read - 1] ^= 1;
                await to.WriteAsync(buffer.AsMemory(0, read), _end.Token);
            }
        }
        catch (Exception fault) when (fault is IOException or OperationCanceledException)
        {
            // One side has gone.
        }
    }

    public async ValueTask DisposeAsync()
    {
        await _end.CancelAsync();
        await _accepting;
        _listener.Stop();
        _end.Dispose();
    }
}
