using System.Net;
using System.Net.Sockets;
using System.Text;
using TagGuard.Adapters.Http;
using TagGuard.StoreContracts;

namespace TagGuard.Tests.Deliveries;

/// <summary>The address that is called after each run.</summary>
public sealed class HeartbeatTests
{
    static CancellationToken Token => TestContext.Current.CancellationToken;

    [Theory]
    [InlineData("204 No Content", null)]
    [InlineData("500 Oops", "localhost answered 500")]
    public async Task ItIsCalledOnceAndItsRefusalIsToldWithoutItsKey(string answer, string? told)
    {
        using var listener = new TcpListener(IPAddress.Loopback, 0);
        listener.Start();
        var url = $"http://localhost:{((IPEndPoint)listener.LocalEndpoint).Port}/ping/secret-key";
        var asked = AnswerAsync(listener, answer);

        var call = new Heartbeat(url, TimeProvider.System).RunEndedAsync(Given.Date, [], Token);
        var fault = await Record.ExceptionAsync(() => call);

        Assert.StartsWith("GET /ping/secret-key HTTP/1.1", await asked, StringComparison.Ordinal);
        Assert.Equal(told is null, fault is null);
        Assert.Contains(told ?? "", fault?.Message ?? "", StringComparison.Ordinal);
        Assert.DoesNotContain("secret-key", fault?.Message ?? "", StringComparison.Ordinal);
    }

    [Fact]
    public async Task OneThatIsNotThereIsTold()
    {
        var listener = new TcpListener(IPAddress.Loopback, 0);
        listener.Start();
        var port = ((IPEndPoint)listener.LocalEndpoint).Port;
        listener.Stop();

        var fault = await Assert.ThrowsAsync<IOException>(
            () => new Heartbeat($"http://localhost:{port}/", TimeProvider.System).RunEndedAsync(Given.Date, [], Token));

        Assert.Contains("localhost was not reached", fault.Message, StringComparison.Ordinal);
    }

    static async Task<string> AnswerAsync(TcpListener listener, string answer)
    {
        using var client = await listener.AcceptTcpClientAsync(Token);
        var stream = client.GetStream();
        var bytes = new byte[4096];
        var length = await stream.ReadAsync(bytes, Token);
        await stream.WriteAsync(Encoding.ASCII.GetBytes($"HTTP/1.1 {answer}\r\nContent-Length: 0\r\nConnection: close\r\n\r\n"), Token);
        return Encoding.ASCII.GetString(bytes, 0, length);
    }
}
