using System.Globalization;
using System.Security.Cryptography.X509Certificates;
using System.Text.RegularExpressions;

namespace TagGuard.Adapters.Ftp;

/// <summary>A user's session with an FTP server: RFC 959, 2428 (EPSV), 3659 (SIZE, MDTM), 4217 (TLS). Bytes travel on connections that we
/// open.</summary>
sealed partial class FtpSession(FtpConnectionPlan plan, X509ChainPolicy? trusted, TimeProvider clock) : IAsyncDisposable
{
    const int Piece = 1 << 16;

    readonly FtpLine _commands = new(plan.Host, trusted, plan.Timeout, clock);
    bool _isExtended = true;

    string _root = "";

    public string Greeting { get; private set; } = "";

    /// <summary>Where a path is on the server, from its own root, for the session may stand in any folder.</summary>
    public string At(string path) => $"{_root}/{path.Trim('/')}".TrimEnd('/') is var at && at.Length > 0 ? at : "/";

    public async Task OpenAsync(CancellationToken cancellationToken)
    {
        await _commands.ConnectAsync(plan.PortInForce, cancellationToken);
        if (plan.Tls == FtpTls.Implicit)
            await _commands.EncryptAsync(cancellationToken);
        Greeting = Need(await _commands.ReplyAsync(cancellationToken), "It refuses").Text;
        if (plan.Tls == FtpTls.Explicit)
        {
            var offer = await _commands.AskAsync("AUTH TLS", cancellationToken);
            if (!offer.IsDone)
                throw new FtpException(
                    $"It does not encrypt ({offer}), so no password was told to it. Have TLS switched on there, or write `tls: off` if the way to it "
                        + "is safe.");
            await _commands.EncryptAsync(cancellationToken);
        }
        var user = await _commands.AskAsync($"USER {plan.User}", cancellationToken);
        var login = user.Code == 331 ? await _commands.AskAsync($"PASS {plan.Password}", cancellationToken) : user;
        if (!login.IsDone)
            throw new FtpException($"It does not let {plan.User} in ({login}). Correct `user` or `password`.", login.IsTransient);
        if (plan.Tls != FtpTls.Off)
        {
            Need(await _commands.AskAsync("PBSZ 0", cancellationToken), "It does not encrypt files");
            Need(await _commands.AskAsync("PROT P", cancellationToken), "It does not encrypt files");
        }
        // Bytes as they are: with ASCII, sizes and checksums would be others.
        Need(await _commands.AskAsync("TYPE I", cancellationToken), "It sends no binary files");
        // Servers that know it take names for UTF-8; others may refuse.
        await _commands.AskAsync("OPTS UTF8 ON", cancellationToken);
        _root = (plan.Path.StartsWith('/') ? plan.Path : $"{await HomeAsync(cancellationToken)}/{plan.Path}").TrimEnd('/');
    }

    public Task<FtpReply> AskAsync(string command, CancellationToken cancellationToken) => _commands.AskAsync(command, cancellationToken);

    /// <summary>What a command sends: all of it, or an error; the server says that it ended, for a line that is cut looks like an end.</summary>
    public async Task ReceiveAsync(string command, Stream to, CancellationToken cancellationToken)
    {
        await using var bytes = new FtpLine(plan.Host, trusted, plan.Timeout, clock);
        await bytes.ConnectAsync(_commands.Address, await PassiveAsync(cancellationToken), cancellationToken);
        var begins = await _commands.AskAsync(command, cancellationToken);
        if (begins.IsUnavailable)
            throw new FtpException($"{plan.User} may not read it, or it went ({begins}). Let that user read it, and enter the folders above.")
            {
                IsUnavailable = true,
            };
        if (!begins.IsBeginning)
            throw Refused(begins, "It does not send it");
        if (plan.Tls != FtpTls.Off)
            await bytes.EncryptAsync(cancellationToken);
        var buffer = new byte[Piece];
        for (int read; (read = await bytes.ReadAsync(buffer, cancellationToken)) > 0;)
            await to.WriteAsync(buffer.AsMemory(0, read), cancellationToken);
        await bytes.DisposeAsync();
        Need(await _commands.ReplyAsync(cancellationToken), "It did not send all of it");
    }

    /// <summary>Where the user begins: 257 "/out" is the current folder, quotes in it doubled.</summary>
    async Task<string> HomeAsync(CancellationToken cancellationToken)
    {
        var told = Need(await _commands.AskAsync("PWD", cancellationToken), "It does not say where the user begins").Text;
        var (first, last) = (told.IndexOf('"'), told.LastIndexOf('"'));
        return first < last ? told[(first + 1)..last].Replace("\"\"", "\"", StringComparison.Ordinal).TrimEnd('/') : "";
    }

    async Task<int> PassiveAsync(CancellationToken cancellationToken)
    {
        var extended = _isExtended ? await _commands.AskAsync("EPSV", cancellationToken) : default;
        _isExtended = extended.Code == 229;
        if (_isExtended && ExtendedPort.Match(extended.Text) is { Success: true } port)
            return int.Parse(port.Groups[1].ValueSpan, CultureInfo.InvariantCulture);
        var passive = Need(await _commands.AskAsync("PASV", cancellationToken), "It opens no second connection");
        return PassivePort.Match(passive.Text) is { Success: true } bytes
            ? (256 * int.Parse(bytes.Groups[1].ValueSpan, CultureInfo.InvariantCulture))
                + int.Parse(bytes.Groups[2].ValueSpan, CultureInfo.InvariantCulture)
            : throw new FtpException($"It does not say where its bytes are ({passive}). Look at the server.");
    }

    static FtpReply Need(FtpReply reply, string what) => reply.IsDone ? reply : throw Refused(reply, what);

    static FtpException Refused(FtpReply reply, string what) => new($"{what} ({reply}). Look at the server.", reply.IsTransient);

    [GeneratedRegex(@"\(\|\|\|(\d{1,5})\|\)")]
    static partial Regex ExtendedPort { get; }

    [GeneratedRegex(@"\d{1,3},\d{1,3},\d{1,3},\d{1,3},(\d{1,3}),(\d{1,3})")]
    static partial Regex PassivePort { get; }

    public ValueTask DisposeAsync() => _commands.DisposeAsync();
}
