using System.Text;
using FsCheck;
using FsCheck.Fluent;
using MimeKit;
using TagGuard.Adapters.Mail;
using TagGuard.Deliveries;

namespace TagGuard.Tests.Mail;

/// <summary>A mail in its wire format.</summary>
public sealed class MimeMailTests
{
    static readonly MailMessage Mail = new()
    {
        Id = "userprofile-2026-07-15@example.com",
        Date = new DateTimeOffset(2026, 7, 16, 6, 30, 0, TimeSpan.FromHours(8)),
        From = "标签守卫 <tagguard@example.com>",
        To = ["duty@example.com", "Li Wei <li.wei@example.com>"],
        Body = new MailBody(
            "[TagGuard] 已拦截",
            "<p>高价值 𠮷</p>",
            "高价值 𠮷\n",
            [new MailFile("chart-1.png", "image/png", new byte[] { 1, 2, 3 })]),
        Attachments = [new MailFile("report.html", "text/html", Encoding.UTF8.GetBytes("<p>完整</p>"))],
    };

    [Fact]
    public void TextAndHtmlAreAlternativesWithThePicturesBesideTheHtmlAndTheFilesBehind()
    {
        var read = Read(Mail);

        Assert.Equal("multipart/mixed[multipart/alternative[text/plain,multipart/related[text/html,image/png]],text/html]", Shape(read.Body!));
        Assert.Equal(("高价值 𠮷\n", "<p>高价值 𠮷</p>"), (read.TextBody!.ReplaceLineEndings("\n"), read.HtmlBody!));
        Assert.Equal("chart-1.png@tagguard", read.BodyParts.Single(part => part.ContentType.MimeType == "image/png").ContentId);
        Assert.Equal("report.html", read.Attachments.Single().ContentDisposition!.FileName);
    }

    [Fact]
    public void TheHeadersSayWhoAndWhatInAnyWriting()
    {
        var read = Read(Mail);

        Assert.Equal("\"标签守卫\" <tagguard@example.com>", read.From.ToString());
        Assert.Equal("duty@example.com, \"Li Wei\" <li.wei@example.com>", read.To.ToString());
        Assert.Equal(("[TagGuard] 已拦截", Mail.Id, Mail.Date), (read.Subject, read.MessageId, read.Date));
        Assert.Equal("auto-generated", read.Headers["Auto-Submitted"]);
    }

    [Fact]
    public void TheSameMailHasTheSameBytes() => Assert.Equal(MimeMail.Bytes(Mail), MimeMail.Bytes(Mail));

    [Fact]
    public void NoSubjectAddsAHeaderOrEndsTheHeaders() =>
        Prop.ForAll(ArbMap.Default.ArbFor<string?>(), ArbMap.Default.ArbFor<string?>(), (before, after) =>
        {
            var mail = Mail with { Body = Mail.Body with { Subject = $"{before}\r\nBcc: x@example.com\n\n<script>{after}" } };
            var read = Read(mail);
            Assert.Equal(
                ["From", "Date", "Message-Id", "MIME-Version", "Subject", "To", "Auto-Submitted"],
                read.Headers.Select(header => header.Field));
            Assert.Empty(read.Bcc);
        }).QuickCheckThrowOnFailure();

    [Fact]
    public void LinesAreAsShortAsServersTakeThem()
    {
        var mail = Mail with { Body = Mail.Body with { Html = new string('x', 5_000), Text = new string('字', 5_000) } };

        Assert.All(Encoding.ASCII.GetString(MimeMail.Bytes(mail)).Split("\r\n"), line => Assert.InRange(line.Length, 0, 998));
    }

    static MimeMessage Read(MailMessage mail)
    {
        using var bytes = new MemoryStream(MimeMail.Bytes(mail));
        return MimeMessage.Load(bytes);
    }

    static string Shape(MimeEntity entity) => entity is Multipart parts
        ? $"{entity.ContentType.MimeType}[{string.Join(',', parts.Select(Shape))}]"
        : entity.ContentType.MimeType;
}
