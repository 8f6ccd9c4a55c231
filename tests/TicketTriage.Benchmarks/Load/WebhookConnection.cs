using System.Net.Sockets;
using System.Text;

namespace TicketTriage.Benchmarks.Load;

/// <summary>
/// One kept-alive connection that sends a request and reads its answer, one after the other. Plain sockets: on two cores every cycle
/// that the sender spends is one that the service lacks, and HttpClient would spend several times as many.
/// </summary>
internal sealed class WebhookConnection : IDisposable
{
    private static readonly byte[] Accepted = "HTTP/1.1 202 "u8.ToArray();
    private static readonly byte[] EndOfHead = "\r\n\r\n"u8.ToArray();

    private readonly Socket socket = new(SocketType.Stream, ProtocolType.Tcp) { NoDelay = true };
    private readonly byte[] answer = new byte[4096];

    public static async Task<WebhookConnection> OpenAsync(Uri target, CancellationToken cancellationToken)
    {
        var connection = new WebhookConnection();
        await connection.socket.ConnectAsync(target.Host, target.Port, cancellationToken);
        return connection;
    }

    /// <exception cref="InvalidOperationException">The answer was not 202: what would be measured is not what was meant.</exception>
    public async ValueTask SendAsync(byte[] request, CancellationToken cancellationToken)
    {
        for (var sent = 0; sent < request.Length;)
        {
            sent += await socket.SendAsync(request.AsMemory(sent), cancellationToken);
        }

        var received = 0;
        while (answer.AsSpan(0, received).IndexOf(EndOfHead) < 0)
        {
            var more = await socket.ReceiveAsync(answer.AsMemory(received), cancellationToken);
            if (more == 0)
            {
                throw new InvalidOperationException("The service closed the connection without an answer.");
            }

            received += more;
        }

        if (!answer.AsSpan(0, received).StartsWith(Accepted))
        {
            throw new InvalidOperationException($"The service did not accept a delivery: {Encoding.UTF8.GetString(answer, 0, received)}");
        }
    }

    public void Dispose() => socket.Dispose();
}
