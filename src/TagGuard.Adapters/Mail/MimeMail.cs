using System.Globalization;
using System.Text;
using MimeKit;
using MimeKit.Utils;
using TagGuard.Deliveries;
using TagGuard.Keys;

namespace TagGuard.Adapters.Mail;

/// <summary>A mail in its wire format (RFC 5322, MIME): text and HTML as alternatives, the pictures with the HTML, the attachments behind.</summary>
/// <remarks>
/// The same mail gives the same bytes. The parts are MimeKit's, and what holds them together is written here: MimeKit draws its boundaries by lot,
/// for which .NET needs OpenSSL, and that is not on every machine that only writes a mail.
/// </remarks>
public static class MimeMail
{
    const string NewLine = "\r\n";

    static readonly FormatOptions Format = Dos();

    /// <summary>The bytes, with line ends as SMTP has them.</summary>
    public static byte[] Bytes(MailMessage mail)
    {
        using var bytes = new MemoryStream();
        Headers(mail).WriteTo(Format, bytes);
        Parts(bytes, BoundaryOf(mail, "mixed"),
        [
            () => Multipart(bytes, mail, "alternative",
            [
                () => Write(bytes, Text("plain", mail.Body.Text)),
                () => Multipart(bytes, mail, "related",
                [
                    () => Write(bytes, Text("html", mail.Body.Html)),
                    .. mail.Body.Pictures.Select(picture => (Action)(() => Write(bytes, Picture(picture)))),
                ]),
            ]),
            .. mail.Attachments.Select(file => (Action)(() => Write(bytes, PartOf(file, ContentDisposition.Attachment)))),
        ]);
        return bytes.ToArray();
    }

    static HeaderList Headers(MailMessage mail)
    {
        using var message = new MimeMessage([
            new Header(HeaderId.From, Address(mail.From).ToString(encode: true)),
            new Header(HeaderId.Date, DateUtils.FormatDate(mail.Date)),
            new Header(HeaderId.MessageId, $"<{mail.Id}>"),
            new Header(HeaderId.MimeVersion, "1.0"),
        ])
        {
            Subject = PlainText.Shown(mail.Body.Subject),
        };
        message.To.AddRange(mail.To.Select(Address));
        // An answering machine that keeps to RFC 3834 does not answer what says that it is automatic.
        message.Headers.Add("Auto-Submitted", "auto-generated");
        message.Headers.Add("Content-Type", $"multipart/mixed; boundary=\"{BoundaryOf(mail, "mixed")}\"");
        return message.Headers;
    }

    static void Multipart(Stream bytes, MailMessage mail, string kind, IReadOnlyList<Action> parts)
    {
        var boundary = BoundaryOf(mail, kind);
        // RFC 2387: what the pictures are related to.
        var type = kind == "related" ? "; type=\"text/html\"" : "";
        Write(bytes, $"Content-Type: multipart/{kind}{type};{NewLine}\tboundary=\"{boundary}\"{NewLine}");
        Parts(bytes, boundary, parts);
    }

    static void Parts(Stream bytes, string boundary, IReadOnlyList<Action> parts)
    {
        foreach (var part in parts)
        {
            Write(bytes, $"{NewLine}--{boundary}{NewLine}");
            part();
        }
        Write(bytes, $"{NewLine}--{boundary}--{NewLine}");
    }

    static void Write(Stream bytes, string text) => bytes.Write(Encoding.ASCII.GetBytes(text));

    static void Write(Stream bytes, MimePart part)
    {
        using (part)
            part.WriteTo(Format, bytes);
    }

    static FormatOptions Dos()
    {
        var format = FormatOptions.Default.Clone();
        format.NewLineFormat = NewLineFormat.Dos;
        return format;
    }

    static MimePart Picture(MailFile picture)
    {
        var part = PartOf(picture, ContentDisposition.Inline);
        part.ContentId = MailBody.ContentIdOf(picture.Name);
        return part;
    }

    static TextPart Text(string kind, string text)
    {
        var part = new TextPart(kind) { ContentTransferEncoding = ContentEncoding.QuotedPrintable };
        part.SetText(Encoding.UTF8, text);
        return part;
    }

    static MimePart PartOf(MailFile file, string disposition)
    {
        var type = ContentType.Parse(file.MediaType);
        if (type.IsMimeType("text", "*"))
            type.Charset = "utf-8";
        type.Name = file.Name;
        return new MimePart(type)
        {
            Content = new MimeContent(new MemoryStream(file.Content.ToArray())),
            ContentDisposition = new ContentDisposition(disposition) { FileName = file.Name },
            ContentTransferEncoding = ContentEncoding.Base64,
        };
    }

    /// <summary>An address of the plan; what it holds is checked when that is read.</summary>
    internal static MailboxAddress Address(string address)
    {
        var known = new System.Net.Mail.MailAddress(address);
        return new MailboxAddress(known.DisplayName, known.Address);
    }

    static string BoundaryOf(MailMessage mail, string part) =>
        "=_" + Convert.ToHexString(Sha256.HashData(Encoding.UTF8.GetBytes(string.Create(CultureInfo.InvariantCulture, $"{mail.Id} {part}"))))[..40];
}
