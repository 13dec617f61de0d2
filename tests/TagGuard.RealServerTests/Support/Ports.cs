using System.Diagnostics;
using System.Net;
using System.Net.Sockets;

namespace TagGuard.RealServerTests.Support;

/// <summary>Ports of this machine for servers that a test starts.</summary>
static class Ports
{
    /// <summary>One that nobody listens at.</summary>
    public static int Free()
    {
        using var listener = new TcpListener(IPAddress.Loopback, 0);
        listener.Start();
        return ((IPEndPoint)listener.LocalEndpoint).Port;
    }

    /// <summary>Waits until a server that was started listens; its end before that is the test's failure.</summary>
    public static async Task ListensAsync(int port, Process server)
    {
        for (var tries = 0; ; tries++)
        {
            Assert.False(server.HasExited, $"{server.StartInfo.FileName} ended before it listened.");
            try
            {
                using var client = new TcpClient("127.0.0.1", port);
                return;
            }
            catch (SocketException) when (tries < 200)
            {
                await Task.Delay(50);
            }
        }
    }
}
