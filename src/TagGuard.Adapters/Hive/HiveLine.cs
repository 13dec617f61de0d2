using System.Net;
using System.Net.Http.Headers;
using System.Net.Security;
using System.Net.Sockets;
using System.Text;
using TagGuard.Adapters.Hive.Wire;
using TagGuard.Adapters.Kerberos;
using TagGuard.Adapters.ZooKeeper;
using Thrift;
using Thrift.Transport;
using Thrift.Transport.Client;

namespace TagGuard.Adapters.Hive;

/// <summary>Opens lines to the servers of a connection.</summary>
sealed class HiveLine(HiveConnectionPlan plan, string folder, TimeProvider clock)
{
    /// <summary>The longest message: a page of long texts is some megabytes.</summary>
    const int LongestMessage = 256 << 20;

    /// <summary>What is sent where nobody looks at it; the servers refuse an empty one.</summary>
    const string AnyPassword = "x";

    public string Password => plan.Password ?? AnyPassword;

    /// <summary>A line to the first server that answers.</summary>
    /// <param name="greet">The first question: over HTTP, only it shows whether a server is there.</param>
    /// <param name="cancellationToken">Gives up.</param>
    /// <returns>The client, the server that it reached, and its first answer.</returns>
    public async Task<(HiveClient Client, HostPort Server, T Answer)> OpenAsync<T>(
        Func<HiveClient, Task<T>> greet, CancellationToken cancellationToken)
    {
        var servers = plan.Zookeeper is null
            ? plan.Servers
            : await Registry.ServersAsync(plan.Zookeeper, plan.ConnectTimeout, clock, cancellationToken);
        for (var i = 0; ; i++)
        {
            HiveClient? client = null;
            try
            {
                client = await OpenAsync(servers[i], cancellationToken);
                return (client, servers[i], await greet(client));
            }
            catch (Exception fault)
            {
                client?.Dispose();
                if (i + 1 == servers.Count || !HiveFault.IsOfLine(fault))
                    throw;
            }
        }
    }

    /// <summary>A line to one server. Over HTTP, nothing is sent yet.</summary>
    public async Task<HiveClient> OpenAsync(HostPort server, CancellationToken cancellationToken) => new(
        plan.Transport == HiveTransport.Http
            ? Http(server)
            : await Within.AskAsync(plan.ConnectTimeout, clock, token => TcpAsync(server, token), cancellationToken));

    async Task<TTransport> TcpAsync(HostPort server, CancellationToken cancellationToken)
    {
        var socket = new Socket(SocketType.Stream, ProtocolType.Tcp) { NoDelay = true };
        try
        {
            await socket.ConnectAsync(server.Host, server.Port, cancellationToken);
            Stream line = new NetworkStream(socket, ownsSocket: true);
            if (plan.IsEncrypted)
            {
                var encrypted = new SslStream(line);
                await encrypted.AuthenticateAsClientAsync(Trust(server), cancellationToken);
                line = encrypted;
            }
            var layer = plan.Kerberos is null ? null : await SaslGssapi.GreetAsync(line, LoginAt("hive", server.Host), cancellationToken);
            var isFramed = plan.Kerberos is not null || plan.Auth == HiveAuth.Plain;
            if (isFramed && plan.Kerberos is null)
                await SaslPlain.GreetAsync(line, plan.User, Password, cancellationToken);
            return new LineTransport(line, isFramed, layer, new TConfiguration { MaxMessageSize = LongestMessage });
        }
        catch
        {
            socket.Dispose();
            throw;
        }
    }

    THttpTransport Http(HostPort server)
    {
        var handler = new SocketsHttpHandler
        {
            // The first call that is let in gives a cookie, by which a balancer finds the same server again.
            CookieContainer = new CookieContainer(),
            AllowAutoRedirect = false,
            // The transport says that it takes them, and Hive packs what is long.
            AutomaticDecompression = DecompressionMethods.GZip | DecompressionMethods.Deflate,
            ConnectTimeout = plan.ConnectTimeout,
            SslOptions = Trust(server),
        };
        var client = new HttpClient(plan.Kerberos is null ? handler : new NegotiateHandler(host => LoginAt("HTTP", host), handler));
        if (plan.Kerberos is null)
        {
            client.DefaultRequestHeaders.Authorization = new AuthenticationHeaderValue(
                "Basic",
                Convert.ToBase64String(Encoding.UTF8.GetBytes($"{plan.User}:{Password}")));
        }
        var scheme = plan.IsEncrypted ? "https" : "http";
        var address = new Uri($"{scheme}://{server}/{(plan.HttpPath ?? "cliservice").TrimStart('/')}");
        return new THttpTransport(client, new TConfiguration { MaxMessageSize = LongestMessage }, address)
        {
            // It would give up any answer after 30 s; how long one may take is for whoever asks.
            ConnectTimeout = Timeout.Infinite,
        };
    }

    KerberosLogin LoginAt(string service, string host) => plan.Kerberos!.LoginAt(service, host, folder);

    SslClientAuthenticationOptions Trust(HostPort server)
    {
        var options = new SslClientAuthenticationOptions { TargetHost = server.Host };
        if (plan.TlsCa is not null)
            options.CertificateChainPolicy = TrustedAuthorities.Of(Path.GetFullPath(plan.TlsCa, folder), "tls_ca");
        return options;
    }
}
