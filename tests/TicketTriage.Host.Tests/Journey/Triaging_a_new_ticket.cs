using TicketTriage.Sandbox.Desk;

namespace TicketTriage.Host.Tests.Journey;

[CancelAfter(120_000)]
internal sealed class Triaging_a_new_ticket
{
    private static readonly TestCaseData[] Tickets =
    [
        new TestCaseData(Mail.WrongInvoice, "triage_intent_billing_invoice_wrong", "triage_lang_de", "Billing") { TestName = "In German" },
        new TestCaseData(Mail.LateOrder, "triage_intent_orders_late", "triage_lang_en", "Orders") { TestName = "In English" },
    ];

    [TestCaseSource(nameof(Tickets))]
    public async Task It_is_tagged_prioritised_and_put_with_a_group(
        NewTicket arriving, string intent, string language, string group, CancellationToken cancellationToken)
    {
        await using var triage = await TriageUnderTest.StartAsync(cancellationToken);

        var ticket = await triage.TriageAsync(arriving, cancellationToken);

        using (Assert.EnterMultipleScope())
        {
            Assert.That(ticket.Tags, Has.Member(intent).And.Member(language));
            Assert.That(ticket.Tags, Has.One.StartsWith("triage_sentiment_"));
            Assert.That(ticket.Tags, Has.Exactly(4).StartsWith("triage_"));
            Assert.That(ticket.Priority, Is.Not.Null);
            Assert.That(triage.Sandbox.Groups.Single(known => known.Id == ticket.GroupId).Name, Is.EqualTo(group));
            Assert.That((ticket.Status, ticket.AssigneeId), Is.EqualTo(("new", (long?)null)));
        }
    }

    [Test]
    public async Task One_private_note_says_what_why_and_what_next(CancellationToken cancellationToken)
    {
        await using var triage = await TriageUnderTest.StartAsync(cancellationToken);

        var ticket = await triage.TriageAsync(Mail.WrongInvoice, cancellationToken);

        var messages = triage.Sandbox.ListComments(ticket.Number);
        Assert.That(messages, Has.Count.EqualTo(2));
        using (Assert.EnterMultipleScope())
        {
            Assert.That((messages[1].IsPublic, messages[1].AuthorId), Is.EqualTo((false, triage.Sandbox.Integration.Id)));
            Assert.That(messages[1].Html, Does.Match("Summary.+Why.+Next steps.+Draft reply from the template, not sent"));
            Assert.That(messages[1].Html, Does.Contain("Intent: billing/invoice-wrong").And.Contain("Group: Billing"));
            Assert.That(messages[1].Text, Does.Contain("Guten Tag Anke Wolters"));
        }
    }

    [Test]
    public async Task It_takes_exactly_one_change_that_carries_the_triages_id(CancellationToken cancellationToken)
    {
        await using var triage = await TriageUnderTest.StartAsync(cancellationToken);

        var ticket = await triage.TriageAsync(Mail.LateOrder, cancellationToken);

        var record = await triage.GetRecordAsync(ticket.Number, cancellationToken);
        var changes = triage.Sandbox.Journal.ApiChanges;
        Assert.That(changes, Has.Count.EqualTo(1));
        using (Assert.EnterMultipleScope())
        {
            Assert.That(triage.Sandbox.Journal.CallsByEndpoint["PUT /api/v2/tickets/{id}"], Is.EqualTo(1));
            Assert.That(changes[0].Metadata, Does.Contain($"{record.Decided.Id}"));
            Assert.That(changes[0].Fields.Select(field => field.Field), Is.EquivalentTo(["priority", "group_id", "tags"]));
            Assert.That(changes[0].IsPublicComment, Is.False);
        }
    }

    [Test]
    public async Task Its_own_changes_coming_back_start_nothing(CancellationToken cancellationToken)
    {
        await using var triage = await TriageUnderTest.StartAsync(cancellationToken);

        var ticket = await triage.TriageAsync(Mail.LateOrder, cancellationToken);

        var deliveries = triage.Sandbox.Journal.Deliveries;
        var calls = triage.Sandbox.Journal.CallsByEndpoint;
        using (Assert.EnterMultipleScope())
        {
            Assert.That(deliveries.Select(delivery => delivery.Type), Has.Some.EndsWith("tags_changed").And.Some.EndsWith("comment_added"));
            Assert.That(deliveries.Select(delivery => delivery.Status), Has.All.EqualTo(202));
            Assert.That(calls["GET /api/v2/tickets/{id}"], Is.EqualTo(1));
            Assert.That(calls["PUT /api/v2/tickets/{id}"], Is.EqualTo(1));
            Assert.That((await triage.GetRecordAsync(ticket.Number, cancellationToken)).Deliveries, Has.Count.EqualTo(deliveries.Count));
        }
    }

    [Test]
    public async Task No_stored_row_and_no_line_of_the_log_holds_personal_data(CancellationToken cancellationToken)
    {
        await using var triage = await TriageUnderTest.StartAsync(cancellationToken);
        var arriving = Mail.WrongInvoice with
        {
            Body = $"{Mail.WrongInvoice.Body}\nBitte auf DE89 3704 0044 0532 0130 00 erstatten, Rückfragen an anke.wolters@kunde.example.",
        };

        var ticket = await triage.TriageAsync(arriving, cancellationToken);

        var record = await triage.Agent.GetStringAsync($"api/tickets/{TriageUnderTest.Helpdesk}/{ticket.Number}", cancellationToken);
        var rows = await triage.AskAsync<string>(EveryRow, cancellationToken);
        var log = string.Join('\n', triage.Log.Lines.Select(line => line.Text));
        using (Assert.EnterMultipleScope())
        {
            Assert.That(rows, Does.Contain("[IBAN_1]").And.Contain("[EMAIL_1]"), "what was searched is what is stored");
            foreach (var secret in new[] { "DE89", "0532", "kunde.example", "Wolters" })
            {
                Assert.That(rows, Does.Not.Contain(secret), "the database");
                Assert.That(record, Does.Not.Contain(secret), "the API");
                Assert.That(log, Does.Not.Contain(secret), "the log");
            }
        }
    }

    /// <summary>Every row of the product's tables as one text; policies hold none of a customer's words.</summary>
    private const string EveryRow =
        """
        select string_agg(row, e'\n') from (
            select t::text from tickets t union all select d::text from deliveries d union all
            select t::text from triages t union all select w::text from write_backs w) as rows (row)
        """;
}
