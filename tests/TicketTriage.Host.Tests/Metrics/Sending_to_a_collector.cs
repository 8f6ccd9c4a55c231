using System.Collections.Concurrent;
using System.Net;
using System.Text;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Logging;
using TicketTriage.Host.Tests.Commands;
using TicketTriage.Host.Tests.Journey;
using TicketTriage.Sandbox;
using TicketTriage.Sandbox.Webhooks;
using TicketTriage.Testing;
using TicketTriage.Tickets;

namespace TicketTriage.Host.Tests.Metrics;

/// <summary>
/// The way of a ticket as an operator's collector sees it, by OTLP over HTTP. The service runs in a process of its own: beside others in one
/// process OpenTelemetry takes meters of one name for one, and falls silent about all of them when the first is disposed.
/// </summary>
[CancelAfter(180_000)]
internal sealed class Sending_to_a_collector
{
    [Test]
    public async Task A_collector_gets_the_steps_of_a_ticket_and_the_measurements(CancellationToken cancellationToken)
    {
        using var folder = new TemporaryFolder();
        await using var database = await TriageDatabase.CreateAsync();
        await using var sandbox = await SandboxHelpdesk.StartAsync(new SandboxOptions(), cancellationToken);
        await using var collector = await Collector.StartAsync(cancellationToken);
        var settings = SettingsOf.Helpdesk(sandbox.Address)
            .With("ConnectionStrings__TicketTriage", database.ConnectionString)
            .With("Escalations__Enabled", "false")
            .With("OTEL_EXPORTER_OTLP_ENDPOINT", $"{collector.Address}")
            .With("OTEL_EXPORTER_OTLP_PROTOCOL", "http/protobuf")
            .With("OTEL_BSP_SCHEDULE_DELAY", "100")
            .With("OTEL_METRIC_EXPORT_INTERVAL", "200");
        await using var service = HostProcess.Start(folder, settings, "serve");
        var address = new Uri(await service.WaitForLineAsync("Now listening on: ", cancellationToken));
        sandbox.ConnectWebhook(new SandboxWebhook(new Uri(address, "webhooks/acme")));

        var number = sandbox.AddTicket(Mail.LateOrder).Number;
        await Eventually.TrueAsync(() => sandbox.Journal.ApiChanges.Count > 0, cancellationToken);

        foreach (var step in new[] { TicketSteps.Journey, TicketSteps.Read, TicketSteps.Understand, TicketSteps.Decide, TicketSteps.Draft, TicketSteps.Send, TicketSteps.Finish })
        {
            await collector.HearsAsync("/v1/traces", step, cancellationToken);
        }

        await collector.HearsAsync("/v1/traces", $"acme/{number}", cancellationToken);
        // Counts, those of what has not happened too, and what stands in the database or with the helpdesk: the same as /metrics shows.
        foreach (var name in new[]
        {
            "tickettriage_write_backs", "tickettriage_helpdesk_quota_refusals", "tickettriage_step_seconds", "tickettriage_helpdesk_quota_left",
            "tickettriage_database_up", "tickettriage_queue_oldest_wait_seconds", "tickettriage_parked", "tickettriage_escalations_open",
        })
        {
            await collector.HearsAsync("/v1/metrics", name, cancellationToken);
        }

        await collector.HearsAsync("/v1/metrics", "service.name", cancellationToken);
        var run = await service.StopAsync(cancellationToken);
        using (Assert.EnterMultipleScope())
        {
            Assert.That(collector.HasHeard("/v1/traces", Mail.LateOrder.Subject), Is.False, "what the customer wrote stays here");
            Assert.That(sandbox.Journal.UnplannedCalls, Is.Empty);
            Assert.That(run.ExitCode, Is.Zero, $"{run}");
        }
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

        /// <summary>Waits until something was sent there that has this in it.</summary>
        public async Task HearsAsync(string path, string text, CancellationToken cancellationToken)
        {
            try
            {
                await Eventually.TrueAsync(() => HasHeard(path, text), cancellationToken);
            }
            catch (OperationCanceledException)
            {
                Assert.Fail($"The collector never heard of '{text}' at {path}.");
            }
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
