using System.Net;
using System.Net.Sockets;

namespace TagGuard.Benchmarks;

/// <summary>What a client and a server said to each other over TCP, to be said again without the server and what it takes.</summary>
sealed class RecordedLine : IDisposable
{
    readonly TcpListener _listener = new(IPAddress.Loopback, 0);

    /// <summary>In turns: how many bytes the client sent, and what the server then answered.</summary>
    readonly List<(int Asked, byte[] Answer)> _turns = [];

    public RecordedLine() => _listener.Start();

    public int Port => ((IPEndPoint)_listener.LocalEndpoint).Port;

    public long Bytes => _turns.Sum(turn => (long)turn.Answer.Length);

    /// <summary>Passes one client's line on to a server, and keeps what is said.</summary>
    public async Task RecordAsync(int port)
    {
        using var client = await _listener.AcceptTcpClientAsync();
        using var server = new TcpClient("127.0.0.1", port) { NoDelay = true };
        client.NoDelay = true;
        var (asked, answer, buffer) = (0, new MemoryStream(), new byte[1 << 16]);
        var back = new byte[1 << 16];
        Task<int> fromClient = Read(client, buffer), fromServer = Read(server, back);
        while (true)
        {
            if (await Task.WhenAny(fromClient, fromServer) == fromClient)
            {
                if (await fromClient is not (> 0 and var length))
                    break;
                if (answer.Length > 0)
                    Turn();
                asked += length;
                await server.GetStream().WriteAsync(buffer.AsMemory(0, length));
                fromClient = Read(client, buffer);
            }
            else
            {
                if (await fromServer is not (> 0 and var length))
                    break;
                answer.Write(back, 0, length);
                await client.GetStream().WriteAsync(back.AsMemory(0, length));
                fromServer = Read(server, back);
            }
        }
        Turn();

        void Turn()
        {
            _turns.Add((asked, answer.ToArray()));
            (asked, answer) = (0, new MemoryStream());
        }
    }

    /// <summary>Says the server's part again to one client that says the same as before.</summary>
    public async Task ReplayAsync()
    {
        using var client = await _listener.AcceptTcpClientAsync();
        client.NoDelay = true;
        var buffer = new byte[1 << 16];
        foreach (var (asked, answer) in _turns)
        {
            for (var left = asked; left > 0;)
            {
                if (await client.GetStream().ReadAsync(buffer.AsMemory(0, Math.Min(left, buffer.Length))) is not (> 0 and var length))
                    return;
                left -= length;
            }
            await client.GetStream().WriteAsync(answer);
        }
    }

    /// <summary>Says the client's part, as bytes that mean nothing, and reads the answers without looking at them.</summary>
    public async Task ReadAsync()
    {
        using var client = new TcpClient("127.0.0.1", Port) { NoDelay = true };
        var buffer = new byte[1 << 16];
        foreach (var (asked, answer) in _turns)
        {
            await client.GetStream().WriteAsync(new byte[asked]);
            for (var left = answer.Length; left > 0;)
                left -= await client.GetStream().ReadAsync(buffer.AsMemory(0, Math.Min(left, buffer.Length)));
        }
    }

    public void Dispose() => _listener.Dispose();

    static Task<int> Read(TcpClient from, byte[] buffer) => from.GetStream().ReadAsync(buffer).AsTask();
}
