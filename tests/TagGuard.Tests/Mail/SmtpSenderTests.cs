using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;
using SmtpServer.Protocol;
using TagGuard.Adapters.Mail;
using TagGuard.Deliveries;
using TagGuard.Plans;
using TagGuard.Tests.Support;

namespace TagGuard.Tests.Mail;

/// <summary>Mails over SMTP, to a server that answers as it is told to.</summary>
public sealed class SmtpSenderTests : IDisposable
{
    readonly string _folder = Directory.CreateTempSubdirectory("tagguard-smtp-").FullName;

    static readonly MailMessage Mail = new()
    {
        Id = "userprofile-2026-07-15.7@example.com",
        Date = new DateTimeOffset(2026, 7, 16, 6, 30, 0, TimeSpan.FromHours(8)),
        From = "TagGuard <tagguard@example.com>",
        To = ["duty@example.com", "boss@example.com"],
        Body = new MailBody("[TagGuard] 2026-07-15 OK", "<p>.</p>", ".\n.leading dot\n", []),
    };

    [Fact]
    public async Task EachRecipientGetsTheMailOnceWithItsIdentity()
    {
        await using var server = new MailServer();

        var receipts = await SendAsync(server, new MailPlan { Tls = MailTls.Off });

        Assert.Equal([new("duty@example.com", null), new("boss@example.com", null)], receipts);
        Assert.Equal(["duty@example.com", "boss@example.com"], server.Mailbox.Select(mail => mail.To));
        Assert.All(server.Mailbox, mail => Assert.Contains($"Message-Id: <{Mail.Id}>\r\n", mail.Text, StringComparison.Ordinal));
        Assert.All(server.Mailbox, mail => Assert.Contains("\r\n.leading dot", mail.Text, StringComparison.Ordinal));
    }

    [Theory]
    [InlineData(MailTls.Starttls)]
    [InlineData(MailTls.Implicit)]
    public async Task OverTlsItLogsInAndSends(MailTls tls)
    {
        using var certificate = Certificate("localhost");
        await using var server = new MailServer(certificate, tls == MailTls.Implicit);

        var receipts = await SendAsync(server, new MailPlan { Tls = tls, Ca = "ca.pem", User = "tagguard", Password = "correct horse" });

        Assert.All(receipts, receipt => Assert.Null(receipt.Refusal));
        Assert.Equal("tagguard", server.User);
        Assert.Equal(2, server.Mailbox.Count);
    }

    [Fact]
    public async Task AnotherServersCertificateIsRefusedBeforeAnythingIsSaid()
    {
        using var certificate = Certificate("elsewhere.example.com");
        await using var server = new MailServer(certificate);

        var fault = await Assert.ThrowsAsync<MailException>(() => SendAsync(
            server, new MailPlan { Ca = "ca.pem", User = "tagguard", Password = "correct horse" }));

        Assert.Contains("could not be encrypted", fault.Message, StringComparison.Ordinal);
        Assert.Null(server.User);
        Assert.Empty(server.Mailbox);
    }

    [Fact]
    public async Task AServerWithoutStarttlsGetsNothing()
    {
        await using var server = new MailServer();

        var fault = await Assert.ThrowsAsync<MailException>(() => SendAsync(server, new MailPlan()));

        Assert.Contains("Correct `tls`", fault.Message, StringComparison.Ordinal);
        Assert.Empty(server.Mailbox);
    }

    [Fact]
    public async Task AWrongPasswordIsToldAndNotShown()
    {
        using var certificate = Certificate("localhost");
        await using var server = new MailServer(certificate);

        var fault = await Assert.ThrowsAsync<MailException>(() => SendAsync(
            server, new MailPlan { Ca = "ca.pem", User = "tagguard", Password = "battery staple" }));

        Assert.Contains("does not let tagguard in", fault.Message, StringComparison.Ordinal);
        Assert.DoesNotContain("battery", fault.ToString(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task ARefusedRecipientKeepsTheMailFromNobodyElse()
    {
        await using var server = new MailServer { Refused = ["duty@example.com"] };

        var receipts = await SendAsync(server, new MailPlan { Tls = MailTls.Off });

        Assert.Contains("answered 550", receipts[0].Refusal, StringComparison.Ordinal);
        Assert.True(receipts[0].IsFinal);
        Assert.Null(receipts[1].Refusal);
        Assert.Equal("boss@example.com", Assert.Single(server.Mailbox).To);
    }

    [Fact]
    public async Task AServerThatIsBusyIsToldWithItsAnswer()
    {
        await using var server = new MailServer { Answer = new SmtpResponse(SmtpReplyCode.InsufficientStorage, "try later") };

        var receipts = await SendAsync(server, new MailPlan { Tls = MailTls.Off });

        Assert.All(receipts, receipt => Assert.Contains("answered 452: try later", receipt.Refusal, StringComparison.Ordinal));
        Assert.DoesNotContain(receipts, receipt => receipt.IsFinal);
    }

    [Fact]
    public async Task AServerThatIsNotThereIsToldWithWhereItShouldBe()
    {
        var server = new MailServer();
        await server.DisposeAsync();

        var fault = await Assert.ThrowsAsync<MailException>(() => SendAsync(server, new MailPlan { Tls = MailTls.Off }));

        Assert.Contains($"localhost:{server.Port} cannot be used", fault.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task AServerThatDoesNotAnswerIsLeft()
    {
        await using var server = new MailServer { Slowness = TimeSpan.FromMinutes(10) };

        var fault = await Assert.ThrowsAsync<MailException>(() => SendAsync(
            server, new MailPlan { Tls = MailTls.Off, Timeout = TimeSpan.FromSeconds(1) }));

        Assert.Contains("did not answer within 1 s", fault.Message, StringComparison.Ordinal);
    }

    async Task<IReadOnlyList<Receipt>> SendAsync(MailServer server, MailPlan plan)
    {
        using var sender = new SmtpSender(
            plan with { Host = "localhost", Port = server.Port, From = Mail.From }, _folder, TimeProvider.System);
        var receipts = new List<Receipt>();
        foreach (var to in Mail.To)
            receipts.Add(await sender.SendAsync(MimeMail.Bytes(Mail), to, TestContext.Current.CancellationToken));
        return receipts;
    }

    /// <summary>A certificate of its own authority, which it is itself, for a name; `ca.pem` trusts it.</summary>
    X509Certificate2 Certificate(string name)
    {
        using var key = RSA.Create(2048);
        var request = new CertificateRequest($"CN={name}", key, HashAlgorithmName.SHA256, RSASignaturePadding.Pkcs1);
        var names = new SubjectAlternativeNameBuilder();
        names.AddDnsName(name);
        request.CertificateExtensions.Add(names.Build());
        var certificate = request.CreateSelfSigned(DateTimeOffset.UnixEpoch, DateTimeOffset.UnixEpoch.AddYears(100));
        File.WriteAllText(Path.Combine(_folder, "ca.pem"), certificate.ExportCertificatePem());
        return certificate;
    }

    public void Dispose() => Directory.Delete(_folder, recursive: true);
}
