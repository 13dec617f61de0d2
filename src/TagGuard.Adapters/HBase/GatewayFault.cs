using TagGuard.Sources;

namespace TagGuard.Adapters.HBase;

/// <summary>A gateway gave no answer that proves anything: another one, or the same a little later, may. What was read before it counts.</summary>
sealed class LostException(SourceException fault) : Exception(fault.Message, fault)
{
    public SourceException Fault => fault;
}

/// <summary>What a gateway answers in place of what was asked, as an error with its cure.</summary>
/// <remarks>
/// hbase-rest's ResourceBase.processException: 403 for AccessDeniedException and a gateway that is read-only, 404 for a missing table, 410 for a
/// scanner in an illegal state, 503 for what other IOException there is.
/// </remarks>
/// <param name="name">The connection's name in the plan.</param>
/// <param name="hasTicket">Whether a ticket says who asks.</param>
sealed class GatewayFault(string name, bool hasTicket)
{
    const string Cure = "Look whether it runs, and at `urls`.";

    /// <summary>An answer that is none: a <see cref="LostException"/> when it may be another a little later, else a
    /// <see cref="SourceException"/>.</summary>
    public Exception Of(int status, Uri gateway, string asked) => status switch
    {
        400 or 405 or 415 => Fault($"It does not understand the question ({status}). Is it HBase's REST server? Correct `urls`.", gateway, asked),
        401 when hasTicket => Fault("It refuses the ticket (401). Look at hbase.rest.authentication.kerberos.principal.", gateway, asked),
        401 => Fault("It wants to know who asks (401): add `kerberos: {}` to the connection.", gateway, asked),
        403 => Fault(
            "It refuses to scan (403). Give the user of the gateway, or of the ticket, the right to read (`grant 'user', 'R', 'table'` in HBase's "
                + "shell); a gateway that is read-only (hbase.rest.readonly) opens no scanner: name another.",
            gateway,
            asked),
        404 => Lost("It has lost the scanner (404): it was started anew, or let it go.", gateway, asked),
        410 => Lost(
            "The scanner is gone (410): its table is disabled, or has just changed. Look with `is_enabled 'table'` in HBase's shell.",
            gateway,
            asked),
        >= 500 or 408 or 429 => Lost(
            $"It answered {status}: a region, the table of regions or ZooKeeper is not well. Look at its log.", gateway, asked),
        >= 300 and < 400 => Fault($"It redirects ({status}) to another place, as to a login, which is not followed. Correct `urls`.", gateway, asked),
        _ => Fault($"It answered {status}, as HBase's REST server does not. Correct `urls`.", gateway, asked),
    };

    public LostException NoAnswer(string message, Uri gateway, string asked, Exception inner) =>
        Lost($"It did not answer: {message.TrimEnd('.')}. {Cure}", gateway, asked, inner);

    public LostException Lost(string message, Uri gateway, string asked, Exception? inner = null) =>
        new(Fault(message, gateway, asked, inner, isTransient: true));

    public SourceException Fault(
        string message, Uri gateway, string asked, Exception? inner = null, bool isTransient = false, bool isAbsent = false) =>
        new(name, gateway.GetLeftPart(UriPartial.Authority), message, asked, inner) { IsTransient = isTransient, IsAbsent = isAbsent };
}
