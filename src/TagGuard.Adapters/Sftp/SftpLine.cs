using System.Globalization;
using System.Net.Sockets;
using Renci.SshNet;
using Renci.SshNet.Common;
using TagGuard.Sources;

namespace TagGuard.Adapters.Sftp;

/// <summary>One line to a server of SFTP, opened by the first question and anew when it broke; nothing is told to a server that is not known by its
/// key.</summary>
sealed class SftpLine(string name, SftpConnectionPlan plan, string? keyFile) : IDisposable
{
    readonly SemaphoreSlim _one = new(1);
    SftpClient? _client;
    string? _stranger;

    public string Address { get; } = string.Create(CultureInfo.InvariantCulture, $"{plan.Host}:{plan.Port}");

    public string ServerVersion => _client?.ConnectionInfo.ServerVersion ?? "";

    /// <summary>Asks; a file that is not there comes as <see cref="SftpPathNotFoundException"/> to who asks, all else as the error of a
    /// source.</summary>
    /// <exception cref="SourceException">The server does not answer, is not known, or refuses.</exception>
    public async Task<T> AskAsync<T>(string asked, Func<SftpClient, Task<T>> ask, CancellationToken cancellationToken)
    {
        await _one.WaitAsync(cancellationToken);
        try
        {
            return await ask(await ClientAsync(cancellationToken));
        }
        catch (Exception fault) when (Told(fault) is { } told && !cancellationToken.IsCancellationRequested)
        {
            throw new SourceException(name, Address, told.Message, asked, fault) { IsTransient = told.IsTransient };
        }
        finally
        {
            _one.Release();
        }
    }

    async Task<SftpClient> ClientAsync(CancellationToken cancellationToken)
    {
        if (_client is { IsConnected: true })
            return _client;
        _client?.Dispose();
        AuthenticationMethod login = keyFile is null
            ? new PasswordAuthenticationMethod(plan.User, plan.Password!)
            : new PrivateKeyAuthenticationMethod(plan.User, new PrivateKeyFile(keyFile, plan.Passphrase));
        _client = new SftpClient(new ConnectionInfo(plan.Host, plan.Port, plan.User, login) { Timeout = plan.Timeout })
        {
            OperationTimeout = plan.Timeout,
        };
        _stranger = null;
        _client.HostKeyReceived += (_, shown) =>
        {
            shown.CanTrust = plan.Knows(shown.FingerPrintSHA256);
            _stranger = shown.CanTrust ? null : $"{shown.HostKeyName} SHA256:{shown.FingerPrintSHA256.TrimEnd('=')}";
        };
        await _client.ConnectAsync(cancellationToken);
        return _client;
    }

    (string Message, bool IsTransient)? Told(Exception fault) => fault switch
    {
        SshException when _stranger is not null => (
            $"It shows another key than `host_key` names, so nothing was told to it: {_stranger}. If its owner says that this is its key, write it "
                + "into `host_key`; else somebody stands in between.",
            false),
        SshAuthenticationException when keyFile is not null => (
            $"It does not let {plan.User} in with the key {keyFile} ({Sentence(fault)}). Have its public key added to that user's "
                + "authorized_keys, or correct `user` or `key`.",
            false),
        SshAuthenticationException => (
            $"It does not let {plan.User} in with this password ({Sentence(fault)}). Correct `user` or `password`.", false),
        SshPassPhraseNullOrEmptyException => ($"The private key {keyFile} is encrypted: add `passphrase`.", false),
        SftpPermissionDeniedException => (
            $"{plan.User} may not look there: {Sentence(fault)}. Let that user read the file and enter the folders above it.", false),
        SshOperationTimeoutException or TimeoutException => (
            $"It gave no answer within {plan.Timeout.TotalSeconds:0.#} s. Look at the server, or raise `timeout`.", true),
        SshConnectionException or SocketException or ProxyException or ObjectDisposedException => (
            $"It did not answer, or the line broke: {Sentence(fault)}. Look whether it runs, and at `host` and `port`.", true),
        IOException or UnauthorizedAccessException => ($"{Sentence(fault)}. Correct `key`, or free room in {Path.GetTempPath()}.", false),
        SftpPathNotFoundException => ("The file went while it was read. Ask again when its job has ended.", true),
        SshException => (
            $"{Sentence(fault)}. {(_client is { IsConnected: true } ? "Look" : "Correct `key` or `passphrase`, or look")} at the server.", false),
        _ => null,
    };

    static string Sentence(Exception fault) => fault.Message.TrimEnd('.', '!');

    public void Dispose()
    {
        _client?.Dispose();
        _one.Dispose();
    }
}
