using TagGuard.Adapters.Http;
using TagGuard.Sources;

namespace TagGuard.Adapters.WebHdfs;

/// <summary>What a server answers in place of what was asked, as an error with its cure: a <see cref="PassedOnException"/> when another server may
/// know better, else a <see cref="SourceException"/>. None of them is absent.</summary>
/// <param name="name">The connection's name in the plan.</param>
/// <param name="user">The user, or null.</param>
/// <param name="hasTicket">Whether a ticket says who asks.</param>
sealed class Refusals(string name, string? user, bool hasTicket)
{
    /// <summary>HDFS itself refused.</summary>
    public Exception Of(RemoteException remote, Uri server, string asked)
    {
        var who = user ?? (hasTicket ? "the user of the ticket" : "the user of the token, or dr.who without one,");
        return remote switch
        {
            { IsStandby: true } => new PassedOnException(Fault(
                "It is a standby. Name the active NameNode in `urls`, too.", server, asked, remote, isTransient: true)),
            { IsNotYet: true } => new PassedOnException(Fault(
                $"It is not ready ({remote.Kind}: {remote.Message}). Wait, or have it leave safe mode (hdfs dfsadmin -safemode get).",
                server,
                asked,
                remote,
                isTransient: true)),
            { IsPermission: true } => Fault(
                $"It is there or not, but {who} may not look: {remote.Message}. Let that user read and enter the folder and those above it, or "
                    + "change `user`.",
                server,
                asked,
                remote),
            { IsLogin: true } => Fault(
                $"It refuses who asks ({remote.Kind}: {remote.Message}). Get a new delegation token, or correct `user`.", server, asked, remote),
            _ => Fault($"It answered {remote.Kind}: {remote.Message}. Look into the server's log.", server, asked, remote),
        };
    }

    /// <summary>Something else than HDFS answered, or a page that is for people.</summary>
    public Exception NotHdfs(HttpAnswer answer, Uri server, string asked)
    {
        var type = answer.MediaType ?? "no type";
        return (int)answer.Status switch
        {
            401 => Fault(
                "It wants to know who asks, and takes no plain name (401): add `kerberos: {}` to the connection, or give a delegation token as "
                    + "`token`.",
                server,
                asked),
            >= 300 and < 400 => Fault(
                $"It redirects ({(int)answer.Status}) to another place, as to a login, which is not followed. Correct `urls`.", server, asked),
            >= 500 or 408 or 429 => new PassedOnException(Fault(
                $"It answered {(int)answer.Status} without HDFS's JSON ({type}). Look at the server, and at what stands before it.",
                server,
                asked,
                isTransient: true)),
            var status => new PassedOnException(Fault(
                $"Not HDFS answered but another service: {status}, {type}. Correct `urls`: a NameNode's http port, or a gateway's address.",
                server,
                asked)),
        };
    }

    public SourceException Fault(string message, Uri server, string asked, Exception? inner = null, bool isTransient = false) =>
        new(name, server.GetLeftPart(UriPartial.Authority), message, asked, inner) { IsTransient = isTransient };
}

/// <summary>A server that does not answer for HDFS now; another may.</summary>
sealed class PassedOnException(SourceException fault) : Exception(fault.Message, fault)
{
    public SourceException Fault => fault;
}
