using System.Collections.Concurrent;
using System.Net;
using System.Net.Http.Headers;
using System.Threading.Channels;
using TicketTriage.Sandbox.Desk;
using TicketTriage.Sandbox.Journal;

namespace TicketTriage.Sandbox.Webhooks;

/// <summary>
/// Posts what happens to tickets to the webhooks' targets, by several senders at once: the order is not kept, as no vendor keeps it.
/// Repeats up to three times: Zendesk after silence, 409, and 429 or 503 with a short <c>Retry-After</c>; Freshdesk after every failure.
/// </summary>
internal sealed class WebhookSender : IAsyncDisposable
{
    private const int Senders = 8;
    private const int MostWaiting = 20_000;
    private const int MostRepeats = 3;
    private static readonly TimeSpan LongestRetryAfter = TimeSpan.FromSeconds(60);

    /// <summary>After 5, 30 and 60 minutes, in the plan's shorter measure.</summary>
    private static readonly int[] FreshdeskPauses = [1, 6, 12];

    private readonly DeskPeople people;
    private readonly SandboxJournal journal;
    private readonly TimeProvider clock;
    private readonly Random chance;
    private readonly Lock chanceGate = new();
    private readonly HttpClient client;
    private readonly CancellationTokenSource stopping = new();
    private readonly ConcurrentDictionary<Delivery, ITimer> held = new();
    private readonly Channel<Delivery> waiting = Channel.CreateBounded<Delivery>(MostWaiting);
    private readonly Task[] senders;
    private readonly SandboxKind kind;
    private readonly Lock webhookGate = new();
    private volatile SandboxWebhook? webhook;
    private volatile IReadOnlyList<SandboxWebhook> added = [];
    private volatile WebhookPlan plan = new();
    private int underWay;

    public WebhookSender(SandboxOptions options, DeskPeople people, SandboxJournal journal)
    {
        this.people = people;
        this.journal = journal;
        clock = options.TimeProvider;
        chance = new Random(options.Seed);
        webhook = options.Webhook;
        kind = options.Kind;
        client = new(new SocketsHttpHandler { AllowAutoRedirect = false, UseCookies = false, UseProxy = false })
        {
            Timeout = Timeout.InfiniteTimeSpan,
        };
        senders = [.. Enumerable.Range(0, Senders).Select(_ => SendAllAsync(stopping.Token))];
    }

    public WebhookPlan Plan
    {
        get => plan;
        set => plan = value;
    }

    public int UnderWay => Volatile.Read(ref underWay);

    /// <summary>Puts this webhook in the place of the one that was set up by hand.</summary>
    public void Connect(SandboxWebhook target) => webhook = target;

    /// <summary>Adds a webhook that came in by the API.</summary>
    public void Add(SandboxWebhook target)
    {
        lock (webhookGate)
        {
            added = [.. added.Where(known => known.Id != target.Id), target];
        }
    }

    /// <summary>Takes an event in without waiting.</summary>
    public void Publish(DeskEvent happening)
    {
        var current = plan;
        IReadOnlyList<SandboxWebhook> targets = webhook is { } byHand ? [byHand, .. added] : added;
        if (targets.Count == 0 || !current.IsOn)
        {
            journal.NoteLostDelivery();
            return;
        }

        var occasion = OccasionOf(happening);
        foreach (var target in targets)
        {
            if (target.Occasions.HasFlag(occasion)
                && target.Conditions?.Hold(happening, people) != false
                && target.Events?.Hold(happening) != false)
            {
                Publish(happening, target, current);
            }
        }
    }

    public async ValueTask DisposeAsync()
    {
        waiting.Writer.TryComplete();
        await stopping.CancelAsync();
        await Task.WhenAll(senders);
        foreach (var timer in held.Values)
        {
            await timer.DisposeAsync();
        }

        client.Dispose();
        stopping.Dispose();
    }

    private void Publish(DeskEvent happening, SandboxWebhook target, WebhookPlan current)
    {
        if (kind == SandboxKind.Freshdesk || target.Kind is not (null or WebhookKind.EventSubscription))
        {
            Hold(new(target, new("trigger", happening, null, 1), NewId(), clock.GetUtcNow()), current);
            return;
        }

        foreach (var ticketEvent in TicketEvents.From(happening))
        {
            if (target.Subscriptions is null || target.Subscriptions.Contains(ticketEvent.Type))
            {
                Hold(new(target, ticketEvent, NewId(), clock.GetUtcNow()), current);
            }
        }
    }

    private WebhookOccasions OccasionOf(DeskEvent happening) =>
        happening.Happening == DeskHappening.Created ? WebhookOccasions.Creation
        : people.FindPerson(happening.Audit.AuthorId) is { IsStaff: true } ? WebhookOccasions.AgentUpdate
        : WebhookOccasions.CustomerUpdate;

