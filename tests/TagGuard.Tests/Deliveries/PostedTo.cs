using System.Net;
using System.Net.Sockets;
using System.Text;

namespace TagGuard.Tests.Deliveries;

/// <summary>The other end of a webhook: it keeps what is posted and answers as it is told.</summary>
sealed class PostedTo : IAsyncDisposable
{
    readonly HttpListener _listener = new();
    readonly Task _work;

    public PostedTo()
    {
        using (var free = new TcpListener(IPAddress.Loopback, 0))
        {
            free.Start();
            Port = ((IPEndPoint)free.LocalEndpoint).Port;
        }
        _listener.Prefixes.Add($"http://localhost:{Port}/");
        _listener.Start();
        _work = Task.Run(AnswerAsync);
    }

    public int Port { get; }

    public string Url => $"http://localhost:{Port}/hook";

    /// <summary>Status and body of every answer.</summary>
    public (int Status, string Body) Answer { get; set; } = (200, "{\"errcode\":0}");

    /// <summary>How long an answer takes.</summary>
    public TimeSpan Slowness { get; set; }

    /// <summary>What was posted: path with query, headers, body.</summary>
    public List<(string Path, System.Collections.Specialized.NameValueCollection Headers, string Body)> All { get; } = [];

    async Task AnswerAsync()
    {
        while (_listener.IsListening)
        {
            HttpListenerContext context;
            try
            {
                context = await _listener.GetContextAsync();
            }
            catch (Exception fault) when (fault is HttpListenerException or ObjectDisposedException)
            {
                return;
            }
            using var reader = new StreamReader(context.Request.InputStream, Encoding.UTF8);
            All.Add((context.Request.RawUrl!, context.Request.Headers, await reader.ReadToEndAsync()));
            await Task.Delay(Slowness);
            try
            {
                context.Response.StatusCode = Answer.Status;
                context.Response.Close(Encoding.UTF8.GetBytes(Answer.Body), willBlock: false);
            }
            catch (Exception fault) when (fault is HttpListenerException or ObjectDisposedException)
            {
                // Whoever asked has gone.
            }
        }
    }

    public async ValueTask DisposeAsync()
    {
        _listener.Close();
        await _work;
    }
}
