using TicketTriage.Sandbox;
using TicketTriage.Sandbox.Faults;
using TicketTriage.Sandbox.Webhooks;

namespace TicketTriage.Host.Tests.Journey;

/// <summary>In mode <c>Skills</c> the helpdesk's own router picks the agent, by the skills that the ticket asks for.</summary>
[CancelAfter(120_000)]
internal sealed class Skills_for_the_helpdesks_router
{
    private static readonly TriageSetUp BySkills = new()
    {
        Settings = new Dictionary<string, string?> { [$"Routing:Modes:{TriageUnderTest.Helpdesk}"] = "Skills" },
    };

    [Test]
    public async Task Are_set_in_the_one_change_beside_group_and_tags_and_the_agent_is_left_to_it(CancellationToken cancellationToken)
    {
        await using var triage = await TriageUnderTest.StartAsync(cancellationToken, BySkills);

        var ticket = await triage.TriageAsync(Mail.LateOrder, cancellationToken);

        var change = triage.Sandbox.Journal.ApiChanges.Single();
        using (Assert.EnterMultipleScope())
        {
            Assert.That(ticket.Skills, Is.EqualTo(new[] { "Orders" }));
            Assert.That(ticket.Tags, Has.Member("triage_skill_orders"));
            Assert.That((ticket.GroupId is null, ticket.AssigneeId), Is.EqualTo((false, (long?)null)));
            Assert.That(change.Fields.Select(field => field.Field), Is.SupersetOf(new[] { "group_id", "skills", "tags" }));
            Assert.That(triage.Sandbox.Journal.CallsByEndpoint["PUT /api/v2/tickets/{id}"], Is.EqualTo(1));
        }
    }

    [Test]
    public async Task That_the_helpdesk_does_not_have_are_named_in_the_reasons_and_stop_nothing(CancellationToken cancellationToken)
    {
        await using var triage = await TriageUnderTest.StartAsync(cancellationToken, BySkills);

        var ticket = await triage.TriageAsync(Mail.WrongInvoice, cancellationToken);

        var record = await triage.GetRecordAsync(ticket.Number, cancellationToken);
        using (Assert.EnterMultipleScope())
        {
            Assert.That(record.State, Is.EqualTo("written"), record.Reason);
            Assert.That(
                record.Triage?.Route.Reasons, Has.One.EqualTo("The helpdesk has no skill billing, so its router is not told of it."));
            Assert.That((ticket.Skills.Count, ticket.GroupId is null), Is.EqualTo((0, false)));
            Assert.That(ticket.Tags, Has.Member("triage_skill_billing"));
        }
    }

    [Test]
    public async Task That_people_gave_stay_and_those_that_people_took_off_stay_off(CancellationToken cancellationToken)
    {
        await using var triage = await TriageUnderTest.StartAsync(cancellationToken, BySkills);
        var sandbox = triage.Sandbox;
        var ticket = await triage.TriageAsync(Mail.LateOrder, cancellationToken);

        sandbox.EditAsPerson(ticket.Number, new() { Skills = ["English", "Technical"] });
        foreach (var words in (string[])["Still nothing here, the parcel is late.", "The order has still not arrived, where is it?"])
        {
            sandbox.AddComment(ticket.Number, new() { Body = words });
            await triage.WhenQuietAsync(cancellationToken);
        }

        var after = sandbox.GetTicket(ticket.Number);
        using (Assert.EnterMultipleScope())
        {
            Assert.That(sandbox.Journal.ApiChanges, Has.Count.EqualTo(3), "both messages were triaged");
            Assert.That(after.Skills, Is.EqualTo(new[] { "English", "Technical" }));
            Assert.That(sandbox.Journal.OverwrittenChanges, Is.Empty);
            Assert.That(
                sandbox.ListComments(ticket.Number)[^1].Html,
                Does.Contain("The skill Subject: Orders was taken off by a person and stays off."));
        }
    }

