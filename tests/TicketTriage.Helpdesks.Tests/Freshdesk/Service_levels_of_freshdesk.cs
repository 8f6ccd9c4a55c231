using TicketTriage.Helpdesks.Tests.Zendesk;

namespace TicketTriage.Helpdesks.Tests.Freshdesk;

[CancelAfter(30_000)]
public class Service_levels_of_freshdesk
{
    // The clock says 10:00.
    private const string Due = "\"fr_due_by\":\"2026-11-25T11:00:00Z\",\"due_by\":\"2026-11-25T15:00:00Z\"";

    [TestCase("{" + Due + "}", "Active 11:00, Active 15:00")]
    [TestCase("{" + Due + ",\"nr_due_by\":\"2026-11-25T12:00:00Z\"}", "Active 11:00, Active 12:00, Active 15:00")]
    [TestCase("{" + Due + ",\"stats\":{\"first_responded_at\":\"2026-11-25T09:45:00Z\"}}", "Achieved 11:00 at 09:45, Active 15:00")]
    [TestCase("{" + Due + ",\"stats\":{\"first_responded_at\":\"2026-11-25T11:00:01Z\"}}", "Breached 11:00 at 11:00, Active 15:00")]
    [TestCase("{" + Due + ",\"fr_escalated\":true,\"is_escalated\":true}", "Breached 11:00, Active 15:00")]
    [TestCase("{" + Due + ",\"status\":3}", "Paused, Paused")]
    [TestCase("{" + Due + ",\"status\":4}", "Achieved 11:00, Achieved 15:00")]
    [TestCase("{\"fr_due_by\":\"2026-11-25T09:59:59Z\",\"due_by\":null}", "Breached 09:59")]
    public async Task A_clock_for_each_time_due(string changes, string expected)
    {
        await using var connected = await ConnectedFreshdesk.StartAsync();
        connected.Freshdesk.Plan("GET tickets/42", Wire.Reads(changes));

        var clocks = await connected.ServiceLevels.FindClocksAsync("42", Patience());

        var told = clocks?.Select(clock =>
            $"{clock.Stage}{(clock.BreachAt is { } due ? $" {due:HH:mm}" : "")}{(clock.ReachedAt is { } at ? $" at {at:HH:mm}" : "")}");
        Assert.That(string.Join(", ", told ?? []), Is.EqualTo(expected));
    }

    [Test]
    public async Task A_young_ticket_without_times_has_none_yet_and_an_older_one_none_at_all()
    {
        await using var connected = await ConnectedFreshdesk.StartAsync();
        connected.Freshdesk.Plan("GET tickets/42", Wire.Reads("""{"created_at":"2026-11-25T09:59:50Z"}"""), Wire.Reads());

        var young = await connected.ServiceLevels.FindClocksAsync("42", Patience());
        var old = await connected.ServiceLevels.FindClocksAsync("42", Patience());

        using (Assert.EnterMultipleScope())
        {
            Assert.That(young, Is.Null);
            Assert.That(old, Is.Empty);
        }
    }

    [Test]
    public async Task No_ticket_has_none()
    {
        await using var connected = await ConnectedFreshdesk.StartAsync();
        connected.Freshdesk.Plan("GET tickets/42", Reply.Status(404));

        Assert.That(await connected.ServiceLevels.FindClocksAsync("42", Patience()), Is.Null);
    }

    private static CancellationToken Patience() => TestContext.CurrentContext.CancellationToken;
}
