using System.Collections.Concurrent;
using System.Diagnostics;
using System.Diagnostics.Metrics;
using Microsoft.Extensions.DependencyInjection;
using Npgsql;
using TicketTriage.Host.Access;
using TicketTriage.Host.Tests.Forgetting;
using TicketTriage.Jobs;
using TicketTriage.Sandbox.Desk;
using TicketTriage.Sandbox.Faults;

namespace TicketTriage.Host.Tests.Journey;

/// <summary>
/// A ticket full of personal data goes its way, through faults of the helpdesk and the model and past doors that turn deliveries away.
/// What operators see, and hand on to others, has nothing of it: logs at every level, spans, measurements, answers to callers, rows of jobs.
/// </summary>
[CancelAfter(120_000)]
internal sealed class Nothing_of_anybody_in_logs
{
    /// <summary>What callers say of somebody in a header, in baggage that tracing hands on, and behind an address.</summary>
    private const string InHeader = "Honigwabe", InBaggage = "Rosinenbrot", InAddress = "Haselnusstorte";

    /// <summary>Words that stand nowhere but in this ticket, in its file, in what callers send beside it, and in an article of the helpdesk.</summary>
    private static readonly string[] Markers =
    [
        "Zirkelbach", "zirkelbach.quirina@kunde.example", "DE89370400440532013000", "1-555-014-7788", "Pfefferkuchenweg", "Zitronenfalter",
        "Mandelsplitter", "Lebkuchenherz", "Marzipankartoffel", InHeader, InBaggage, InAddress,
    ];

    /// <summary>
    /// The ticket's own record, which erasure knows: what it was last seen as, what was decided on it, and the line of that in lists. Months are tables
    /// of their own.
    /// </summary>
    private static readonly string[] Records = ["tickets", "triages", "decision_lines"];

    /// <summary>What the team has published is kept whole, and is no ticket's.</summary>
    private static readonly string[] Published = ["knowledge_articles", "knowledge_passages", "knowledge_words"];

    private static readonly NewTicket Ticket = new()
    {
        Subject = "Zitronenfalter: where is my order?",
        Body =
            """
            Hello,

            I am Quirina Zirkelbach, Pfefferkuchenweg 17, 20095 Hamburg. My order of two Zitronenfalter stools has still not arrived.
            Pay me back to DE89370400440532013000, call 1-555-014-7788 or write to zirkelbach.quirina@kunde.example.

            Quirina Zirkelbach
            """,
        RequesterName = "Quirina Zirkelbach",
        RequesterEmail = "zirkelbach.quirina@kunde.example",
        Attachments = [SandboxAttachment.Of("Mandelsplitter.txt", "text/plain", "Lebkuchenherz, as ordered by Quirina Zirkelbach"u8.ToArray())],
    };

