using System.Globalization;
using System.Net;
using System.Net.Security;
using System.Net.Sockets;
using System.Security.Cryptography.X509Certificates;
using System.Text;

namespace TagGuard.Adapters.Ftp;

/// <summary>A connection of FTP, for commands or for bytes, and how it is made: with TLS where the plan wants it, and never without then.</summary>
sealed class FtpLine(string host, X509ChainPolicy? trusted, TimeSpan timeout, TimeProvider clock) : IAsyncDisposable
{
    const int LongestReply = 1 << 16;

    readonly byte[] _buffer = new byte[4096];
    TcpClient? _tcp;
    Stream _stream = Stream.Null;
    int _at, _end;

    public IPAddress Address => ((IPEndPoint)_tcp!.Client.RemoteEndPoint!).Address;

    public Task ConnectAsync(int port, CancellationToken cancellationToken) =>
        ConnectAsync(tcp => tcp.ConnectAsync(host, port, cancellationToken), cancellationToken);

    /// <summary>To where the commands go, whatever address the server says: it may be one of a network behind it, or another's.</summary>
    public Task ConnectAsync(IPAddress address, int port, CancellationToken cancellationToken) =>
        ConnectAsync(tcp => tcp.ConnectAsync(address, port, cancellationToken), cancellationToken);

    async Task ConnectAsync(Func<TcpClient, ValueTask> connect, CancellationToken cancellationToken)
    {
        _tcp = new TcpClient { NoDelay = true };
        await Within.AskAsync(timeout, clock, async token => { await connect(_tcp).AsTask().WaitAsync(token); return true; }, cancellationToken);
        _stream = _tcp.GetStream();
    }

    /// <summary>Servers want to see the session of the commands again where bytes travel; .NET takes it up where name and options are the
    /// same.</summary>
    public async Task EncryptAsync(CancellationToken cancellationToken)
    {
        var tls = new SslStream(_stream);
        _stream = tls;
        var options = new SslClientAuthenticationOptions { TargetHost = host, CertificateChainPolicy = trusted };
        await Within.AskAsync(
            timeout, clock, async token => { await tls.AuthenticateAsClientAsync(options, token); return true; }, cancellationToken);
    }

    public Task<int> ReadAsync(Memory<byte> bytes, CancellationToken cancellationToken) =>
        Within.AskAsync(timeout, clock, token => _stream.ReadAsync(bytes, token).AsTask(), cancellationToken);

    public async Task<FtpReply> AskAsync(string command, CancellationToken cancellationToken)
    {
        if (command.AsSpan().IndexOfAny('\r', '\n') >= 0)
            throw new FtpException("A name holds a line break, which would be a command of its own. Correct it.");
        await Within.AskAsync(
            timeout,
            clock,
            async token => { await _stream.WriteAsync(Encoding.UTF8.GetBytes(command + "\r\n"), token); return true; },
            cancellationToken);
        return await ReplyAsync(cancellationToken);
    }

    /// <summary>One reply: a line, or lines from `220-` to `220 `.</summary>
    public async Task<FtpReply> ReplyAsync(CancellationToken cancellationToken)
    {
        var line = await LineAsync(cancellationToken);
        if (line.Length < 3 || !int.TryParse(line.AsSpan(0, 3), NumberStyles.None, CultureInfo.InvariantCulture, out var code))
            throw new FtpException($"Not FTP answered but another service. Correct `host` and `port`. It says: {line[..Math.Min(line.Length, 80)]}");
        if (line.Length > 3 && line[3] == '-')
        {
            var last = line[..3] + " ";
            do
                line = await LineAsync(cancellationToken);
            while (!line.StartsWith(last, StringComparison.Ordinal));
        }
        return new FtpReply(code, line.Length > 4 ? line[4..] : "");
    }

    async Task<string> LineAsync(CancellationToken cancellationToken)
    {
        var line = new List<byte>();
        while (true)
        {
            if (_at == _end)
            {
                (_at, _end) = (0, await ReadAsync(_buffer, cancellationToken));
                if (_end == 0)
                    throw new FtpException("It closed the line. Look at the server.", isTransient: true);
            }
            var one = _buffer[_at++];
            if (one == '\n')
                return Encoding.UTF8.GetString([.. line]).TrimEnd('\r');
            line.Add(one);
            if (line.Count > LongestReply)
                throw new FtpException("Not FTP answered but another service. Correct `host` and `port`.");
        }
    }

    public async ValueTask DisposeAsync()
    {
        await _stream.DisposeAsync();
        _tcp?.Dispose();
    }
}
