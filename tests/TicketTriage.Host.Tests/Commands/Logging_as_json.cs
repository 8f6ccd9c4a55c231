using System.Globalization;
using System.Text.Json;
using TicketTriage.Sandbox;
using TicketTriage.Sandbox.Desk;
using TicketTriage.Sandbox.Webhooks;
using TicketTriage.Testing;

namespace TicketTriage.Host.Tests.Commands;

/// <summary>The log of a process as containers write it, and as a collector of logs reads it.</summary>
[CancelAfter(180_000)]
internal sealed class Logging_as_json
{
    private static readonly string[] Markers = ["Zirkelbach", "zirkelbach.quirina@kunde.example", "DE89370400440532013000", "Pfefferkuchenweg"];

    [Test]
    public async Task Each_line_is_an_object_with_its_time_its_trace_and_nothing_of_a_customer(CancellationToken cancellationToken)
    {
        using var folder = new TemporaryFolder();
        await using var database = await TriageDatabase.CreateAsync();
        await using var sandbox = await SandboxHelpdesk.StartAsync(new SandboxOptions(), cancellationToken);
        var settings = SettingsOf.Helpdesk(sandbox.Address)
            .With("ConnectionStrings__TicketTriage", database.ConnectionString)
            .With("Escalations__Enabled", "false")
            .With("Logging__Console__FormatterName", "json")
            .With("Logging__LogLevel__Default", "Trace");
        await using var service = HostProcess.Start(folder, settings, "serve");
        var address = (await service.WaitForLineAsync("Now listening on: ", cancellationToken)).Split('"')[0];
        sandbox.ConnectWebhook(new SandboxWebhook(new Uri(new Uri(address), "webhooks/acme")));
        var before = TimeProvider.System.GetUtcNow();

        sandbox.AddTicket(new NewTicket
        {
            Subject = "Where is my order, Zirkelbach?",
            Body = $"Hello, I am Quirina Zirkelbach, {string.Join(", ", Markers)}. My order has still not arrived.",
            RequesterName = "Quirina Zirkelbach",
            RequesterEmail = "zirkelbach.quirina@kunde.example",
        });
        await Eventually.TrueAsync(() => sandbox.Journal.ApiChanges.Count > 0, cancellationToken);

        var run = await service.StopAsync(cancellationToken);
        var lines = run.Output.Split('\n', StringSplitOptions.RemoveEmptyEntries).Select(line => JsonDocument.Parse(line).RootElement).ToList();
        using (Assert.EnterMultipleScope())
        {
            Assert.That(lines, Has.Count.GreaterThan(20));
            Assert.That(lines.Select(line => line.GetProperty("Timestamp").GetString()), Is.All.EndsWith("Z"));
            Assert.That(lines.Select(TimeOf), Is.All.EqualTo(before).Within(TimeSpan.FromMinutes(3)), "by the clock of the world");
            Assert.That(lines.Select(ScopesOf), Has.Some.Contains("\"TraceId\":"));
            Assert.That(Markers.Where(marker => run.Output.Contains(marker, StringComparison.OrdinalIgnoreCase)), Is.Empty);
            Assert.That(run.ExitCode, Is.Zero, run.Errors);
        }
    }

    private static string ScopesOf(JsonElement line) => line.TryGetProperty("Scopes", out var scopes) ? $"{scopes}" : "";

    private static DateTimeOffset TimeOf(JsonElement line) =>
        DateTimeOffset.Parse(line.GetProperty("Timestamp").GetString() ?? "", CultureInfo.InvariantCulture);
}
