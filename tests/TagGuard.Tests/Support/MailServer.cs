using System.Buffers;
using System.Net;
using System.Net.Sockets;
using System.Security.Cryptography.X509Certificates;
using System.Text;
using SmtpServer;
using SmtpServer.Authentication;
using SmtpServer.ComponentModel;
using SmtpServer.Mail;
using SmtpServer.Protocol;
using SmtpServer.Storage;

namespace TagGuard.Tests.Support;

/// <summary>An SMTP server on this machine, with what a real one does only when it wants: refusals, slowness, other certificates.</summary>
sealed class MailServer : MessageStore, IMailboxFilter, IUserAuthenticator, IAsyncDisposable
{
    readonly CancellationTokenSource _end = new();
    readonly List<(string To, string Text)> _mailbox = [];
    readonly Task _running;

    /// <param name="certificate">Its certificate; null for a server without TLS.</param>
    /// <param name="isImplicit">Whether the line is encrypted from the first byte.</param>
    public MailServer(X509Certificate2? certificate = null, bool isImplicit = false)
    {
        Port = FreePort();
        var options = new SmtpServerOptionsBuilder().ServerName("localhost").Endpoint(endpoint =>
        {
            endpoint.Endpoint(new IPEndPoint(IPAddress.Loopback, Port)).IsSecure(isImplicit);
            if (certificate is not null)
                endpoint.Certificate(certificate);
            else
                endpoint.AllowUnsecureAuthentication();
        });
        var services = new ServiceProvider();
        services.Add((IMessageStore)this);
        services.Add((IMailboxFilter)this);
        services.Add((IUserAuthenticator)this);
        _running = new SmtpServer.SmtpServer(options.Build(), services).StartAsync(_end.Token);
    }

    public int Port { get; }

    /// <summary>Recipients that it does not take.</summary>
    public IReadOnlyList<string> Refused { get; init; } = [];

    /// <summary>What it answers to a mail.</summary>
    public SmtpResponse Answer { get; init; } = SmtpResponse.Ok;

    /// <summary>How long it takes over a mail.</summary>
    public TimeSpan Slowness { get; init; }

    /// <summary>The mails that it took, each with its recipient.</summary>
    public IReadOnlyList<(string To, string Text)> Mailbox
    {
        get
        {
            lock (_mailbox)
                return [.. _mailbox];
        }
    }

    /// <summary>Who logged in.</summary>
    public string? User { get; private set; }

    public override async Task<SmtpResponse> SaveAsync(
        ISessionContext context, IMessageTransaction transaction, ReadOnlySequence<byte> buffer, CancellationToken cancellationToken)
    {
        await Task.Delay(Slowness, cancellationToken);
        if (Answer.ReplyCode == SmtpReplyCode.Ok)
        {
            lock (_mailbox)
                _mailbox.AddRange(transaction.To.Select(to => (to.AsAddress(), Encoding.UTF8.GetString(buffer.ToArray()))));
        }
        return Answer;
    }

    Task<bool> IMailboxFilter.CanAcceptFromAsync(ISessionContext context, IMailbox from, int size, CancellationToken cancellationToken) =>
        Task.FromResult(true);

    Task<bool> IMailboxFilter.CanDeliverToAsync(ISessionContext context, IMailbox to, IMailbox from, CancellationToken cancellationToken) =>
        Task.FromResult(!Refused.Contains(to.AsAddress()));

    Task<bool> IUserAuthenticator.AuthenticateAsync(ISessionContext context, string user, string password, CancellationToken cancellationToken)
    {
        User = user;
        return Task.FromResult(password == "correct horse");
    }

    public async ValueTask DisposeAsync()
    {
        await _end.CancelAsync();
        await _running.ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        _end.Dispose();
    }

    static int FreePort()
    {
        using var listener = new TcpListener(IPAddress.Loopback, 0);
        listener.Start();
        return ((IPEndPoint)listener.LocalEndpoint).Port;
    }
}