    private void Hold(Delivery delivery, WebhookPlan current)
    {
        Interlocked.Increment(ref underWay);
        Queue(delivery, Pick(current.ShuffledWithin));
        if (current.DoubledShare > 0 && Draw() < current.DoubledShare)
        {
            Interlocked.Increment(ref underWay);
            Queue(delivery.Copy(delivery.Attempt), Pick(current.ShuffledWithin));
        }
    }

    private void Queue(Delivery delivery, TimeSpan pause)
    {
        if (pause > TimeSpan.Zero)
        {
            var timer = clock.CreateTimer(_ => Release(delivery), null, Timeout.InfiniteTimeSpan, Timeout.InfiniteTimeSpan);
            held[delivery] = timer;
            timer.Change(pause, Timeout.InfiniteTimeSpan);
        }
        else if (!waiting.Writer.TryWrite(delivery))
        {
            Lose();
        }
    }

    private void Release(Delivery delivery)
    {
        if (held.TryRemove(delivery, out var timer))
        {
            timer.Dispose();
            Queue(delivery, TimeSpan.Zero);
        }
    }

    private async Task SendAllAsync(CancellationToken cancellationToken)
    {
        try
        {
            await foreach (var delivery in waiting.Reader.ReadAllAsync(cancellationToken))
            {
                await SendAsync(delivery, cancellationToken);
            }
        }
        catch (OperationCanceledException) when (cancellationToken.IsCancellationRequested)
        {
            // The sandbox is being stopped; what is not sent is lost, as it is with the vendor.
        }
    }

    private async Task SendAsync(Delivery delivery, CancellationToken cancellationToken)
    {
        using var request = WebhookPost.Write(
            kind, delivery.Webhook, delivery.Event, delivery.EventId, delivery.At, clock.GetUtcNow(), people);
        using var patience = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
        patience.CancelAfter(delivery.Webhook.Timeout);
        HttpStatusCode? status = null;
        TimeSpan? retryAfter = null;
        try
        {
            using var response = await client.SendAsync(request, HttpCompletionOption.ResponseHeadersRead, patience.Token);
            status = response.StatusCode;
            retryAfter = ReadRetryAfter(response.Headers.RetryAfter);
        }
        catch (OperationCanceledException) when (!cancellationToken.IsCancellationRequested)
        {
            // Too slow; decided below like any other missing answer.
        }
        catch (HttpRequestException)
        {
            // Nobody there, or a broken connection; decided below.
        }

        var ticketEvent = delivery.Event;
        journal.Note(new DeliveryAttempt(
            clock.GetUtcNow(), delivery.EventId, ticketEvent.Type, ticketEvent.Cause.After.Number, delivery.Attempt, (int?)status));
        if (status is >= HttpStatusCode.OK and < HttpStatusCode.MultipleChoices)
        {
            Interlocked.Decrement(ref underWay);
            return;
        }

        if (delivery.Attempt <= MostRepeats && PauseBeforeRepeat(delivery.Attempt, status, retryAfter) is { } pause)
        {
            Queue(delivery.Copy(delivery.Attempt + 1), pause);
        }
        else
        {
            Lose();
        }
    }

    private void Lose()
    {
        journal.NoteLostDelivery();
        Interlocked.Decrement(ref underWay);
    }

    private TimeSpan? PauseBeforeRepeat(int attempt, HttpStatusCode? status, TimeSpan? retryAfter) => kind switch
    {
        SandboxKind.Freshdesk => plan.RetryPause * FreshdeskPauses[attempt - 1],
        SandboxKind.Zendesk => status switch
        {
            null or HttpStatusCode.Conflict => plan.RetryPause,
            HttpStatusCode.TooManyRequests or HttpStatusCode.ServiceUnavailable when retryAfter < LongestRetryAfter => retryAfter,
            _ => null,
        },
    };

    private TimeSpan? ReadRetryAfter(RetryConditionHeaderValue? header) => header switch
    {
        { Delta: { } delta } => delta,
        { Date: { } date } => date - clock.GetUtcNow(),
        _ => null,
    };

    private TimeSpan Pick(TimeSpan upTo) => upTo > TimeSpan.Zero ? upTo * Draw() : TimeSpan.Zero;

    private double Draw()
    {
        lock (chanceGate)
        {
            return chance.NextDouble();
        }
    }

    private string NewId() => Guid.CreateVersion7(clock.GetUtcNow()).ToString();

    /// <summary>Compared by identity: two copies of one event are two deliveries.</summary>
    private sealed class Delivery(SandboxWebhook webhook, TicketEvent ticketEvent, string eventId, DateTimeOffset at, int attempt = 1)
    {
        public SandboxWebhook Webhook { get; } = webhook;

        public TicketEvent Event { get; } = ticketEvent;

        public string EventId { get; } = eventId;

        public DateTimeOffset At { get; } = at;

        public int Attempt { get; } = attempt;

        public Delivery Copy(int newAttempt) => new(Webhook, Event, EventId, At, newAttempt);
    }
}
