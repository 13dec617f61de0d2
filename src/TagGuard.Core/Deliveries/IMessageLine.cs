namespace TagGuard.Deliveries;

/// <summary>What hands messages over: to a mail server, or to webhooks.</summary>
public interface IMessageLine
{
    /// <summary>Hands a message over for one recipient: whoever is refused keeps it from nobody else.</summary>
    /// <param name="content">The message as it is kept: a mail in its wire format, or a <see cref="ShortMessage"/>.</param>
    /// <param name="to">The recipient: `name@host`, `Name &lt;name@host&gt;`, or the name of a webhook.</param>
    /// <param name="cancellationToken">Gives up; nobody knows then whether it was taken.</param>
    /// <exception cref="MailException">The server cannot be reached, is not the right one, or broke off: the next recipient has no better
    /// luck now.</exception>
    Task<Receipt> SendAsync(ReadOnlyMemory<byte> content, string to, CancellationToken cancellationToken);
}
