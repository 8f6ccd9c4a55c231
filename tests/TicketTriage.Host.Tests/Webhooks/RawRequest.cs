using System.Globalization;
using System.Net.Sockets;
using System.Text;

namespace TicketTriage.Host.Tests.Webhooks;

/// <summary>A request written by hand, for what no well-behaved client sends.</summary>
internal static class RawRequest
{
    private const int MostSent = 256 * 1024 * 1024;

    /// <summary>Posts with these header lines, and an empty body where they announce none.</summary>
    /// <returns>The status of the answer.</returns>
    public static async Task<int> PostAsync(Uri address, IEnumerable<string> headers, CancellationToken cancellationToken)
    {
        using var client = await ConnectAsync(address, headers, cancellationToken);
        return await ReadStatusAsync(client.GetStream(), cancellationToken);
    }

    /// <summary>Posts a body in chunks that never ends, until an answer comes.</summary>
    /// <returns>The status of the answer, and how many bytes were sent before it came.</returns>
    public static async Task<(int Status, int Sent)> PostWithoutEndAsync(Uri address, CancellationToken cancellationToken)
    {
        using var client = await ConnectAsync(address, ["Transfer-Encoding: chunked"], cancellationToken);
        var stream = client.GetStream();
        var block = new byte[64 * 1024];
        byte[] chunk = [.. Encoding.ASCII.GetBytes($"{block.Length:x}\r\n"), .. block, .. "\r\n"u8];
        var sent = 0;
        try
        {
            while (!stream.DataAvailable && sent < MostSent)
            {
                await stream.WriteAsync(chunk, cancellationToken);
                sent += block.Length;
            }
        }
        catch (IOException)
        {
            // It answered and hung up while a chunk was on its way; the answer is here, or the status is 0.
        }

        return (stream.DataAvailable ? await ReadStatusAsync(stream, cancellationToken) : 0, sent);
    }

    private static async Task<TcpClient> ConnectAsync(Uri address, IEnumerable<string> headers, CancellationToken cancellationToken)
    {
        var client = new TcpClient();
        await client.ConnectAsync(address.Host, address.Port, cancellationToken);
        string[] head = [$"POST {address.AbsolutePath} HTTP/1.1", $"Host: {address.Authority}", .. headers, "", ""];
        await client.GetStream().WriteAsync(Encoding.ASCII.GetBytes(string.Join("\r\n", head)), cancellationToken);
        return client;
    }

    private static async Task<int> ReadStatusAsync(NetworkStream stream, CancellationToken cancellationToken)
    {
        using var reader = new StreamReader(stream, Encoding.ASCII, leaveOpen: true);
        var line = await reader.ReadLineAsync(cancellationToken) ?? throw new IOException("The connection was closed without an answer.");
        return int.Parse(line.Split(' ')[1], CultureInfo.InvariantCulture);
    }
}
