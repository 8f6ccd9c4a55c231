using System.Net.Sockets;
using System.Text;

namespace TicketTriage.Chaos.Post;

/// <summary>Connections that say nothing, or a byte a second; each is opened again when the other side has had enough of it.</summary>
internal sealed class SlowConnections : IAsyncDisposable
{
    private static readonly TimeSpan Drip = TimeSpan.FromSeconds(1);
    private static readonly TimeSpan LookEvery = TimeSpan.FromMilliseconds(100);
    private static readonly byte[] Beginning = Encoding.ASCII.GetBytes("POST /webhooks/sandbox HTTP/1.1\r\nHost: localhost\r\nX-Slow: ");

    private readonly CancellationTokenSource stopping = new();
    private readonly Task[] callers;
    private readonly Uri target;
    private int opened;

    private SlowConnections(Uri target, int idle, int dripping)
    {
        this.target = target;
        callers = [.. Enumerable.Range(0, idle + dripping).Select(place => CallAsync(drips: place >= idle, stopping.Token))];
    }

    /// <summary>How many were opened in all, again and again.</summary>
    public int Opened => Volatile.Read(ref opened);

    public static SlowConnections Open(Uri target, int idle, int dripping) => new(target, idle, dripping);

    public async Task WaitUntilOpenAsync(CancellationToken cancellationToken)
    {
        while (Opened < callers.Length)
        {
            await Task.Delay(LookEvery, TimeProvider.System, cancellationToken);
        }
    }

    public async ValueTask DisposeAsync()
    {
        await stopping.CancelAsync();
        await Task.WhenAll(callers);
        stopping.Dispose();
    }

    private async Task CallAsync(bool drips, CancellationToken cancellationToken)
    {
        while (!cancellationToken.IsCancellationRequested)
        {
            try
            {
                using var socket = new Socket(SocketType.Stream, ProtocolType.Tcp);
                await socket.ConnectAsync(target.Host, target.Port, cancellationToken);
                Interlocked.Increment(ref opened);
                await (drips ? DripAsync(socket, cancellationToken) : BeSilentAsync(socket, cancellationToken));
            }
            catch (SocketException)
            {
                // The other side has closed it.
                await Task.Delay(LookEvery, TimeProvider.System, CancellationToken.None);
            }
            catch (OperationCanceledException) when (cancellationToken.IsCancellationRequested)
            {
                return;
            }
        }
    }

    private static async Task DripAsync(Socket socket, CancellationToken cancellationToken)
    {
        for (var sent = 0; ; sent++)
        {
            var next = sent < Beginning.Length ? Beginning[sent] : (byte)'x';
            await socket.SendAsync(new[] { next }, cancellationToken);
            await Task.Delay(Drip, TimeProvider.System, cancellationToken);
        }
    }

    private static async Task BeSilentAsync(Socket socket, CancellationToken cancellationToken) =>
        await socket.ReceiveAsync(new byte[1], cancellationToken);
}
