using System.Net;
using System.Net.Sockets;

namespace TicketTriage.Chaos.Sites;

internal static class FreeAddress
{
    // Below what Linux hands to those who call: a process that is started again must find its port free.
    private const int First = 20_000;
    private const int Last = 32_000;

    /// <summary>An address on loopback where nobody listens.</summary>
    public static Uri Find()
    {
        while (true)
        {
            var port = Random.Shared.Next(First, Last);
            try
            {
                using var listener = new TcpListener(IPAddress.Loopback, port);
                listener.Start();
                return new Uri($"http://127.0.0.1:{port}/");
            }
            catch (SocketException)
            {
                // Somebody is there already.
                continue;
            }
        }
    }
}
