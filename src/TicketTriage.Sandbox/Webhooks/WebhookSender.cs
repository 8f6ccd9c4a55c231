using System.Collections.Concurrent;
using System.Globalization;
using System.Net;
using System.Net.Http.Headers;
using System.Security.Cryptography;
using System.Text;
using System.Threading.Channels;
using TicketTriage.Sandbox.Desk;
using TicketTriage.Sandbox.Journal;

namespace TicketTriage.Sandbox.Webhooks;

/// <summary>
/// Posts what happens to tickets to the webhook's target, signed, by several senders at once: the order is not kept, as the vendor
/// doesn't keep it. Repeats after silence, 409, and 429 or 503 with a short <c>Retry-After</c>, up to three times; gives up otherwise.
/// </summary>
internal sealed class WebhookSender : IAsyncDisposable
{
    private const int Senders = 8;
    private const int MostWaiting = 20_000;
    private const int MostRepeats = 3;
    private static readonly TimeSpan LongestRetryAfter = TimeSpan.FromSeconds(60);

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
    private volatile SandboxWebhook? webhook;
    private volatile WebhookPlan plan = new();
    private int underWay;

    public WebhookSender(SandboxOptions options, DeskPeople people, SandboxJournal journal)
    {
        this.people = people;
        this.journal = journal;
        clock = options.TimeProvider;
        chance = new Random(options.Seed);
        webhook = options.Webhook;
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

    public void Connect(SandboxWebhook target) => webhook = target;

    /// <summary>Takes an event in without waiting.</summary>
    public void Publish(DeskEvent happening)
    {
        var (target, current) = (webhook, plan);
        if (target is null || !current.IsOn)
        {
            journal.NoteLostDelivery();
            return;
        }

        if (target.Kind == WebhookKind.Trigger)
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
        using var request = Write(delivery);
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

        if (delivery.Attempt <= MostRepeats && PauseBeforeRepeat(status, retryAfter) is { } pause)
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

    private TimeSpan? PauseBeforeRepeat(HttpStatusCode? status, TimeSpan? retryAfter) => status switch
    {
        null or HttpStatusCode.Conflict => plan.RetryPause,
        HttpStatusCode.TooManyRequests or HttpStatusCode.ServiceUnavailable when retryAfter < LongestRetryAfter => retryAfter,
        _ => null,
    };

    private HttpRequestMessage Write(Delivery delivery)
    {
        var body = delivery.Webhook.Kind == WebhookKind.Trigger
            ? WebhookBody.Trigger(delivery.Event.Cause)
            : WebhookBody.Envelope(delivery.Event, delivery.EventId, delivery.At, people);
        var timestamp = clock.GetUtcNow().UtcDateTime.ToString("yyyy-MM-dd'T'HH:mm:ss'Z'", CultureInfo.InvariantCulture);

        var request = new HttpRequestMessage(HttpMethod.Post, delivery.Webhook.Target) { Content = new ByteArrayContent(body) };
        request.Content.Headers.ContentType = new MediaTypeHeaderValue("application/json");
        request.Headers.TryAddWithoutValidation("User-Agent", "Zendesk Webhook");
        request.Headers.TryAddWithoutValidation("X-Zendesk-Account-Id", WebhookBody.AccountId.ToString(CultureInfo.InvariantCulture));
        request.Headers.TryAddWithoutValidation("X-Zendesk-Webhook-Id", "01KSANDBOX0000000000000000");
        request.Headers.TryAddWithoutValidation("X-Zendesk-Webhook-Invocation-Id", NewId());
        request.Headers.TryAddWithoutValidation("X-Zendesk-Webhook-Signature", Sign(delivery.Webhook.Secret, timestamp, body));
        request.Headers.TryAddWithoutValidation("X-Zendesk-Webhook-Signature-Timestamp", timestamp);
        return request;
    }

    private static string Sign(string secret, string timestamp, byte[] body)
    {
        using var hash = IncrementalHash.CreateHMAC(HashAlgorithmName.SHA256, Encoding.UTF8.GetBytes(secret));
        hash.AppendData(Encoding.UTF8.GetBytes(timestamp));
        hash.AppendData(body);
        return Convert.ToBase64String(hash.GetHashAndReset());
    }

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
