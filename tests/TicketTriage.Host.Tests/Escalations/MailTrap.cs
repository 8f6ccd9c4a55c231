using System.Collections.Concurrent;
using System.Net;
using System.Net.Sockets;
using System.Text;

namespace TicketTriage.Host.Tests.Escalations;

/// <summary>A mail server that keeps what it gets.</summary>
internal sealed class MailTrap : IAsyncDisposable
{
    private readonly TcpListener listener = new(IPAddress.Loopback, 0);
    private readonly CancellationTokenSource stopping = new();
    private readonly ConcurrentQueue<string> mails = new();
    private readonly Task accepting;
    private int waiting;

    public MailTrap()
    {
        listener.Start();
        accepting = AcceptAsync(stopping.Token);
    }

    /// <summary>True for a server that takes the call and never says a word.</summary>
    public bool IsMute { get; init; }

    /// <summary>Callers who wait for a first word.</summary>
    public int Waiting => waiting;

    public int Port => ((IPEndPoint)listener.LocalEndpoint).Port;

    /// <summary>Each with its headers, as it went over the line but with quoted-printable lines joined.</summary>
    public IReadOnlyList<string> Mails => [.. mails];

    public async ValueTask DisposeAsync()
    {
        await stopping.CancelAsync();
        listener.Stop();
        await accepting;
        stopping.Dispose();
    }

    private async Task AcceptAsync(CancellationToken cancellationToken)
    {
        var talks = new List<Task>();
        try
        {
            while (true)
            {
                talks.Add(TalkAsync(await listener.AcceptTcpClientAsync(cancellationToken), cancellationToken));
            }
        }
        catch (Exception e) when (e is OperationCanceledException or SocketException or ObjectDisposedException)
        {
            await Task.WhenAll(talks);
        }
    }

    private async Task TalkAsync(TcpClient client, CancellationToken cancellationToken)
    {
        using var owned = client;
        await using var stream = client.GetStream();
        using var reader = new StreamReader(stream, Encoding.ASCII);
        await using var writer = new StreamWriter(stream, Encoding.ASCII) { NewLine = "\r\n", AutoFlush = true };
        try
        {
            if (IsMute)
            {
                Interlocked.Increment(ref waiting);
                await reader.ReadLineAsync(cancellationToken);
                Interlocked.Decrement(ref waiting);
                return;
            }

            await writer.WriteLineAsync("220 trap");
            while (await reader.ReadLineAsync(cancellationToken) is { } line)
            {
                if (line == "DATA")
                {
                    await writer.WriteLineAsync("354 go on");
                    var mail = new StringBuilder();
                    while (await reader.ReadLineAsync(cancellationToken) is { } text && text != ".")
                    {
                        mail.AppendLine(text);
                    }

                    mails.Enqueue(mail.ToString().Replace("=\n", "", StringComparison.Ordinal).Replace("=\r\n", "", StringComparison.Ordinal));
                }

                await writer.WriteLineAsync(line == "QUIT" ? "221 bye" : "250 ok");
            }
        }
        catch (Exception e) when (e is IOException or OperationCanceledException)
        {
            // The client went away, or the test is over.
        }
    }
}
