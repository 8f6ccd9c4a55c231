using TicketTriage.Sandbox.Desk;

namespace TicketTriage.Host.Tests.Journey;

[CancelAfter(120_000)]
internal sealed class Filling_ticket_fields
{
    private static readonly TriageSetUp WithFields = new()
    {
        Sandbox = new()
        {
            Fields =
            [
                new("Triage intent", SandboxFieldKind.Choice,
                    ["triage_intent_orders_late", "triage_intent_billing_invoice_wrong", "triage_intent_sales_question"]),
                new("Triage language", SandboxFieldKind.Text),
                new("Triage summary", SandboxFieldKind.Text),
            ],
        },
    };

    [Test]
    public async Task They_are_filled_in_the_same_change(CancellationToken cancellationToken)
    {
        await using var triage = await TriageUnderTest.StartAsync(cancellationToken, WithFields);

        var ticket = await triage.TriageAsync(Mail.LateOrder, cancellationToken);

        using (Assert.EnterMultipleScope())
        {
            Assert.That(ticket.CustomFields["triage_intent"], Is.EqualTo("triage_intent_orders_late"));
            Assert.That(ticket.CustomFields["triage_language"], Is.EqualTo("en"));
            Assert.That(ticket.CustomFields["triage_summary"], Is.Not.Empty);
            Assert.That(triage.Sandbox.Journal.ApiChanges, Has.Count.EqualTo(1));
        }
    }

    [Test]
    public async Task What_a_person_puts_there_stays_and_the_rest_is_kept_up_to_date(CancellationToken cancellationToken)
    {
        await using var triage = await TriageUnderTest.StartAsync(cancellationToken, WithFields);
        var sandbox = triage.Sandbox;
        var ticket = await triage.TriageAsync(Mail.LateOrder, cancellationToken);
        sandbox.EditAsPerson(ticket.Number, new()
        {
            CustomFields = new Dictionary<string, string?>
            {
                ["triage_intent"] = "triage_intent_sales_question", ["triage_summary"] = "Call back first!",
            },
        });

        sandbox.AddComment(ticket.Number, new() { Body = "Still nothing here, and the tracking page shows nothing new either." });
        await triage.WhenQuietAsync(cancellationToken);

        var after = sandbox.GetTicket(ticket.Number);
        using (Assert.EnterMultipleScope())
        {
            Assert.That(sandbox.Journal.ApiChanges, Has.Count.EqualTo(2), "the customer's message was triaged");
            Assert.That(after.CustomFields["triage_intent"], Is.EqualTo("triage_intent_sales_question"));
            Assert.That(after.CustomFields["triage_summary"], Is.EqualTo("Call back first!"));
            Assert.That(after.Tags, Does.Contain("triage_intent_sales_question").And.Not.Contain("triage_intent_orders_late"));
        }
    }

    [Test]
    public async Task A_choice_that_is_missing_costs_the_ticket_nothing_else(CancellationToken cancellationToken)
    {
        var setUp = new TriageSetUp
        {
            Sandbox = new()
            {
                Fields =
                [
                    new("Triage intent", SandboxFieldKind.Choice, ["triage_intent_other"]),
                    new("Triage language", SandboxFieldKind.Text),
                ],
            },
        };
        await using var triage = await TriageUnderTest.StartAsync(cancellationToken, setUp);

        var ticket = await triage.TriageAsync(Mail.LateOrder, cancellationToken);

        var record = await triage.GetRecordAsync(ticket.Number, cancellationToken);
        using (Assert.EnterMultipleScope())
        {
            Assert.That(ticket.CustomFields.Keys, Is.EqualTo(new[] { "triage_language" }));
            Assert.That(ticket.Tags, Does.Contain("triage_intent_orders_late"));
            Assert.That(record.State, Is.EqualTo("written"));
            Assert.That(
                triage.Log.Lines.Select(line => line.Text),
                Has.One.Contains("triage_intent was left out: it has no choice orders/late"));
        }
    }
}
