using System.Collections.Concurrent;
using System.Net;
using System.Text;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Logging;
using TicketTriage.Host.Tests.Journey;
using TicketTriage.Tickets;

namespace TicketTriage.Host.Tests.Metrics;

/// <summary>The way of a ticket as an operator's collector sees it, by OTLP over HTTP.</summary>
[CancelAfter(120_000)]
internal sealed class Sending_to_a_collector
{
    [Test]
    public async Task A_collector_gets_the_steps_of_a_ticket_and_the_measurements(CancellationToken cancellationToken)
    {
        await using var collector = await Collector.StartAsync(cancellationToken);
        await using var triage = await TriageUnderTest.StartAsync(cancellationToken, new TriageSetUp
        {
            Settings = new Dictionary<string, string?>
            {
                ["OTEL_EXPORTER_OTLP_ENDPOINT"] = $"{collector.Address}",
                ["OTEL_EXPORTER_OTLP_PROTOCOL"] = "http/protobuf",
                ["OTEL_BSP_SCHEDULE_DELAY"] = "100",
                ["OTEL_METRIC_EXPORT_INTERVAL"] = "200",
            },
        });

        await triage.TriageAsync(Mail.LateOrder, cancellationToken);

        foreach (var step in new[] { TicketSteps.Journey, TicketSteps.Read, TicketSteps.Understand, TicketSteps.Decide, TicketSteps.Draft, TicketSteps.Send, TicketSteps.Finish })
        {
            await Eventually.TrueAsync(() => collector.HasHeard("/v1/traces", step), cancellationToken);
        }

        await Eventually.TrueAsync(() => collector.HasHeard("/v1/traces", $"{TriageUnderTest.Helpdesk}/1"), cancellationToken);
        // Counts, those of what has not happened too, and what stands in the database or with the helpdesk: the same as /metrics shows.
        foreach (var name in new[]
        {
            "tickettriage_write_backs", "tickettriage_helpdesk_quota_refusals", "tickettriage_step_seconds", "tickettriage_helpdesk_quota_left",
            "tickettriage_database_up", "tickettriage_queue_oldest_wait_seconds", "tickettriage_parked", "tickettriage_escalations_open",
        })
        {
            await Eventually.TrueAsync(() => collector.HasHeard("/v1/metrics", name), cancellationToken);
        }

        await Eventually.TrueAsync(() => collector.HasHeard("/v1/metrics", "service.name"), cancellationToken);
        Assert.That(collector.HasHeard("/v1/traces", Mail.LateOrder.Subject), Is.False, "what the customer wrote stays here");
    }

    /// <summary>Takes whatever is sent; texts stand as they are in what the protocol makes of them.</summary>
    private sealed class Collector : IAsyncDisposable
    {
        private readonly ConcurrentQueue<(string Path, string Body)> heard = [];
        private readonly WebApplication app;

        private Collector(WebApplication app) => this.app = app;

        public Uri Address => new(app.Urls.Single());

        public static async Task<Collector> StartAsync(CancellationToken cancellationToken)
        {
            var builder = WebApplication.CreateEmptyBuilder(new WebApplicationOptions());
            builder.WebHost.UseKestrelCore().ConfigureKestrel(kestrel => kestrel.Listen(IPAddress.Loopback, 0));
            builder.Logging.ClearProviders();
            var app = builder.Build();
            var collector = new Collector(app);
            app.Run(collector.TakeAsync);
            await app.StartAsync(cancellationToken);
            return collector;
        }

        public bool HasHeard(string path, string text) =>
            heard.Any(one => one.Path == path && one.Body.Contains(text, StringComparison.Ordinal));

        public ValueTask DisposeAsync() => app.DisposeAsync();

        private async Task TakeAsync(HttpContext context)
        {
            using var body = new MemoryStream();
            await context.Request.Body.CopyToAsync(body, context.RequestAborted);
            heard.Enqueue((context.Request.Path, Encoding.Latin1.GetString(body.ToArray())));
        }
    }
}
