using System.Net.Sockets;
using System.Text;
using Microsoft.Extensions.Logging;

namespace TicketTriage.Host.Tests.Webhooks;

[CancelAfter(120_000)]
internal sealed class Slow_senders
{
    /// <summary>What a sender has sent when it falls asleep.</summary>
    private static readonly string[] Beginnings =
    [
        "",
        "POST /webhooks/acme HT",
        "POST /webhooks/acme HTTP/1.1\r\nHost: 127.0.0.1\r\n",
        "POST /webhooks/acme HTTP/1.1\r\nHost: 127.0.0.1\r\nContent-Length: 500\r\n\r\n{",
    ];

    [Test]
    public async Task Are_cut_off_and_keep_nobody_waiting(CancellationToken cancellationToken)
    {
        await using var triage = await TriageUnderTest.StartAsync(cancellationToken, new() { Role = Role.Web });
        var address = triage.Http.BaseAddress ?? throw new InvalidOperationException("The client has no address.");
        var sleepers = new List<TcpClient>();
        try
        {
            for (var i = 0; i < 200; i++)
            {
                var sleeper = new TcpClient();
                sleepers.Add(sleeper);
                await sleeper.ConnectAsync(address.Host, address.Port, cancellationToken);
                await sleeper.GetStream().WriteAsync(Encoding.ASCII.GetBytes(Beginnings[i % Beginnings.Length]), cancellationToken);
            }

            var statuses = await Task.WhenAll(Enumerable.Range(0, 50).Select(async number =>
            {
                using var answer = await triage.DeliverAsync(SignedDelivery.OfTicket(number + 1), cancellationToken);
                return (int)answer.StatusCode;
            }));

            // Whoever has begun a request and doesn't go on is cut off; a connection without one may lie idle for a while.
            var begun = sleepers.Where((_, i) => i % Beginnings.Length > 0);
            await Task.WhenAll(begun.Select(sleeper => UntilCutOffAsync(sleeper, cancellationToken)));

            Assert.That(statuses, Has.All.EqualTo(202));
            Assert.That(triage.Log.Lines.Where(line => line.Level >= LogLevel.Error), Is.Empty, "nobody's sleep is an error of ours");
        }
        finally
        {
            sleepers.ForEach(sleeper => sleeper.Dispose());
        }
    }

    private static async Task UntilCutOffAsync(TcpClient sleeper, CancellationToken cancellationToken)
    {
        var buffer = new byte[1024];
        try
        {
            while (await sleeper.GetStream().ReadAsync(buffer, cancellationToken) > 0)
            {
                // The answer that says why; the end comes after it.
            }
        }
        catch (IOException)
        {
            return;
        }
    }
}
