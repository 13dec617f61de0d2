using System.Globalization;
using System.Net.Sockets;
using System.Security.Authentication;
using System.Text;
using TagGuard.Adapters.Exports;
using TagGuard.Sources;

namespace TagGuard.Adapters.Ftp;

/// <summary>Files of an FTP server. Each question has a session of its own.</summary>
/// <param name="name">The connection's name in the plan.</param>
/// <param name="plan">How it is reached.</param>
/// <param name="authorities">PEM file with the certificates to trust instead of the machine's, or null.</param>
/// <param name="clock">The clock.</param>
sealed class FtpSource(string name, FtpConnectionPlan plan, string? authorities, TimeProvider clock) : RemoteFileSource
{
    const string Time = "yyyyMMddHHmmss";

    public override string Name => name;

    public override string Address { get; } = string.Create(CultureInfo.InvariantCulture, $"{plan.Host}:{plan.PortInForce}");

    public override string Question(string path) =>
        $"{(plan.Tls == FtpTls.Off ? "ftp" : "ftps")}://{Address}/{$"{plan.Path.Trim('/')}/{path.TrimStart('/')}".TrimStart('/')}";

    public override Task<string> ProbeAsync(CancellationToken cancellationToken) => InSessionAsync(
        "",
        async session =>
        {
            await NeedFolderAsync(session, cancellationToken);
            return $"{(plan.Tls == FtpTls.Off ? "FTP, not encrypted" : "FTP, encrypted")}: {session.Greeting}, folder {session.At("")}";
        },
        cancellationToken);

    public override Task<PathInfo?> FindAsync(string path, CancellationToken cancellationToken) =>
        InSessionAsync(path, session => FindAsync(session, path, cancellationToken), cancellationToken);

    async Task<PathInfo?> FindAsync(FtpSession session, string path, CancellationToken cancellationToken)
    {
        var size = await session.AskAsync($"SIZE {session.At(path)}", cancellationToken);
        if (size.IsUnknown)
            throw new FtpException($"It does not tell the size of a file ({size}), without which a part of it would pass for all. Use another way.");
        if (size.IsTransient)
            throw new FtpException($"It does not tell the size now ({size}).", isTransient: true);
        if (!size.IsDone)
            return await OfNoSizeAsync(session, path, cancellationToken);
        if (!long.TryParse(size.Text, NumberStyles.None, CultureInfo.InvariantCulture, out var bytes))
            throw new FtpException($"It tells no size ({size}). Look at the server.");
        var written = await session.AskAsync($"MDTM {session.At(path)}", cancellationToken);
        return written.IsDone && written.Text.Length >= Time.Length
            && DateTimeOffset.TryParseExact(
                written.Text[..Time.Length], Time, CultureInfo.InvariantCulture, DateTimeStyles.AssumeUniversal, out var modified)
            ? new PathInfo(path, IsFolder: false, bytes, modified)
            : throw new FtpException($"It does not tell when the file was written ({written}), so it may be yesterday's. Look at the server.");
    }

    /// <summary>Nothing at all, or a folder, or a file of which nothing is told: servers have one number for all three.</summary>
    async Task<PathInfo?> OfNoSizeAsync(FtpSession session, string path, CancellationToken cancellationToken)
    {
        if ((await session.AskAsync($"CWD {session.At(path)}", cancellationToken)).IsDone)
            throw NoFile(path);
        var slash = path.TrimEnd('/').LastIndexOf('/');
        var parent = slash > 0 ? path[..slash] : "";
        if (parent.Length == 0)
            await NeedFolderAsync(session, cancellationToken);
        else if (!(await session.AskAsync($"CWD {session.At(parent)}", cancellationToken)).IsDone)
            return await OfNoSizeAsync(session, parent, cancellationToken);
        return (await NamesAsync(session, cancellationToken)).Contains(path[(slash + 1)..].TrimEnd('/')) ? throw Forbidden(path) : null;
    }

    FtpException Forbidden(string path) =>
        new($"{path} is there, and {plan.User} may not read it. Let that user read it, and enter the folders above.");

    /// <summary>Names of what lies in the folder of the session.</summary>
    static async Task<IReadOnlyList<string>> NamesAsync(FtpSession session, CancellationToken cancellationToken)
    {
        using var names = new MemoryStream();
        try
        {
            await session.ReceiveAsync("NLST", names, cancellationToken);
        }
        catch (FtpException fault) when (fault.IsUnavailable)
        {
            // RFC 1123, 4.1.2.7: an empty folder may be an error.
            return [];
        }
        return
        [
            .. Encoding.UTF8.GetString(names.ToArray())
                .Split(['\r', '\n'], StringSplitOptions.RemoveEmptyEntries)
                .Select(line => line[(line.LastIndexOf('/') + 1)..])
                .Where(entry => entry is not ("" or "." or "..")),
        ];
    }

    /// <summary>Servers of FTP do not tell when a folder was changed.</summary>
    public override Task<IReadOnlyList<PathInfo>?> ListAsync(string folder, CancellationToken cancellationToken) => throw Fault(
        NoFile(folder).Message, folder);

    static FtpException NoFile(string path) => new($"{path} is a folder, of which FTP does not tell when it was written: name a file in it.");

    protected override Task CopyAsync(PathInfo file, Stream to, CancellationToken cancellationToken) => InSessionAsync(
        file.Path,
        async session =>
        {
            await session.ReceiveAsync($"RETR {session.At(file.Path)}", to, cancellationToken);
            return true;
        },
        cancellationToken);

    async Task NeedFolderAsync(FtpSession session, CancellationToken cancellationToken)
    {
        var entered = await session.AskAsync($"CWD {session.At("")}", cancellationToken);
        if (!entered.IsDone)
            throw new FtpException($"There is no folder {plan.Path}, or {plan.User} may not enter it ({entered}). Correct `path` of the connection.");
    }

    async Task<T> InSessionAsync<T>(string path, Func<FtpSession, Task<T>> ask, CancellationToken cancellationToken)
    {
        try
        {
            var trusted = authorities is null ? null : TrustedAuthorities.Of(authorities, "tls_ca");
            await using var session = new FtpSession(plan, trusted, clock);
            await session.OpenAsync(cancellationToken);
            return await ask(session);
        }
        catch (FtpException fault)
        {
            throw Fault(fault.Message, path, fault, fault.IsTransient);
        }
        catch (TimeoutException fault)
        {
            throw Fault($"{fault.Message} Look at the server, or raise `timeout`.", path, fault, isTransient: true);
        }
        catch (AuthenticationException fault)
        {
            throw Fault(
                $"No TLS connection that can be trusted, so nothing was told to it: {fault.Message.TrimEnd('.')}. Renew its certificate, or name "
                    + "your own authority with `tls_ca`.",
                path,
                fault);
        }
        catch (Exception fault) when (fault is SocketException or IOException)
        {
            throw Fault(
                $"It did not answer, or the line broke: {fault.Message.TrimEnd('.')}. Look whether it runs, and at `host` and `port`.",
                path,
                fault,
                isTransient: true);
        }
    }
}
