using System.Text.Json.Nodes;
using TicketTriage.Helpdesks.Tests.Zendesk;

namespace TicketTriage.Helpdesks.Tests.Freshdesk;

[CancelAfter(30_000)]
public class Finding_an_applied_change
{
    private const string Mark = "01993b6a000070008000000000000042";

    private static readonly Guid Triage = Guid.Parse(Mark);

    [Test]
    public async Task It_is_found_by_the_id_in_our_own_private_note()
    {
        await using var connected = await StartAsync([Wire.Conversation(1), Note(2)]);
        connected.Freshdesk.Plan("GET tickets/42", Wire.Reads("""{"updated_at":"2026-11-25T10:00:02Z"}"""));

        var receipt = await connected.Helpdesk.FindAppliedAsync("42", Triage, Patience());

        using (Assert.EnterMultipleScope())
        {
            Assert.That(receipt?.AuditId, Is.EqualTo("2"));
            Assert.That(receipt?.Stamp, Does.StartWith("2026-11-25T10:00:02Z#"));
        }
    }

    [TestCase("""{"updated_at":"2026-11-25T10:00:03Z"}""")]
    [TestCase("""{"updated_at":"2026-11-25T10:00:02Z","stats":{"requester_responded_at":"2026-11-25T10:00:02Z"}}""")]
    public async Task A_version_that_has_more_than_our_note_is_not_claimed(string now)
    {
        await using var connected = await StartAsync([Note(2)]);
        connected.Freshdesk.Plan("GET tickets/42", Wire.Reads(now));

        var receipt = await connected.Helpdesk.FindAppliedAsync("42", Triage, Patience());

        Assert.That(receipt?.Stamp, Is.EqualTo("2026-11-25T10:00:02Z"));
    }

    [TestCase("""{"user_id":12}""", TestName = "A_colleague_who_quotes_the_note_has_not_written_it")]
    [TestCase("""{"private":false}""", TestName = "What_the_customer_can_read_is_not_our_note")]
    [TestCase("""{"body":"<p>01993b6a000070008000000000000043</p>"}""", TestName = "Another_triage_is_not_this_one")]
    public async Task Others(string note)
    {
        await using var connected = await StartAsync([Note(2, note)]);

        Assert.That(await connected.Helpdesk.FindAppliedAsync("42", Triage, Patience()), Is.Null);
    }

    [Test]
    public async Task It_is_not_looked_for_before_the_triage()
    {
        await using var connected = await ConnectedFreshdesk.StartAsync();
        var old = Enumerable.Range(1, 30).Select(id => Wire.Conversation(id, """{"created_at":"2024-01-01T00:00:00Z"}""")).ToList();
        connected.Freshdesk.Plan("GET agents/me", Reply.Json("""{"id":99}"""));
        connected.Freshdesk.Plan("GET tickets/42/conversations", Wire.List(old, hasNext: true), Wire.List(old.Select(Copy)));

        var receipt = await connected.Helpdesk.FindAppliedAsync("42", Triage, Patience());

        using (Assert.EnterMultipleScope())
        {
            Assert.That(receipt, Is.Null);
            Assert.That(connected.Freshdesk.Calls, Has.Count.EqualTo(3), "Itself, the first page, the last.");
        }
    }

    [Test]
    public async Task A_ticket_that_is_gone_has_none()
    {
        await using var connected = await ConnectedFreshdesk.StartAsync();
        connected.Freshdesk.Plan("GET agents/me", Reply.Json("""{"id":99}"""));
        connected.Freshdesk.Plan("GET tickets/42/conversations", Reply.Status(404));

        Assert.That(await connected.Helpdesk.FindAppliedAsync("42", Triage, Patience()), Is.Null);
    }

    private static async Task<ConnectedFreshdesk> StartAsync(IEnumerable<JsonObject> conversations)
    {
        var connected = await ConnectedFreshdesk.StartAsync();
        connected.Freshdesk.Plan("GET agents/me", Reply.Json("""{"id":99}"""));
        connected.Freshdesk.Plan("GET tickets/42/conversations", Wire.List(conversations));
        return connected;
    }

    private static JsonObject Note(long id, string changes = "{}")
    {
        var note = Wire.Conversation(id, $$"""
            {"user_id":99,"incoming":false,"private":true,"body":"<p>TicketTriage · {{Mark}}</p>","created_at":"2026-11-25T10:00:02Z"}
            """);
        foreach (var (name, value) in JsonNode.Parse(changes)?.AsObject() ?? [])
        {
            note[name] = value?.DeepClone();
        }

        return note;
    }

    private static JsonObject Copy(JsonObject item) => (JsonObject)item.DeepClone();

    private static CancellationToken Patience() => TestContext.CurrentContext.CancellationToken;
}
