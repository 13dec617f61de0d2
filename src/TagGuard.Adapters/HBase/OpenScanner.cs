using Google.Protobuf;
using TagGuard.Sources;

namespace TagGuard.Adapters.HBase;

/// <summary>A scanner that one gateway keeps for us. It is let go in the end: old gateways keep it for ever.</summary>
sealed class OpenScanner : IAsyncDisposable
{
    readonly Gateways _gateways;
    readonly Uri _gateway, _at;
    bool _isGone;

    OpenScanner(Gateways gateways, Uri gateway, Uri at) => (_gateways, _gateway, _at) = (gateways, gateway, at);

    public Uri Gateway => _gateway;

    /// <exception cref="LostException">The gateway opened none.</exception>
    /// <exception cref="SourceException">It refuses.</exception>
    public static async Task<OpenScanner> OpenAsync(Gateways gateways, string table, Rest.Scanner scanner, CancellationToken cancellationToken)
    {
        var gateway = gateways.Next();
        var at = Gateways.At(gateway, Gateways.PathOf(table) + "/scanner");
        var answer = await gateways.SendAsync(HttpMethod.Put, gateway, at, scanner.ToByteArray(), cancellationToken);
        if ((int)answer.Status != 201 || answer.Location is not { IsAbsoluteUri: true } location)
            throw gateways.Failed(gateways.Faults.Of((int)answer.Status, gateway, $"PUT {at}"), gateway);
        return new OpenScanner(gateways, gateway, Pinned(gateway, location, gateways));
    }

    /// <summary>The scanner lives in one gateway: behind a balancer, in the one that Location names.</summary>
    static Uri Pinned(Uri gateway, Uri location, Gateways gateways)
    {
        if (location.Host.Equals(gateway.Host, StringComparison.OrdinalIgnoreCase))
            return new Uri(new Uri(gateway.GetLeftPart(UriPartial.Authority)), location.PathAndQuery);
        return gateway.Scheme == "https" && location.Scheme != "https"
            ? throw gateways.Faults.Fault(
                $"It sends who reads to {location.Authority}, without TLS. Name the gateways themselves in `urls`.", gateway, $"PUT {gateway}")
            : location;
    }

    /// <summary>The next rows; none when the gateway says that it has no more, which proves nothing.</summary>
    /// <param name="rows">At most so many.</param>
    /// <param name="cancellationToken">Gives up.</param>
    /// <exception cref="LostException">It has none for another reason.</exception>
    public async Task<RowPage?> NextAsync(int rows, CancellationToken cancellationToken)
    {
        var at = new Uri(FormattableString.Invariant($"{_at}?n={rows}"));
        var answer = await _gateways.SendAsync(HttpMethod.Get, _gateway, at, null, cancellationToken);
        switch ((int)answer.Status)
        {
            case 204:
                return null;
            case 200:
                try
                {
                    return RowPage.Of(answer.Body);
                }
                catch (InvalidDataException fault)
                {
                    throw _gateways.Faults.Lost(fault.Message, _gateway, $"GET {at}", fault);
                }
            case var status:
                _isGone = status is 404 or 410;
                throw _gateways.Failed(_gateways.Faults.Of(status, _gateway, $"GET {at}"), _gateway);
        }
    }

    /// <summary>Best effort, and not waited for: a gateway that is frozen must not freeze the count.</summary>
    public ValueTask DisposeAsync()
    {
        if (!_isGone)
            _ = LetGoAsync();
        return ValueTask.CompletedTask;
    }

    async Task LetGoAsync()
    {
        try
        {
            await _gateways.SendAsync(HttpMethod.Delete, _gateway, _at, null, CancellationToken.None);
        }
        catch (Exception fault) when (fault is LostException or SourceException or ObjectDisposedException or OperationCanceledException)
        {
            // It expires by itself.
        }
    }
}
