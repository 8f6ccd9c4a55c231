using TicketTriage.Escalations;
using TicketTriage.Testing;

namespace TicketTriage.Tests.Escalations;

/// <summary>The courier between the outbox and people, over real HTTP.</summary>
[CancelAfter(120_000)]
internal sealed class Delivering_notices
{
    private static DateTimeOffset Start => SomeMatrix.Start;

    [Test]
    public async Task Who_can_not_be_reached_holds_up_nobody_else_of_the_same_channel(CancellationToken cancellationToken)
    {
        await using var database = await TriageDatabase.CreateAsync();
        using var http = new HttpClient();
        using var courierEnds = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
        var clock = new ManualClock(Start);
        await using var mute = await Receiver.StartAsync(clock);
        await using var anna = await Receiver.StartAsync(clock);
        mute.Status = 0;
        var options = new EscalationOptions
        {
            People = { ["cleo"] = new() { ChatUrl = mute.Address }, ["anna"] = new() { ChatUrl = anna.Address } },
        };
        var policies = TheWatch.Policies(database, options);
        await policies.KeepAsync(cancellationToken);
        await new EscalationLedger(database.Pool).OpenAsync(
            SomeMatrix.Open(SomeMatrix.Ticket()), SomeMatrix.Notices(Chat("cleo", -1), Chat("anna", 0)), "1", Start, cancellationToken);

        var delivering = TheWatch.CourierOf(database, http, clock, policies, options).DeliverAsync(NoticeChannel.Chat, courierEnds.Token);
        while (!delivering.IsCompleted && (mute.Calls.Count == 0 || anna.Calls.Count == 0))
        {
            await Task.Delay(TimeSpan.FromMilliseconds(20), TimeProvider.System, cancellationToken);
        }

        Assert.That(delivering.IsCompleted, Is.False, "The call to cleo still hangs.");
        await courierEnds.CancelAsync();
        Assert.That(async () => await delivering, Throws.InstanceOf<OperationCanceledException>());
    }

    private static PlannedNotice Chat(string person, int minute) => new(NoticeChannel.Chat, person, Start.AddMinutes(minute));
}
