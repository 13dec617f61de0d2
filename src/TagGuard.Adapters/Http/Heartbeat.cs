using TagGuard.Deliveries;
using TagGuard.Storage;

namespace TagGuard.Adapters.Http;

/// <summary>Calls an address when a run has ended, whatever its verdict: who misses the call knows that TagGuard itself is gone.</summary>
/// <param name="url">The address. It may hold a key, so only its host is told.</param>
/// <param name="clock">The clock.</param>
public sealed class Heartbeat(string url, TimeProvider clock) : IDelivery
{
    const int MostBytes = 1 << 16;

    static readonly TimeSpan Patience = TimeSpan.FromSeconds(10);

    public string Name => "The heartbeat";

    public async Task RunEndedAsync(DateOnly date, IReadOnlyList<StageResult> stages, CancellationToken cancellationToken)
    {
        var address = new Uri(url);
        using var transport = new HttpTransport(Patience, ca: null, clock);
        using var request = new HttpRequestMessage(HttpMethod.Get, address);
        try
        {
            var answer = await transport.SendAsync(request, MostBytes, cancellationToken);
            if ((int)answer.Status is < 200 or > 299)
                throw new IOException($"{address.Host} answered {(int)answer.Status}. Check `heartbeat` of `notify`.");
        }
        catch (Exception fault) when (fault is HttpRequestException or TimeoutException or HttpTooLongException)
        {
            throw new IOException($"{address.Host} was not reached: {fault.Message} Check `heartbeat` of `notify`.", fault);
        }
    }
}
