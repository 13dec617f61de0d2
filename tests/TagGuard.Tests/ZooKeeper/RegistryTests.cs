using System.Net;
using System.Net.Sockets;
using TagGuard.Adapters;
using TagGuard.Adapters.Sources.Sql;
using TagGuard.Adapters.ZooKeeper;

namespace TagGuard.Tests.ZooKeeper;

public sealed class RegistryTests
{
    [Fact]
    public void ServersComeInTheOrderInWhichTheyRegisteredWhoeverRegisteredThem()
    {
        var servers = Registry.Of(
        [
            "serverUri=hs2b:10000;version=4.0.1;sequence=0000000012",
            "serviceUri=kyuubi:10009;version=1.9.0;sequence=0000000003",
            "serverUri=hs2a:10001;version=2.3.9;sequence=0000000010",
        ]);

        Assert.Equal(["kyuubi:10009", "hs2a:10001", "hs2b:10000"], servers.Select(server => server.ToString()));
    }

    [Fact]
    public void NodesThatAreNoServersAreNone() =>
        Assert.Empty(Registry.Of(["leader", "serverUri=", "serverUri=hs2", "serverUri=hs2:0;sequence=1", "instances=a:1", ""]));

    [Theory]
    [InlineData("HTTP/1.1 400 Bad Request\r\n\r\n", "What answers is no ZooKeeper")]
    [InlineData("", "It closed the line")]
    [InlineData("\0\0\0\u0024\0\0", "It closed the line")]
    [InlineData("\0\0\0\u0004\0\0\0\0", "Its answer is cut")]
    [InlineData("\0\0\0\u0008\0\0\0\0\0\0\0\0", "It opened no session")]
    public async Task WhoIsNoZooKeeperIsToldAndNoServersAreTakenFromIt(string answer, string told)
    {
        using var listener = new TcpListener(IPAddress.Loopback, 0);
        listener.Start();
        var answering = AnswerAsync(listener, answer);

        var fault = await Assert.ThrowsAsync<SqlFault>(() => ServersAsync(listener.LocalEndpoint.ToString()!));

        Assert.Contains(told, fault.Message, StringComparison.Ordinal);
        Assert.Contains("Check `hosts` of `zookeeper`", fault.Message, StringComparison.Ordinal);
        await answering;
    }

    [Fact]
    public async Task AZooKeeperThatHangsTakesNoneOfTheNextOnesTime()
    {
        using var silent = new TcpListener(IPAddress.Loopback, 0);
        silent.Start();
        using var next = new TcpListener(IPAddress.Loopback, 0);
        next.Start();
        var answering = AnswerAsync(next, "");

        var fault = await Assert.ThrowsAsync<SqlFault>(() => ServersAsync(silent.LocalEndpoint.ToString()!, next.LocalEndpoint.ToString()!));

        Assert.Contains($"ZooKeeper at {next.LocalEndpoint}: It closed the line", fault.Message, StringComparison.Ordinal);
        await answering;
    }

    static async Task AnswerAsync(TcpListener listener, string answer)
    {
        using var caller = await listener.AcceptSocketAsync(TestContext.Current.CancellationToken);
        var asked = new byte[48];
        await caller.ReceiveAsync(asked, TestContext.Current.CancellationToken);
        await caller.SendAsync(System.Text.Encoding.Latin1.GetBytes(answer), TestContext.Current.CancellationToken);
        caller.Shutdown(SocketShutdown.Send);
        try
        {
            await caller.ReceiveAsync(asked, TestContext.Current.CancellationToken);
        }
        catch (SocketException)
        {
            // It gave up, with some of the answer unread.
        }
    }

    static Task<IReadOnlyList<HostPort>> ServersAsync(params string[] hosts) => Registry.ServersAsync(
        new ZooKeeperPlan { Hosts = hosts }, TimeSpan.FromSeconds(1), TimeProvider.System, TestContext.Current.CancellationToken);
}
