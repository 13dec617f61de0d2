using System.Net;
using System.Net.Sockets;

namespace TagGuard.Adapters.Http;

/// <summary>Where the names of servers lead, as /etc/hosts says it, and the port, too. Certificates are still those of the names.</summary>
sealed class HostMap(IReadOnlyDictionary<string, string> hosts)
{
    readonly Dictionary<string, string> _hosts = new(hosts, StringComparer.OrdinalIgnoreCase);

    /// <summary>An address with or without a port; null when it is none.</summary>
    public static (string Host, int? Port)? Target(string text)
    {
        var isPlain = !text.Contains(':', StringComparison.Ordinal) || IPAddress.TryParse(text, out _);
        if (isPlain)
            return text.Length > 0 ? (text, null) : null;
        return HostPort.Parse(text) is { } server ? (server.Host.Trim('[', ']'), server.Port) : null;
    }

    public async ValueTask<Stream> ConnectAsync(SocketsHttpConnectionContext context, CancellationToken cancellationToken)
    {
        var named = context.DnsEndPoint;
        var (host, port) = _hosts.TryGetValue(named.Host, out var target) && Target(target) is { } mapped ? mapped : (named.Host, null);
        var socket = new Socket(SocketType.Stream, ProtocolType.Tcp) { NoDelay = true };
        try
        {
            await socket.ConnectAsync(host, port ?? named.Port, cancellationToken);
            return new NetworkStream(socket, ownsSocket: true);
        }
        catch
        {
            socket.Dispose();
            throw;
        }
    }
}
