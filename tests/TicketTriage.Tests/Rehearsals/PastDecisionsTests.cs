using System.Text.Json;
using Microsoft.Extensions.Logging.Abstractions;
using Microsoft.Extensions.Options;
using TicketTriage.Helpdesks;
using TicketTriage.Policies;
using TicketTriage.Prioritisation;
using TicketTriage.Reading;
using TicketTriage.Rehearsals;
using TicketTriage.ServiceLevels;
using TicketTriage.Testing;
using TicketTriage.Tests.Understanding;
using TicketTriage.Tickets;
using TicketTriage.Triages;

namespace TicketTriage.Tests.Rehearsals;

[CancelAfter(60_000)]
public sealed class PastDecisionsTests
{
    /// <summary>A Sunday, on which the shipped calendar of usual tickets is closed.</summary>
    private static readonly DateTimeOffset Sunday = new(2026, 11, 15, 10, 0, 0, TimeSpan.Zero);

    private static readonly DateTimeOffset Now = new(2026, 11, 20, 10, 0, 0, TimeSpan.Zero);

    [Test]
    public async Task An_imported_ticket_tells_what_people_set_and_whether_it_came_out_of_hours(CancellationToken cancellationToken)
    {
        await using var database = await TriageDatabase.CreateAsync();
        await ImportAsync(database, "1", Sunday);

        var past = await ListAsync(database, anew: null, cancellationToken);

        var facts = past.Single().Facts;
        using (Assert.EnterMultipleScope())
        {
            Assert.That((facts.Intent, facts.IntentConfidence, facts.Priority), Is.EqualTo(("billing/refund", 1.0, TicketPriority.High)));
            Assert.That((facts.Segment, facts.Channel, facts.Language), Is.EqualTo(("gold", "email", "de")));
            Assert.That(facts.CustomFields, Is.EqualTo(new Dictionary<string, string> { ["plan"] = "pro" }));
            Assert.That(facts.IsInBusinessHours, Is.False);
            Assert.That((past[0].Group, past[0].ArrivedAt), Is.EqualTo(((string?)null, Sunday)));
        }
    }

    [Test]
    public async Task A_ticket_that_was_decided_here_counts_once_by_its_last_decision(CancellationToken cancellationToken)
    {
        await using var database = await TriageDatabase.CreateAsync();
        await ImportAsync(database, "1", Sunday);
        await DecideAsync(database, "1", "orders/late", "Orders", Sunday);
        await DecideAsync(database, "1", "orders/change", "Support", Sunday.AddDays(1));

        var past = await ListAsync(database, anew: null, cancellationToken);

        using (Assert.EnterMultipleScope())
        {
            Assert.That(past.Select(one => (one.Facts.Intent, one.Group)), Is.EqualTo([("orders/change", "Support")]));
            Assert.That(past[0].Facts.IsInBusinessHours, Is.True, "It was decided on a Monday.");
            Assert.That(past[0].Facts.CustomFields, Is.EqualTo(new Dictionary<string, string> { ["plan"] = "basic" }));
        }
    }

    [Test]
    public async Task Another_taxonomy_has_every_ticket_understood_anew_from_its_text(CancellationToken cancellationToken)
    {
        await using var database = await TriageDatabase.CreateAsync();
        await ImportAsync(database, "1", Sunday);
        await DecideAsync(database, "2", "orders/late", "Orders", Sunday);
        var seen = new List<string>();

        var past = await ListAsync(
            database,
            new UnderstoodTwice(
                ticket =>
                {
                    seen.Add(ticket.CustomerText(1000));
                    return Task.FromResult(AnUnderstanding.Of("money/back"));
                },
                _ => Task.FromResult(AnUnderstanding.Of("money/gone"))),
            cancellationToken);

        using (Assert.EnterMultipleScope())
        {
            Assert.That(past.Select(one => one.Facts.Intent), Is.EqualTo(["money/back", "money/back"]));
            Assert.That(past.Select(one => one.Anew?.Intent), Is.EqualTo(["money/gone", "money/gone"]));
            Assert.That(seen, Is.EquivalentTo(["My parcel\nIt has not come.", "My money\nI want it back."]));
            Assert.That(past.Select(one => one.Group), Is.EqualTo(["Orders", null]), "What was decided stays what it was.");
        }
    }

    [Test]
    public async Task What_counts_is_when_a_ticket_came_and_not_when_it_was_decided(CancellationToken cancellationToken)
    {
        await using var database = await TriageDatabase.CreateAsync();
        await DecideAsync(database, "1", "orders/late", "Orders", Sunday);
        await DecideAsync(database, "2", "orders/late", "Orders", Sunday.AddDays(1));
        await database.AskAsync<int?>("update triages set decided_at = decided_at + interval '5 days' where number = '1'");

        var past = await ListAsync(database, anew: null, cancellationToken, since: Sunday.AddHours(1));

        Assert.That(past.Select(one => one.Ticket.Number), Is.EqualTo(["2"]));
    }