    [Test]
    public async Task Are_taken_back_when_the_ticket_turns_out_to_be_of_something_else(CancellationToken cancellationToken)
    {
        await using var triage = await TriageUnderTest.StartAsync(cancellationToken, BySkills with { AsksModel = true });
        var sandbox = triage.Sandbox;
        triage.Model.Otherwise(call => call.Said("user").Contains("invoice", StringComparison.Ordinal)
            ? ModelAnswers.LateOrder.Replace("orders/late", "billing/invoice-wrong", StringComparison.Ordinal)
            : ModelAnswers.LateOrder);
        var ticket = await triage.TriageAsync(Mail.LateOrder, cancellationToken);
        sandbox.EditAsPerson(ticket.Number, new() { Skills = ["English", "Orders"] });

        sandbox.AddComment(ticket.Number, new()
        {
            Body = "The invoice is wrong: it says two licences and we ordered one. Please send a corrected invoice, "
                + "our accounting can't book this invoice as it is.",
        });
        await triage.WhenQuietAsync(cancellationToken);

        var record = await triage.GetRecordAsync(ticket.Number, cancellationToken);
        using (Assert.EnterMultipleScope())
        {
            Assert.That(ticket.Skills, Is.EqualTo(new[] { "Orders" }));
            Assert.That(record.Triage?.Intent.Value, Is.EqualTo("billing/invoice-wrong"), record.Triage?.StandsInBecause);
            Assert.That(sandbox.GetTicket(ticket.Number).Skills, Is.EqualTo(new[] { "English" }));
        }
    }

    [Test]
    public async Task Are_written_once_where_the_answer_was_lost(CancellationToken cancellationToken)
    {
        await using var triage = await TriageUnderTest.StartAsync(cancellationToken, BySkills);
        triage.Sandbox.Faults.Add(new() { Method = "PUT", Kind = FaultKind.AnswerLost, Times = 1 });

        var ticket = await triage.TriageAsync(Mail.LateOrder, cancellationToken);

        using (Assert.EnterMultipleScope())
        {
            Assert.That(ticket.Skills, Is.EqualTo(new[] { "Orders" }));
            Assert.That(triage.Sandbox.Journal.ApiChanges, Has.Count.EqualTo(1));
        }
    }

    [Test]
    public async Task Are_decided_again_where_somebody_gave_one_between_reading_and_writing(CancellationToken cancellationToken)
    {
        await using var triage = await TriageUnderTest.StartAsync(cancellationToken, BySkills);
        triage.Sandbox.Persons.Add(new() { Method = "PUT", Edit = new() { Skills = ["German"] } });

        var ticket = await triage.TriageAsync(Mail.LateOrder, cancellationToken);

        using (Assert.EnterMultipleScope())
        {
            Assert.That(ticket.Skills, Is.EqualTo(new[] { "German", "Orders" }));
            Assert.That(triage.Sandbox.Journal.OverwrittenChanges, Is.Empty);
        }
    }

    [Test]
    public async Task That_the_account_refuses_leave_the_rest_of_the_change_whole(CancellationToken cancellationToken)
    {
        await using var triage = await TriageUnderTest.StartAsync(cancellationToken, BySkills);
        triage.Sandbox.Faults.Add(new() { Method = "GET", Path = "/api/v2/routing/tickets/*/instance_values", Kind = FaultKind.Status, Status = 403 });

        var ticket = await triage.TriageAsync(Mail.LateOrder, cancellationToken);

        using (Assert.EnterMultipleScope())
        {
            Assert.That((ticket.Skills.Count, ticket.GroupId is null), Is.EqualTo((0, false)));
            Assert.That(ticket.Tags, Has.Member("triage_skill_orders"));
            Assert.That(triage.Log.Lines.Select(line => line.Text), Has.Some.StartsWith("The skills of ticket "));
        }
    }

    [Test]
    public async Task Stand_as_tags_alone_in_freshdesk_whose_tickets_hold_none(CancellationToken cancellationToken)
    {
        await using var triage = await TriageUnderTest.StartAsync(
            cancellationToken, BySkills with { Sandbox = new() { Kind = SandboxKind.Freshdesk }, WebhookKind = WebhookKind.AdvancedRule });

        var ticket = await triage.TriageAsync(Mail.LateOrder, cancellationToken);

        using (Assert.EnterMultipleScope())
        {
            Assert.That(ticket.Tags, Has.Member("triage_skill_orders"));
            Assert.That(ticket.Skills, Is.Empty);
        }
    }
}
