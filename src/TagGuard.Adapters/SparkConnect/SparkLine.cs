using Grpc.Core;
using Grpc.Net.Client;
using TagGuard.Adapters.Sources.Sql;
using TagGuard.Adapters.SparkConnect.Protocol;

namespace TagGuard.Adapters.SparkConnect;

/// <summary>The way to a server, opened by the first call, and the session there.</summary>
/// <param name="server">Where the server is.</param>
/// <param name="token">The bearer token, or null.</param>
/// <param name="settings">Settings of the session.</param>
/// <param name="tags">Tags of the statements.</param>
/// <param name="clock">The clock.</param>
sealed class SparkLine(
    SparkServer server, string? token,
    IReadOnlyDictionary<string, string> settings, IReadOnlyList<string> tags, TimeProvider clock) : IAsyncDisposable
{
    /// <summary>How long the server may take to let go of something that nobody waits for.</summary>
    public static readonly TimeSpan Parting = TimeSpan.FromSeconds(2);

    /// <summary>A backslash escapes in quotes, as in a Spark that nobody set otherwise.</summary>
    const string Literals = "spark.sql.parser.escapedStringLiterals";

    readonly Lazy<GrpcChannel> _channel = new(() => SparkChannel.Open(server));
    readonly Metadata _headers = token is null ? [] : new Metadata { { "authorization", $"Bearer {token}" } };
    volatile string? _version;
    string _session = NewSession();

    public SparkServer Server => server;

    public TimeProvider Clock => clock;

    public IReadOnlyList<string> Tags => tags;

    /// <summary>The session of questions that begin now. A question keeps the one that it began with.</summary>
    public string Session => Volatile.Read(ref _session);

    public string ClientType { get; } = $"TagGuard/{typeof(SparkLine).Assembly.GetName().Version?.ToString(3)}";

    public UserContext User => new() { UserId = server.User, UserName = server.User };

    public SparkConnectService.SparkConnectServiceClient Client => new(Opened());

    /// <summary>From now on the session is another: the server has closed that one, and never opens it again under its name.</summary>
    /// <param name="lost">The session that was closed; where another question has replaced it already, its new one stays.</param>
    public void Renew(string lost) => Interlocked.CompareExchange(ref _session, NewSession(), lost);

    /// <summary>Makes a session what the plan says, in a server that may have been started anew.</summary>
    /// <returns>Spark's version.</returns>
    /// <exception cref="SqlFault">It does not answer, is too old, or does not take a setting.</exception>
    public async Task<string> ReadyAsync(string session, CancellationToken cancellationToken)
    {
        _version ??= await VersionAsync(session, cancellationToken);
        var set = new ConfigRequest.Types.Set();
        set.Pairs.AddRange(settings.Select(one => new KeyValue { Key = one.Key, Value = one.Value }));
        set.Pairs.Add(new KeyValue { Key = Literals, Value = "false" });
        var request = new ConfigRequest
        {
            SessionId = session,
            UserContext = User,
            ClientType = ClientType,
            Operation = new ConfigRequest.Types.Operation { Set = set },
        };
        await CallAsync(options => Client.ConfigAsync(request, options), server.ConnectTimeout, "its settings", cancellationToken);
        return _version;
    }

    /// <summary>One call with one answer.</summary>
    /// <param name="call">The call.</param>
    /// <param name="limit">How long it may take.</param>
    /// <param name="asked">What is asked, for messages.</param>
    /// <param name="cancellationToken">Gives up.</param>
    /// <exception cref="SqlFault">It failed, or took longer.</exception>
    public async Task<T> CallAsync<T>(Func<CallOptions, AsyncUnaryCall<T>> call, TimeSpan limit, string asked, CancellationToken cancellationToken)
    {
        using var late = new CancellationTokenSource(limit, clock);
        using var either = CancellationTokenSource.CreateLinkedTokenSource(late.Token, cancellationToken);
        try
        {
            return await call(Options(either.Token));
        }
        catch (Exception fault) when (fault is RpcException or OperationCanceledException)
        {
            cancellationToken.ThrowIfCancellationRequested();
            throw late.IsCancellationRequested ? SparkFault.Silent(server, limit, asked, fault) : SparkFault.Of(fault, server, asked: null);
        }
    }

    public CallOptions Options(CancellationToken cancellationToken) => new(_headers, cancellationToken: cancellationToken);

    /// <summary>A server before 4.0 has no such call, and lets go of an idle session after an hour.</summary>
    public async ValueTask DisposeAsync()
    {
        if (!_channel.IsValueCreated)
            return;
        if (_version is not null)
        {
            var request = new ReleaseSessionRequest { SessionId = Session, UserContext = User, ClientType = ClientType };
            await IgnoreAsync(CallAsync(options => Client.ReleaseSessionAsync(request, options), Parting, "", CancellationToken.None));
        }
        _channel.Value.Dispose();
    }

    /// <summary>Waits for what may fail without anybody's harm.</summary>
    /// <returns>Whether it succeeded.</returns>
    public static async Task<bool> IgnoreAsync(Task work)
    {
        await ((Task)work).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        return work.IsCompletedSuccessfully;
    }

    static string NewSession() => Guid.NewGuid().ToString();

    async Task<string> VersionAsync(string session, CancellationToken cancellationToken)
    {
        var request = new AnalyzePlanRequest
        {
            SessionId = session,
            UserContext = User,
            ClientType = ClientType,
            SparkVersion = new AnalyzePlanRequest.Types.SparkVersion(),
        };
        var answer = await CallAsync(options => Client.AnalyzePlanAsync(request, options), server.ConnectTimeout, "its version", cancellationToken);
        var version = answer.SparkVersion?.Version ?? "";
        // 3.4 binds parameters as the text of SQL, and cannot be reattached to.
        return Version.TryParse(version.Split('-')[0], out var parsed) && parsed >= new Version(3, 5)
            ? version
            : throw new SqlFault($"This is Spark {version}; Spark Connect is used from 3.5 on: upgrade it, or reach it another way.");
    }

    GrpcChannel Opened()
    {
        try
        {
            return _channel.Value;
        }
        catch (InvalidDataException fault)
        {
            throw new SqlFault(fault.Message, fault);
        }
    }
}
