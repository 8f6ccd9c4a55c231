using System.Collections.Concurrent;
using System.Diagnostics;
using TicketTriage.Host.Tests.Journey;
using TicketTriage.Tickets;

namespace TicketTriage.Host.Tests.Metrics;

/// <summary>From the webhook to the change, across whatever lies between: the queue, another process, hours.</summary>
[CancelAfter(120_000)]
internal sealed class Following_a_ticket
{
    [Test]
    public async Task A_journey_is_linked_to_the_request_that_it_follows_from(CancellationToken cancellationToken)
    {
        using var recorder = new Recorder();
        await using var triage = await TriageUnderTest.StartAsync(cancellationToken);
        var caller = ActivityTraceId.CreateRandom();
        var number = triage.AddUnheard(Mail.LateOrder).Number;
        using var request = SignedDelivery.OfTicket(number).ToRequest(TriageUnderTest.Helpdesk);
        request.Headers.Add("traceparent", $"00-{caller}-{ActivitySpanId.CreateRandom()}-01");

        using var answer = await triage.Http.SendAsync(request, cancellationToken);
        await triage.WhenQuietAsync(cancellationToken);

        var journey = await Eventually.GetAsync(
            () => Task.FromResult(recorder.Spans.FirstOrDefault(span => span.Links.Any(link => link.Context.TraceId == caller))),
            span => span is not null,
            cancellationToken);
        Assert.That(journey?.OperationName, Is.EqualTo(TicketSteps.Journey));
        var steps = recorder.Spans.Where(span => span.TraceId == journey?.TraceId).Select(span => span.OperationName).ToList();
        using (Assert.EnterMultipleScope())
        {
            Assert.That(journey?.GetTagItem(TicketSteps.TicketTag), Is.EqualTo($"{TriageUnderTest.Helpdesk}/{number}"));
            Assert.That(
                steps,
                Is.SupersetOf((string[])[TicketSteps.Read, TicketSteps.Understand, TicketSteps.Decide, TicketSteps.Draft, TicketSteps.Send]));
            Assert.That(
                await triage.AskAsync<long>("select count(*) from tickets where trace is not null", cancellationToken), Is.Zero,
                "the next journey follows from something else");
        }
    }

    /// <summary>Records like an exporter.</summary>
    private sealed class Recorder : IDisposable
    {
        private readonly ConcurrentQueue<Activity> spans = [];
        private readonly ActivityListener listener;

        public Recorder()
        {
            listener = new ActivityListener
            {
                ShouldListenTo = source => source.Name is TicketSteps.SourceName or "Microsoft.AspNetCore",
                Sample = (ref ActivityCreationOptions<ActivityContext> _) => ActivitySamplingResult.AllDataAndRecorded,
                ActivityStopped = spans.Enqueue,
            };
            ActivitySource.AddActivityListener(listener);
        }

        public IReadOnlyCollection<Activity> Spans => spans;

        public void Dispose() => listener.Dispose();
    }
}
