namespace TagGuard.Plans;

/// <summary>How the line to a mail server is encrypted.</summary>
public enum MailTls
{
    /// <summary>It begins in plain text and is encrypted before anything is said (RFC 3207); a server that cannot is refused.</summary>
    Starttls,

    /// <summary>It is encrypted from the first byte (RFC 8314).</summary>
    Implicit,

    /// <summary>It is not, as on this machine.</summary>
    Off,
}