    [TestCase("conversation", "\"words\"", "its conversation")]
    [TestCase("conversation", "{}", "its conversation")]
    [TestCase("understanding", "[]", "its understanding")]
    public async Task A_ticket_of_which_something_damaged_is_kept_is_named(string column, string kept, string part)
    {
        await using var database = await TriageDatabase.CreateAsync();
        await DecideAsync(database, "1", "orders/late", "Orders", Sunday);
        await DecideAsync(database, "2", "orders/late", "Orders", Sunday);
        await database.AskAsync<int?>($"update triages set {column} = '{kept}' where number = '2'");

        Assert.That(
            async () => await ListAsync(database, anew: null, CancellationToken.None),
            Throws.InvalidOperationException.With.Message.Contains("acme/2").And.Message.Contains(part));
    }

    [TestCase("{}", ExpectedResult = TicketPriority.Normal)]
    [TestCase("""{"circumstances": {"ticketsInWeek": 3}}""", ExpectedResult = TicketPriority.High)]
    [TestCase(
        """{"circumstances": {"promise": {"name": "first reply", "used": 1.2, "dueAt": "2026-11-15T09:00:00Z"}}}""",
        ExpectedResult = TicketPriority.High)]
    public async Task<TicketPriority> What_was_known_then_is_taken_from_the_record_and_not_from_today(string priority)
    {
        await using var database = await TriageDatabase.CreateAsync();
        await DecideAsync(database, "1", "billing/refund", "Billing", Sunday, priority);

        var once = await ListAsync(database, anew: null, CancellationToken.None);
        var again = Task.FromResult(AnUnderstanding.Of("billing/refund"));
        var anew = await ListAsync(database, new UnderstoodTwice(_ => again, _ => again), CancellationToken.None);

        Assert.That(anew[0].Facts.Priority, Is.EqualTo(once[0].Facts.Priority));
        return once[0].Facts.Priority;
    }

    private static Task<IReadOnlyList<PastDecision>> ListAsync(
        TriageDatabase database, UnderstoodTwice? anew, CancellationToken cancellationToken, DateTimeOffset? since = null)
    {
        var levels = new ServiceLevelsInForce(
            new PolicyBook(database.Pool), Options.Create(new ServiceLevelOptions()), NullLogger<ServiceLevelsInForce>.Instance);
        return new PastDecisions(database.Pool, PriorityPolicy.LoadShipped(), levels)
            .ListAsync("acme", since ?? DateTimeOffset.UnixEpoch, Now, anew, cancellationToken);
    }

    private static Task<int?> ImportAsync(TriageDatabase database, string number, DateTimeOffset createdAt) => database.AskAsync<int?>(
        $$$"""
        insert into past_tickets (helpdesk, number, stamp, status, priority, channel, tags, fields, custom_fields, language, subject, messages,
                                  created_at, updated_at)
        values ('acme', '{{{number}}}', '', 'solved', 'high', 'email', array['segment_gold'], '{"intent": "billing/refund"}', '{"plan": "pro"}',
                'de', 'My money', '{{{JsonSerializer.Serialize<CleanMessage[]>([Said("I want it back.")], Web)}}}', '{{{createdAt:O}}}', now())
        """);

    private static Task<int?> DecideAsync(
        TriageDatabase database, string number, string intent, string group, DateTimeOffset at, string priority = "{}")
    {
        var ticket = new CleanTicket
        {
            Id = new TicketId("acme", number),
            Subject = "My parcel",
            Messages = [Said("It has not come.")],
            Language = new Finding("en", 1, []),
            ContentHash = "",
            CreatedAt = at,
            CustomFields = new Dictionary<string, string> { ["plan"] = "basic" },
        };
        return database.AskAsync<int?>(
            $$$"""
            insert into triages (id, helpdesk, number, decided_at, stamp, content_hash, conversation, understanding, priority, route, draft, versions)
            values (gen_random_uuid(), 'acme', '{{{number}}}', '{{{at:O}}}', '', '', '{{{JsonSerializer.Serialize(ticket, TriageJson.Default.CleanTicket)}}}',
                    '{{{JsonSerializer.Serialize(AnUnderstanding.Of(intent), TriageJson.Default.TicketUnderstanding)}}}', '{{{priority}}}',
                    '{"group": "{{{group}}}"}', '{}', '{}')
            """);
    }

    private static CleanMessage Said(string text) => new(IsFromCustomer: true, IsPublic: true, text, Sunday, []);

    private static JsonSerializerOptions Web { get; } = new(JsonSerializerDefaults.Web);
}