    [Test]
    public async Task Whatever_befalls_the_ticket(CancellationToken cancellationToken)
    {
        using var seen = new Witness();
        await using var triage = await TriageUnderTest.StartAsync(cancellationToken, new TriageSetUp
        {
            AsksModel = true,
            Settings = new Dictionary<string, string?> { ["Logging:LogLevel:Default"] = "Trace" },
        });
        // A server that says in its error what it was asked.
        triage.Model.Otherwise(call => call.Body);
        triage.Model.Plays(400, $$$"""{"error":{"message":"{{{string.Join(' ', Markers)}}}"}}""");
        triage.Sandbox.Faults.Add(new FaultRule { Kind = FaultKind.Status, Status = 500, Method = "PUT", Path = "/api/v2/tickets/*", Times = 1 });
        triage.Sandbox.Faults.Add(new FaultRule { Kind = FaultKind.AnswerLost, Method = "PUT", Path = "/api/v2/tickets/*", After = 1, Times = 1 });

        triage.Sandbox.AddArticle(new NewArticle("Where is my order?", "<p>Ask for Marzipankartoffel: your order arrives within two days.</p>"));

        await triage.TriageAsync(Ticket, cancellationToken);
        var ticket = await triage.TriageAsync(Ticket, cancellationToken);
        var answers = await KnockAsync(triage, cancellationToken);

        var database = triage.Services.GetRequiredService<NpgsqlDataSource>();
        var runs = await RunJobsAsync(triage.Services, database, cancellationToken);
        var tables = await MarkerScan.ListTablesAsync(database, cancellationToken);
        var holding = new HashSet<string>();
        foreach (var marker in Markers)
        {
            holding.UnionWith(await MarkerScan.FindAsync(database, marker, cancellationToken));
        }

        var record = await triage.GetRecordAsync(ticket.Number, cancellationToken);
        using (Assert.EnterMultipleScope())
        {
            // If it went another way, this would try nothing.
            Assert.That(record.State, Is.EqualTo("written"));
            Assert.That(triage.Sandbox.ListComments(ticket.Number)[0].Text, Does.Contain("Zirkelbach"));
            Assert.That(triage.Model.Calls, Has.Some.Property("Body").Contain("Lebkuchenherz"), "the file is read");
            Assert.That(triage.Model.Calls, Has.Count.GreaterThan(1));
            Assert.That(triage.Log.Lines, Has.Count.GreaterThan(100));
            Assert.That(seen.Spans, Has.Some.Contains("ticket"));
            Assert.That(Leaks(triage.Log.Lines.Select(line => line.Text)), Is.Empty, "logs");
            Assert.That(triage.Log.Scopes, Has.Some.Contains("TraceId"));
            Assert.That(Leaks(triage.Log.Scopes), Is.Empty, "what stands around logs");
            Assert.That(Leaks(seen.Spans), Is.Empty, "spans");
            Assert.That(Leaks(seen.Measurements), Is.Empty, "measurements");
            Assert.That(answers.Select(answer => answer.Status), Is.EqualTo(new[] { 401, 400, 404, 413, 404, 200, 200, 202, 200, 404 }));
            Assert.That(Leaks(answers.Select(answer => answer.Body)), Is.Empty, "answers");
            Assert.That(runs, Is.EqualTo(JobSchedule.Shipped.Jobs.Count));
            Assert.That(tables.Any(table => table is "quartz.qrtz_job_details" or "hangfire.job"), Is.True, "the engine's");
            Assert.That(tables, Is.SupersetOf((string[])["deliveries", "job_runs", "write_backs"]), "ours");
            Assert.That(holding, Does.Contain("triages").And.Contain("knowledge_passages"), "what the search finds at all");
            Assert.That(
                holding.Except(Published).Where(table => !Records.Any(own => table == own || table.StartsWith($"{own}_", StringComparison.Ordinal))),
                Is.Empty,
                "rows of jobs, and of whatever else is kept");
        }
    }

    private static async Task<List<(int Status, string Body)>> KnockAsync(TriageUnderTest triage, CancellationToken cancellationToken)
    {
        var said = $$"""{"detail":"{{string.Join(' ', Markers)}}"}""";
        var told = SignedDelivery.OfTicket(1) with { Body = said };
        using var ops = new HttpClient { BaseAddress = triage.Http.BaseAddress };
        ops.DefaultRequestHeaders.Authorization = new("Bearer", TriageUnderTest.KeyOf(Roles.Ops));
        using var elsewhere = told.ToRequest("nobody");
        using var accepted = SignedDelivery.OfTicket(1).ToRequest(TriageUnderTest.Helpdesk);
        accepted.Headers.Add("User-Agent", InHeader);
        accepted.Headers.Add("X-Zendesk-Webhook-Id", InHeader);
        accepted.Headers.Add("X-Request-Id", InHeader);
        accepted.Headers.Add("tracestate", $"customer={InHeader}");
        accepted.Headers.Add("baggage", $"customer={InBaggage}");
        return
        [
            await ReadAsync(triage.DeliverAsync(told with { Secret = "another" }, cancellationToken), cancellationToken),
            await ReadAsync(triage.DeliverAsync(told, cancellationToken), cancellationToken),
            await ReadAsync(triage.Http.SendAsync(elsewhere, cancellationToken), cancellationToken),
            await ReadAsync(
                triage.DeliverAsync(told with { Body = string.Concat(Enumerable.Repeat(said, 12_000)) }, cancellationToken), cancellationToken),
            await ReadAsync(triage.Agent.GetAsync($"api/tickets/{TriageUnderTest.Helpdesk}/999", cancellationToken), cancellationToken),
            await ReadAsync(ops.GetAsync("metrics", cancellationToken), cancellationToken),
            await ReadAsync(ops.GetAsync("jobs", cancellationToken), cancellationToken),
            await ReadAsync(triage.Http.SendAsync(accepted, cancellationToken), cancellationToken),
            await ReadAsync(ops.GetAsync($"metrics?of={InAddress}", cancellationToken), cancellationToken),
            await ReadAsync(triage.Agent.GetAsync($"api/tickets/{TriageUnderTest.Helpdesk}/998?of={InAddress}", cancellationToken), cancellationToken),
        ];
    }

