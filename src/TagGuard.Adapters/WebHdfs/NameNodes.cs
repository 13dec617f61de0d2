using System.Globalization;
using System.Security.Authentication;
using System.Text.Json;
using TagGuard.Adapters.Http;
using TagGuard.Adapters.Kerberos;
using TagGuard.Sources;

namespace TagGuard.Adapters.WebHdfs;

/// <summary>The servers of one HDFS: asks the one that answered last, and the next ones when it is a standby, does not answer or has no answer
/// yet.</summary>
/// <param name="name">The connection's name in the plan.</param>
/// <param name="bases">Where each one's paths begin, `/webhdfs/v1` at the end.</param>
/// <param name="who">The end of each request that says who asks; may hold the token, so it is never told.</param>
/// <param name="user">The user, for messages.</param>
/// <param name="hasTicket">Whether a ticket says who asks.</param>
/// <param name="transport">How requests travel.</param>
sealed class NameNodes(
    string name, IReadOnlyList<Uri> bases, string who, string? user, bool hasTicket, HttpTransport transport) : IDisposable
{
    /// <summary>A listing of a folder with 200,000 files; a server that pages sends 1,000 at a time.</summary>
    const int MostBytes = 64 << 20;

    const int TemporaryRedirect = 307;

    readonly Refusals _refusals = new(name, user, hasTicket);

    int _active;

    public string Name => name;

    public IReadOnlyList<Uri> Bases => bases;

    public string Question(string path, string op) =>
        $"{AddressOf(bases[_active], path, op)}{(user is null ? "" : $"&user.name={Uri.EscapeDataString(user)}")}";

    /// <summary>What the active server answers; null when it says that nothing is there.</summary>
    /// <param name="path">The path in HDFS.</param>
    /// <param name="op">The operation, which only reads.</param>
    /// <param name="more">Its further parameters, each with `&amp;` in front.</param>
    /// <param name="cancellationToken">Gives up.</param>
    /// <exception cref="SourceException">None is active, or the active one refuses.</exception>
    public Task<JsonElement?> AskAsync(string path, string op, string more, CancellationToken cancellationToken) =>
        ActiveAsync(path, op, server => AskAsync(server, path, op, more, cancellationToken));

    /// <summary>What the active server sends of a file; null when it says that nothing is there.</summary>
    /// <param name="path">The path in HDFS.</param>
    /// <param name="offset">Where it begins.</param>
    /// <param name="length">How many bytes are wanted.</param>
    /// <param name="cancellationToken">Gives up.</param>
    /// <exception cref="SourceException">None is active, or the active one or a DataNode refuses.</exception>
    public Task<byte[]?> OpenAsync(string path, long offset, int length, CancellationToken cancellationToken)
    {
        const string Op = "OPEN";
        var more = string.Create(CultureInfo.InvariantCulture, $"&offset={offset}&length={length}");
        return ActiveAsync<byte[]?>(path, Op, async server =>
        {
            var asked = AddressOf(server, path, Op) + more;
            var answer = await SendAsync(server, new Uri(asked + who), asked, cancellationToken);
            if ((int)answer.Status == TemporaryRedirect && answer.Location is { IsAbsoluteUri: true, Scheme: "http" or "https" } location)
                answer = await FromDataNodeAsync(server, location, asked, cancellationToken);
            if (answer.IsSuccess)
                return answer.Body;
            return await JsonAsync(answer, server, asked, cancellationToken) is null ? null : throw _refusals.NotHdfs(answer, server, asked);
        });
    }

    /// <summary>A NameNode sends who reads to a DataNode, whose address may hold a token.</summary>
    async Task<HttpAnswer> FromDataNodeAsync(Uri server, Uri location, string asked, CancellationToken cancellationToken)
    {
        var dataNode = new Uri(location.GetLeftPart(UriPartial.Authority));
        if (server.Scheme == "https" && location.Scheme != "https")
            throw _refusals.Fault(
                $"It sends who reads to {dataNode}, without TLS. Set dfs.http.policy to HTTPS_ONLY on the DataNodes.", server, asked);
        try
        {
            return await SendAsync(dataNode, location, asked, cancellationToken);
        }
        catch (PassedOnException fault)
        {
            // No other NameNode is nearer to it.
            throw _refusals.Fault(
                $"The DataNode to which {server.Authority} sends who reads did not answer: {fault.Fault.InnerException?.Message.TrimEnd('.')}. Look "
                    + "whether it runs; if this machine does not know its name, add it to `hosts` of the connection.",
                dataNode,
                asked,
                fault,
                fault.Fault.IsTransient);
        }
    }

    async Task<T> ActiveAsync<T>(string path, string op, Func<Uri, Task<T>> ask)
    {
        var faults = new List<SourceException>();
        var first = _active;
        for (var i = 0; i < bases.Count; i++)
        {
            var at = (first + i) % bases.Count;
            try
            {
                var answer = await ask(bases[at]);
                _active = at;
                return answer;
            }
            catch (PassedOnException fault)
            {
                faults.Add(fault.Fault);
            }
        }
        if (faults.Count == 1)
            throw faults[0];
        throw new SourceException(
            name,
            string.Join(", ", bases.Select(one => one.Authority)),
            $"None of its {faults.Count} servers answers as the active one: {string.Join(" ", faults.Select(fault => fault.Message))}",
            Question(path, op),
            faults[0].InnerException)
        {
            IsTransient = faults.Exists(fault => fault.IsTransient),
        };
    }

    /// <summary>What one server answers.</summary>
    /// <exception cref="PassedOnException">It is for another one to answer.</exception>
    /// <exception cref="SourceException">It refuses, and so would the others.</exception>
    public async Task<JsonElement?> AskAsync(Uri server, string path, string op, string more, CancellationToken cancellationToken)
    {
        var asked = AddressOf(server, path, op);
        var answer = await SendAsync(server, new Uri($"{asked}{more}{who}"), asked, cancellationToken);
        return await JsonAsync(answer, server, asked, cancellationToken);
    }

    /// <summary>The answer's object; null when it says that nothing is there.</summary>
    async Task<JsonElement?> JsonAsync(HttpAnswer answer, Uri server, string asked, CancellationToken cancellationToken)
    {
        var json = Json(answer.Body);
        if (json is { } error && RemoteException.Of(error) is { } remote)
        {
            if (!remote.IsAbsent)
                throw _refusals.Of(remote, server, asked);
            // A standby that may answer (`dfs.ha.allow.stale.reads`), or an observer, knows what is there later than the active one.
            return await ServerRoles.OfAsync(this, server, cancellationToken) is { IsOther: true } other
                ? throw new PassedOnException(_refusals.Fault($"It is not active but {other.State}.", server, asked, isTransient: true))
                : null;
        }
        return answer.IsSuccess && json is { ValueKind: JsonValueKind.Object } ? json : throw _refusals.NotHdfs(answer, server, asked);
    }

    /// <summary>An answer of a server to whatever is asked, or why there is none.</summary>
    public async Task<HttpAnswer> SendAsync(Uri server, Uri at, string asked, CancellationToken cancellationToken)
    {
        using var request = new HttpRequestMessage(HttpMethod.Get, at);
        request.Headers.Add("Accept", "application/json");
        try
        {
            return await transport.SendAsync(request, MostBytes, cancellationToken);
        }
        catch (TimeoutException fault)
        {
            throw new PassedOnException(_refusals.Fault(
                $"{fault.Message} Look at the server, or raise `timeout` of the connection.", server, asked, fault, isTransient: true));
        }
        catch (HttpTooLongException fault)
        {
            throw _refusals.Fault("The answer is larger than 64 MB. Is it one date's folder?", server, asked, fault);
        }
        catch (HttpRequestException fault) when (fault.InnerException is AuthenticationException)
        {
            throw new PassedOnException(_refusals.Fault(
                $"No TLS connection that can be trusted, so nothing was sent: {fault.InnerException.Message.TrimEnd('.')}. Renew its certificate, "
                    + "or name your own authority with `ca`.",
                server,
                asked,
                fault));
        }
        catch (Exception fault) when (fault is HttpRequestException or IOException)
        {
            throw new PassedOnException(_refusals.Fault(
                $"It did not answer: {fault.Message.TrimEnd('.')}. Look whether it runs, and at `urls`.", server, asked, fault, isTransient: true));
        }
        catch (KerberosException fault)
        {
            throw _refusals.Fault(fault.Message, server, asked, fault, fault.IsTransient);
        }
        catch (InvalidDataException fault)
        {
            throw _refusals.Fault(fault.Message, server, asked, fault);
        }
    }

    public SourceException Fault(string message, string path, string op, Exception? inner = null) =>
        _refusals.Fault(message, bases[_active], AddressOf(bases[_active], path, op), inner);

    static JsonElement? Json(byte[] body)
    {
        try
        {
            using var document = JsonDocument.Parse(body);
            return document.RootElement.Clone();
        }
        catch (JsonException)
        {
            return null;
        }
    }

    /// <summary>Each part of the path is escaped for itself, so that the `%3A` in a partition's name, which Hive wrote, stays these three
    /// characters.</summary>
    static string AddressOf(Uri server, string path, string op)
    {
        var parts = path.Split('/', StringSplitOptions.RemoveEmptyEntries).Where(part => part != ".").Select(Escaped);
        return $"{server.AbsoluteUri.TrimEnd('/')}/{string.Join('/', parts)}?op={op}";
    }

    static string Escaped(string part) => Uri.EscapeDataString(part).Replace("%3D", "=", StringComparison.Ordinal);

    public void Dispose() => transport.Dispose();
}
