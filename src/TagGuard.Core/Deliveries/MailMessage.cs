namespace TagGuard.Deliveries;

/// <summary>A mail, before it has a wire format.</summary>
public sealed record MailMessage
{
    /// <summary>Its identity without angle brackets: the same mail sent again has the same, so that a mailbox can tell.</summary>
    public required string Id { get; init; }

    /// <summary>When it was written.</summary>
    public required DateTimeOffset Date { get; init; }

    /// <summary>The sender, as `name@host` or `Name &lt;name@host&gt;`.</summary>
    public required string From { get; init; }

    /// <summary>The recipients, written likewise.</summary>
    public required IReadOnlyList<string> To { get; init; }

    public required MailBody Body { get; init; }

    /// <summary>Files that come with it.</summary>
    public IReadOnlyList<MailFile> Attachments { get; init; } = [];
}

/// <summary>What a mail says: the same as HTML and as plain text.</summary>
/// <param name="Subject">One line of text.</param>
/// <param name="Html">The HTML; it shows a picture by `cid:` and its <see cref="ContentIdOf"/>.</param>
/// <param name="Text">The plain text.</param>
/// <param name="Pictures">The pictures of the HTML.</param>
public sealed record MailBody(string Subject, string Html, string Text, IReadOnlyList<MailFile> Pictures)
{
    /// <summary>How the HTML names a picture, behind `cid:`.</summary>
    public static string ContentIdOf(string picture) => $"{picture}@tagguard";
}

/// <summary>A file in a mail.</summary>
/// <param name="Name">Its name, ASCII without spaces.</param>
/// <param name="MediaType">Such as `image/png` or `text/html`; a text is UTF-8.</param>
/// <param name="Content">Its bytes.</param>
public sealed record MailFile(string Name, string MediaType, ReadOnlyMemory<byte> Content);
