using TagGuard.Adapters.Mail;
using TagGuard.Deliveries;

namespace TagGuard.Application;

/// <summary>A mail as files, for a look: nothing is sent.</summary>
public static class MailPreview
{
    /// <summary>Writes `NAME.eml`, and what is in it: `NAME.mail.html`, `NAME.txt`, and each picture beside them.</summary>
    /// <param name="mail">The mail.</param>
    /// <param name="folder">Where they are written.</param>
    /// <param name="name">The beginning of their names.</param>
    /// <param name="cancellationToken">Gives up.</param>
    /// <returns>The files, the mail itself first.</returns>
    public static async Task<IReadOnlyList<string>> WriteAsync(MailMessage mail, string folder, string name, CancellationToken cancellationToken)
    {
        var html = mail.Body.Pictures.Aggregate(
            mail.Body.Html,
            (html, picture) => html.Replace($"cid:{MailBody.ContentIdOf(picture.Name)}", $"{name}-{picture.Name}", StringComparison.Ordinal));
        var files = new List<string>();
        await AddAsync(".eml", MimeMail.Bytes(mail));
        await AddAsync(".mail.html", System.Text.Encoding.UTF8.GetBytes(html));
        await AddAsync(".txt", System.Text.Encoding.UTF8.GetBytes(mail.Body.Text));
        foreach (var picture in mail.Body.Pictures)
            await AddAsync("-" + picture.Name, picture.Content);
        return files;

        async Task AddAsync(string end, ReadOnlyMemory<byte> content)
        {
            files.Add(Path.Combine(folder, name + end));
            await WholeFile.WriteAsync(files[^1], content, cancellationToken);
        }
    }
}
