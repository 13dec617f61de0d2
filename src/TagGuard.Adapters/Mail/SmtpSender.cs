using System.Net.Security;
using System.Net.Sockets;
using System.Security.Cryptography.X509Certificates;
using MailKit;
using MailKit.Net.Smtp;
using MailKit.Security;
using MimeKit;
using TagGuard.Deliveries;
using TagGuard.Plans;

namespace TagGuard.Adapters.Mail;

/// <summary>
/// Hands mails to an SMTP server (RFC 5321) over a line that is opened with the first and stays open for the others. Each recipient is a transaction
/// of its own, so that one whom the server refuses keeps the mail from nobody else.
/// </summary>
/// <param name="plan">The server.</param>
/// <param name="folder">The plan's folder, for `ca`.</param>
/// <param name="clock">The clock.</param>
public sealed class SmtpSender(MailPlan plan, string folder, TimeProvider clock) : IMessageLine, IDisposable
{
    SmtpClient? _client;

    string Address => $"{plan.Host}:{plan.PortOrDefault}";

    public async Task<Receipt> SendAsync(ReadOnlyMemory<byte> content, string to, CancellationToken cancellationToken)
    {
        try
        {
            var client = _client ??= await OpenAsync(cancellationToken);
            using var message = MimeMessage.Load(new MemoryStream(content.ToArray()), cancellationToken);
            var (from, recipient) = (MimeMail.Address(plan.From), MimeMail.Address(to));
            return await WithinAsync(token => ReceiptAsync(client, message, from, (to, recipient), token), cancellationToken);
        }
        catch (MailException fault) when (_client is not null)
        {
            Dispose();
            throw new MailException(fault.Message, fault) { IsDoubtful = true };
        }
        catch
        {
            // What a line that broke off says next would be taken for the answer to something else.
            Dispose();
            throw;
        }
    }

    /// <summary>What was taken is taken, whatever becomes of the goodbye.</summary>
    public void Dispose()
    {
        _client?.Dispose();
        _client = null;
    }

    async Task<SmtpClient> OpenAsync(CancellationToken cancellationToken)
    {
        var client = new SmtpClient { CheckCertificateRevocation = false };
        try
        {
            if (plan.Ca is { } ca)
                client.ServerCertificateValidationCallback = Validation(Path.GetFullPath(ca, folder));
            await WithinAsync(token => ConnectAsync(client, token), cancellationToken);
            return client;
        }
        catch
        {
            client.Dispose();
            throw;
        }
    }

    async Task<bool> ConnectAsync(SmtpClient client, CancellationToken cancellationToken)
    {
        try
        {
            await client.ConnectAsync(plan.Host!, plan.PortOrDefault, plan.Tls switch
            {
                MailTls.Starttls => SecureSocketOptions.StartTls,
                MailTls.Implicit => SecureSocketOptions.SslOnConnect,
                _ => SecureSocketOptions.None,
            }, cancellationToken);
            if (plan.User is { } user)
                await client.AuthenticateAsync(user, plan.Password ?? "", cancellationToken);
            return true;
        }
        catch (NotSupportedException fault)
        {
            throw new MailException($"The mail server {Address} cannot do what the plan wants: {fault.Message} Correct `tls` or `user`.", fault);
        }
        catch (SslHandshakeException fault)
        {
            throw new MailException(
                $"The line to the mail server {Address} could not be encrypted: {(fault.InnerException ?? fault).Message} Name the authority of its "
                    + "certificate in `ca`, and see that `host` is the name in it, and `tls` what the port wants.",
                fault);
        }
        catch (AuthenticationException fault)
        {
            throw new MailException($"The mail server {Address} does not let {plan.User} in: {fault.Message} Correct `user` and `password`.", fault);
        }
        catch (Exception fault) when (fault is SocketException or IOException or ProtocolException or CommandException)
        {
            throw new MailException($"The mail server {Address} cannot be used: {fault.Message} Check `host` and `port` of `notify.mail`.", fault);
        }
    }

    async Task<Receipt> ReceiptAsync(
        SmtpClient client, MimeMessage message, MailboxAddress from, (string Written, MailboxAddress Address) to, CancellationToken cancellationToken)
    {
        try
        {
            await client.SendAsync(message, from, [to.Address], cancellationToken);
            return new Receipt(to.Written, Refusal: null);
        }
        catch (SmtpCommandException fault) when (fault.StatusCode != SmtpStatusCode.ServiceNotAvailable)
        {
            // A sender who is refused is a mistake of the plan or the server, and no recipient's fault.
            var isFinal = (int)fault.StatusCode >= 500 && fault.ErrorCode != SmtpErrorCode.SenderNotAccepted;
            return new Receipt(to.Written, $"The mail server {Address} answered {(int)fault.StatusCode}: {fault.Message}", isFinal);
        }
        catch (Exception fault) when (fault is IOException or ProtocolException or CommandException or ServiceNotConnectedException)
        {
            throw new MailException($"The mail server {Address} broke off: {fault.Message}", fault);
        }
    }

    async Task<T> WithinAsync<T>(Func<CancellationToken, Task<T>> work, CancellationToken cancellationToken)
    {
        using var timeout = new CancellationTokenSource(plan.Timeout, clock);
        using var either = CancellationTokenSource.CreateLinkedTokenSource(timeout.Token, cancellationToken);
        try
        {
            return await work(either.Token);
        }
        catch (OperationCanceledException fault) when (timeout.IsCancellationRequested && !cancellationToken.IsCancellationRequested)
        {
            throw new MailException(
                $"The mail server {Address} did not answer within {plan.Timeout.TotalSeconds:0} s (`timeout` of `notify.mail`).", fault);
        }
    }

    static RemoteCertificateValidationCallback Validation(string file)
    {
        X509ChainPolicy policy;
        try
        {
            policy = TrustedAuthorities.Of(file, "ca");
        }
        catch (InvalidDataException fault)
        {
            throw new MailException(fault.Message, fault);
        }
        return (_, certificate, chain, errors) =>
        {
            if (certificate is null || errors.HasFlag(SslPolicyErrors.RemoteCertificateNameMismatch))
                return false;
            using var trusted = new X509Chain { ChainPolicy = policy.Clone() };
            foreach (var element in chain?.ChainElements ?? Enumerable.Empty<X509ChainElement>())
                trusted.ChainPolicy.ExtraStore.Add(element.Certificate);
            using var own = new X509Certificate2(certificate);
            return trusted.Build(own);
        };
    }
}
