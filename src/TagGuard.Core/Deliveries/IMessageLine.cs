namespace TagGuard.Deliveries;

/// <summary>A line to a mail server.</summary>
public interface IMailLine
{
    /// <summary>Hands a mail over for one recipient, in a transaction of its own: whoever is refused keeps it from nobody else.</summary>
    /// <param name="mail">The mail in its wire format.</param>
    /// <param name="to">The recipient, as `name@host` or `Name &lt;name@host&gt;`.</param>
    /// <param name="cancellationToken">Gives up; nobody knows then whether it was taken.</param>
    /// <exception cref="MailException">The server cannot be reached, is not the right one, or broke off: the next recipient has no better
    /// luck now.</exception>
    Task<MailReceipt> SendAsync(ReadOnlyMemory<byte> mail, string to, CancellationToken cancellationToken);
}
