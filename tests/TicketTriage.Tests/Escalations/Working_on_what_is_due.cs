using System.Text;
using Microsoft.Extensions.Logging.Abstractions;
using TicketTriage.Escalations;
using TicketTriage.Helpdesks;
using TicketTriage.Testing;

namespace TicketTriage.Tests.Escalations;

/// <summary>The worker as it runs in the service, over real HTTP and by a clock that the test moves.</summary>
[CancelAfter(120_000)]
internal sealed class Working_on_what_is_due
{
    private static readonly TimeSpan Second = TimeSpan.FromSeconds(1);

    /// <summary>When half of the time for a first reply is used up, so that the first level is told.</summary>
    private static DateTimeOffset Now => SomeMatrix.Start.AddMinutes(245);

    [Test]
    public async Task What_a_look_finds_is_told_in_the_same_second(CancellationToken cancellationToken)
    {
        await using var site = await StartAsync(cancellationToken);
        await new WatchLedger(site.Database.Pool).ObserveAsync(SomeMatrix.Ticket(), Now, cancellationToken);

        await site.Worker.StartAsync(cancellationToken);
        await UntilAsync(() => site.Lead.Calls.Count == 1, cancellationToken);
        await site.Worker.StopAsync(cancellationToken);

        Assert.That(site.Lead.Calls.Single().At, Is.EqualTo(Now));
    }

    [Test]
    public async Task What_comes_due_later_is_told_within_a_second_of_it(CancellationToken cancellationToken)
    {
        await using var site = await StartAsync(cancellationToken);
        await new WatchLedger(site.Database.Pool).ObserveAsync(SomeMatrix.Ticket(), Now, lookAt: Now.AddSeconds(2.5), cancellationToken);

        await site.Worker.StartAsync(cancellationToken);
        while (site.Lead.Calls.Count == 0)
        {
            // Each second begins when the question of the one before has been answered.
            await site.Clock.UntilTimerAsync(Second, cancellationToken);
            site.Clock.Advance(site.Clock.GetUtcNow() < Now.AddSeconds(3) ? Second : TimeSpan.Zero);
            await Task.Delay(TimeSpan.FromMilliseconds(10), TimeProvider.System, cancellationToken);
        }

        await site.Worker.StopAsync(cancellationToken);
        Assert.That(site.Lead.Calls.Single().At, Is.EqualTo(Now.AddSeconds(3)));
    }

    [Test]
    public async Task A_call_that_hangs_holds_up_neither_the_next_look_nor_another_channel(CancellationToken cancellationToken)
    {
        await using var site = await StartAsync(cancellationToken);
        site.Chat.Status = 0;
        await new EscalationLedger(site.Database.Pool).OpenAsync(
            SomeMatrix.Open(SomeMatrix.Ticket("2")), SomeMatrix.Notices(new PlannedNotice(NoticeChannel.Chat, "anna", Now)), "1", Now,
            cancellationToken);

        await site.Worker.StartAsync(cancellationToken);
        await UntilAsync(() => site.Chat.Calls.Count == 1, cancellationToken);
        await new WatchLedger(site.Database.Pool).ObserveAsync(SomeMatrix.Ticket(), Now, cancellationToken);
        await site.Clock.UntilTimerAsync(Second, cancellationToken);
        site.Clock.Advance(Second);
        await UntilAsync(() => site.Lead.Calls.Count == 1, cancellationToken);
        var toldByChat = site.Chat.Calls.Count;
        await site.Worker.StopAsync(cancellationToken);

        Assert.That(toldByChat, Is.EqualTo(1), "The call still hangs, and is made once.");
    }

    private static async Task UntilAsync(Func<bool> isSo, CancellationToken cancellationToken)
    {
        while (!isSo())
        {
            await Task.Delay(TimeSpan.FromMilliseconds(10), TimeProvider.System, cancellationToken);
        }
    }

    private static async Task<Site> StartAsync(CancellationToken cancellationToken)
    {
        var clock = new ManualClock(Now);
        var site = new Site
        {
            Database = await TriageDatabase.CreateAsync(),
            Clock = clock,
            Lead = await Receiver.StartAsync(clock),
            Chat = await Receiver.StartAsync(clock),
        };
        await site.PrepareAsync(cancellationToken);
        return site;
    }

    /// <summary>A worker over its own database; the lead is called by the signed call, Anna by chat.</summary>
    private sealed class Site : IAsyncDisposable
    {
        private readonly PolicyFolder folder = new();
        private readonly HttpClient http = new();
        private EscalationWorker? worker;

        public required TriageDatabase Database { get; init; }

        public required ManualClock Clock { get; init; }

        public required Receiver Lead { get; init; }

        public required Receiver Chat { get; init; }

        public EscalationWorker Worker => worker ?? throw new InvalidOperationException("Prepare it first.");

        public async Task PrepareAsync(CancellationToken cancellationToken)
        {
            var level = SomeMatrix.Matrix.Rows[0].Levels[0] with { By = [NoticeChannel.Webhook] };
            var matrix = SomeMatrix.Matrix with { Rows = [SomeMatrix.Matrix.Rows[0] with { Levels = [level] }], AtOnce = [] };
            var options = new EscalationOptions
            {
                MatrixFile = folder.Write("escalation.json", Encoding.UTF8.GetString(matrix.ToJson())),
                WebhookUrl = Lead.Address,
                WebhookSecret = "a-secret-with-letters-enough",
                People = { ["anna"] = new() { ChatUrl = Chat.Address } },
            };
            var policies = TheWatch.Policies(Database, options);
            await policies.KeepAsync(cancellationToken);
            worker = new EscalationWorker(
                TheWatch.Of(Database, Clock, policies, options),
                TheWatch.CourierOf(Database, http, Clock, policies, options),
                new HelpdeskDirectory([]),
                Database.Pool,
                Clock,
                NullLogger<EscalationWorker>.Instance);
        }

        public async ValueTask DisposeAsync()
        {
            worker?.Dispose();
            http.Dispose();
            folder.Dispose();
            await Chat.DisposeAsync();
            await Lead.DisposeAsync();
            await Database.DisposeAsync();
        }
    }
}