    /// <returns>How many have left a row.</returns>
    private static async Task<int> RunJobsAsync(IServiceProvider services, NpgsqlDataSource database, CancellationToken cancellationToken)
    {
        var runner = ActivatorUtilities.CreateInstance<JobRunner>(services, JobSchedule.Shipped);
        foreach (var job in JobSchedule.Shipped.Jobs)
        {
            await runner.RunAsync(new JobBeat(job.Name, TimeProvider.System.GetUtcNow(), IsAskedFor: true), cancellationToken);
        }

        await using var count = database.CreateCommand("select count(*)::int from job_runs");
        return (int)(await count.ExecuteScalarAsync(cancellationToken) ?? 0);
    }

    private static async Task<(int Status, string Body)> ReadAsync(Task<HttpResponseMessage> call, CancellationToken cancellationToken)
    {
        using var response = await call;
        return ((int)response.StatusCode, await response.Content.ReadAsStringAsync(cancellationToken));
    }

    private static List<string> Leaks(IEnumerable<string> texts) =>
        [.. texts.Where(text => Markers.Any(marker => text.Contains(marker, StringComparison.OrdinalIgnoreCase)))];

    /// <summary>Hears every span and every measurement of this process.</summary>
    private sealed class Witness : IDisposable
    {
        private readonly ConcurrentQueue<string> spans = [];
        private readonly ConcurrentQueue<string> measurements = [];
        private readonly ActivityListener listener;
        private readonly MeterListener meters = new();

        public Witness()
        {
            listener = new ActivityListener
            {
                ShouldListenTo = _ => true,
                Sample = (ref ActivityCreationOptions<ActivityContext> _) => ActivitySamplingResult.AllDataAndRecorded,
                ActivityStopped = Hear,
            };
            ActivitySource.AddActivityListener(listener);
            meters.InstrumentPublished = (instrument, own) => own.EnableMeasurementEvents(instrument);
            meters.SetMeasurementEventCallback<long>((instrument, _, tags, _) => Hear(instrument, tags));
            meters.SetMeasurementEventCallback<double>((instrument, _, tags, _) => Hear(instrument, tags));
            meters.Start();
        }

        public IReadOnlyCollection<string> Spans => spans;

        public IReadOnlyCollection<string> Measurements => measurements;

        public void Dispose()
        {
            listener.Dispose();
            meters.Dispose();
        }

        private void Hear(Activity span) => spans.Enqueue(string.Join(
            ' ',
            [
                span.OperationName, span.DisplayName, span.StatusDescription,
                .. span.TagObjects.Concat(span.Events.SelectMany(told => told.Tags)).Concat(span.Baggage.Select(Boxed)).Select(tag => $"{tag.Key}={tag.Value}"),
            ]));

        private void Hear(Instrument instrument, ReadOnlySpan<KeyValuePair<string, object?>> tags)
        {
            foreach (var tag in tags)
            {
                measurements.Enqueue($"{instrument.Name} {tag.Key}={tag.Value}");
            }
        }

        private static KeyValuePair<string, object?> Boxed(KeyValuePair<string, string?> pair) => new(pair.Key, pair.Value);
    }
}
