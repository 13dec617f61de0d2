using System.Net;
using System.Net.Sockets;

namespace TagGuard.RealServerTests.Support;

/// <summary>A line to the server that is cut after so many bytes from it: the first connection after the first number, and so on; those after
/// them stay whole. Frozen, it takes what is sent and gives nothing, as the kernel does for a server that stands still.</summary>
sealed class CuttingProxy : IAsyncDisposable
{
    readonly TcpListener _listener = new(IPAddress.Loopback, 0);
    readonly CancellationTokenSource _stop = new();
    readonly int _to;
    readonly long[] _cuts;
    readonly Task _serving;
    TaskCompletionSource _thawed = Thawed();

    /// <param name="to">The server's port on this machine.</param>
    /// <param name="cuts">After how many bytes each connection is cut.</param>
    public CuttingProxy(int to, params long[] cuts)
    {
        (_to, _cuts) = (to, cuts);
        _listener.Start();
        _serving = ServeAsync();
    }

    public int Port => ((IPEndPoint)_listener.LocalEndpoint).Port;

    /// <summary>How many connections were made.</summary>
    public int Connections { get; private set; }

    public void Freeze() => Volatile.Write(ref _thawed, new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously));

    public void Thaw() => Volatile.Read(ref _thawed).TrySetResult();

    public async ValueTask DisposeAsync()
    {
        await _stop.CancelAsync();
        await _serving;
        _listener.Dispose();
        _stop.Dispose();
    }

    static TaskCompletionSource Thawed()
    {
        var thawed = new TaskCompletionSource();
        thawed.SetResult();
        return thawed;
    }

    async Task ServeAsync()
    {
        try
        {
            while (true)
            {
                var client = await _listener.AcceptTcpClientAsync(_stop.Token);
                var cut = Connections < _cuts.Length ? _cuts[Connections] : long.MaxValue;
                Connections++;
                _ = PassAsync(client, cut);
            }
        }
        catch (OperationCanceledException)
        {
        }
    }

    async Task PassAsync(TcpClient client, long cut)
    {
        using (client)
        {
            using var server = new TcpClient("127.0.0.1", _to);
            // Torn, so that nothing of what is on its way still comes.
            client.LingerState = new LingerOption(true, 0);
            await Task.WhenAny(CopyAsync(server, client, cut), CopyAsync(client, server, long.MaxValue));
        }
    }

    async Task CopyAsync(TcpClient from, TcpClient to, long most)
    {
        var buffer = new byte[16384];
        try
        {
            while (most > 0)
            {
                var read = await from.GetStream().ReadAsync(buffer.AsMemory(0, (int)Math.Min(buffer.Length, most)), _stop.Token);
                if (read == 0)
                    return;
                await Volatile.Read(ref _thawed).Task.WaitAsync(_stop.Token);
                await to.GetStream().WriteAsync(buffer.AsMemory(0, read), _stop.Token);
                most -= read;
            }
        }
        catch (Exception fault) when (fault is OperationCanceledException or IOException or ObjectDisposedException)
        {
        }
    }
}
