using TicketTriage.Drafting;
using TicketTriage.Helpdesks;
using TicketTriage.Prioritisation;
using TicketTriage.Reading;
using TicketTriage.Routing;
using TicketTriage.Tests.Understanding;
using TicketTriage.Tickets;
using TicketTriage.Triages;
using TicketTriage.WriteBack;

namespace TicketTriage.Tests.WriteBack;

public class FieldPlanTests
{
    private const string Summary = "Kim wants the money back.";

    private static readonly HelpdeskAbilities AllFields = new() { Fields = Enum.GetValues<TriageField>() };

    [Test]
    public void Empty_fields_are_filled_and_an_unclear_product_is_not()
    {
        var chosen = Choose(Ticket(), last: null, out var kept);

        using (Assert.EnterMultipleScope())
        {
            Assert.That(chosen, Is.EquivalentTo(new Dictionary<TriageField, string>
            {
                [TriageField.Intent] = "billing/refund",
                [TriageField.Sentiment] = "negative",
                [TriageField.Language] = "de",
                [TriageField.Summary] = Summary,
            }));
            Assert.That(kept, Is.Empty);
        }
    }

    [Test]
    public void Only_fields_that_the_helpdesk_has_are_filled()
    {
        var chosen = Choose(Ticket(), last: null, out _, new HelpdeskAbilities { Fields = [TriageField.Language] });

        Assert.That(chosen?.Keys, Is.EqualTo(new[] { TriageField.Language }));
    }

    [Test]
    public void What_a_person_has_chosen_stays_and_is_told()
    {
        var chosen = Choose(Ticket((TriageField.Intent, "sales/question")), last: null, out var kept);

        using (Assert.EnterMultipleScope())
        {
            Assert.That(chosen?.Keys, Has.None.EqualTo(TriageField.Intent));
            Assert.That(kept, Has.One.Contains("field intent"));
        }
    }

    [Test]
    public void What_this_service_wrote_is_brought_up_to_date()
    {
        var last = Applied((TriageField.Intent, "orders/late"), (TriageField.Sentiment, "negative"));

        var chosen = Choose(Ticket((TriageField.Intent, "orders_late"), (TriageField.Sentiment, "negative")), last, out var kept);

        using (Assert.EnterMultipleScope())
        {
            Assert.That(chosen?[TriageField.Intent], Is.EqualTo("billing/refund"), "a choice may come back as its tag");
            Assert.That(chosen?.Keys, Has.None.EqualTo(TriageField.Sentiment), "it holds the value already");
            Assert.That(kept, Is.Empty);
        }
    }

    [TestCase("sales/question", TestName = "A_value_that_a_person_changed_since_stays")]
    [TestCase(null, TestName = "A_field_that_a_person_emptied_stays_empty")]
    public void Changes_by_people_since_our_last_write_stay(string? present)
    {
        var ticket = present is null ? Ticket() : Ticket((TriageField.Intent, present));

        var chosen = Choose(ticket, Applied((TriageField.Intent, "orders/late")), out var kept);

        using (Assert.EnterMultipleScope())
        {
            Assert.That(chosen?.Keys, Has.None.EqualTo(TriageField.Intent));
            Assert.That(kept, Has.One.Contains("field intent"));
        }
    }

    [Test]
    public void The_summary_is_compared_without_being_kept()
    {
        var change = new HelpdeskChange
        {
            Number = "1", TriageId = Guid.Empty, Stamp = "s", PrivateNoteHtml = "note", SummaryHtml = "<p>Kim</p>",
            Fields = new Dictionary<TriageField, string> { [TriageField.Summary] = "Kim asks.\nTwice." },
        };

        var record = FieldPlan.ForRecord(change);
        var last = Applied([.. (record.Fields ?? change.Fields).Select(field => (field.Key, field.Value))]);
        var untouched = Choose(Ticket((TriageField.Summary, "Kim asks.\r\nTwice. ")), last, out _);
        var edited = Choose(Ticket((TriageField.Summary, "Kim asks. Twice. Call back!")), last, out var kept);

        using (Assert.EnterMultipleScope())
        {
            Assert.That(record.Fields?[TriageField.Summary], Does.Not.Contain("Kim"));
            Assert.That((record.PrivateNoteHtml, record.SummaryHtml), Is.EqualTo(((string?)null, (string?)null)));
            Assert.That(untouched?[TriageField.Summary], Is.EqualTo(Summary));
            Assert.That(edited?.Keys, Has.None.EqualTo(TriageField.Summary));
            Assert.That(kept, Has.One.Contains("field summary"));
        }
    }

    private static IReadOnlyDictionary<TriageField, string>? Choose(
        HelpdeskTicket ticket, AppliedChange? last, out List<string> kept, HelpdeskAbilities? abilities = null)
    {
        kept = [];
        return FieldPlan.Choose(ticket, Triage(), abilities ?? AllFields, last, Summary, kept);
    }

    private static AppliedChange Applied(params (TriageField Field, string Value)[] fields) =>
        new([], null, null) { Fields = fields.ToDictionary(field => field.Field, field => field.Value) };

    private static HelpdeskTicket Ticket(params (TriageField Field, string Value)[] fields) =>
        new() { Number = "1", Stamp = "s", Fields = fields.ToDictionary(field => field.Field, field => field.Value) };

    private static Triage Triage() => new()
    {
        Id = Guid.Empty,
        Ticket = new TicketId("acme", "1"),
        DecidedAt = DateTimeOffset.UnixEpoch,
        Stamp = "s",
        ContentHash = "h",
        Conversation = new CleanTicket { Id = new TicketId("acme", "1"), Language = new Finding("de", 1, []), ContentHash = "h" },
        Understanding = AnUnderstanding.Of("billing/refund", language: "de", sentiment: "negative"),
        Priority = new PriorityChoice(TicketPriority.Normal, 1, []),
        Route = new Route("Billing", null, "fallback", []),
        Draft = new ReplyDraft("", "de", [], []),
        Versions = new Versions("1", "local", "1", null, "1", "1", "1"),
    };
}
