using TicketTriage.Sandbox;
using TicketTriage.Sandbox.Desk;
using TicketTriage.Sandbox.Faults;
using TicketTriage.Sandbox.Persons;

namespace TicketTriage.Helpdesks.Tests.Contract;

[TestFixture(SandboxKind.Zendesk)]
[TestFixture(SandboxKind.Freshdesk)]
[CancelAfter(60_000)]
public class Changing_either_helpdesk(SandboxKind kind)
{
    [Test]
    public async Task Everything_arrives_and_the_note_is_for_agents_alone()
    {
        await using var desk = await ContractDesk.StartAsync(kind);
        var number = desk.Sandbox.AddTicket(new NewTicket { Subject = "s", Body = "b", Tags = ["vip"] }).Number;
        var change = ContractDesk.WithNote(desk.Change(await desk.ReadAsync(number, Patience())) with
        {
            AssigneeId = $"{desk.Sandbox.TeamLead.Id}",
            SummaryHtml = "<p>Wants a refund.</p>",
            Fields = new Dictionary<TriageField, string>
            {
                [TriageField.Intent] = "refund",
                [TriageField.Sentiment] = "negative",
                [TriageField.Language] = "de",
            },
        });

        var receipt = await desk.Helpdesk.ApplyAsync(change, Patience());

        var ticket = await desk.ReadAsync(number, Patience());
        var note = desk.Sandbox.ListComments(number)[^1];
        using (Assert.EnterMultipleScope())
        {
            Assert.That(ticket.Tags, Is.SupersetOf(new[] { "vip", "triage_intent_refund" }));
            Assert.That(ticket.Priority, Is.EqualTo(TicketPriority.High));
            Assert.That(ticket.GroupId, Is.EqualTo(change.GroupId));
            Assert.That(ticket.AssigneeId, Is.EqualTo(change.AssigneeId));
            Assert.That(ticket.Fields, Is.EquivalentTo(change.Fields ?? new Dictionary<TriageField, string>()));
            Assert.That((note.IsPublic, note.AuthorId), Is.EqualTo((false, desk.Sandbox.Integration.Id)));
            Assert.That(note.Html, Does.Contain("Wants a refund."));
            Assert.That(desk.Sandbox.GetTicket(number).Summary?.Html,
                kind == SandboxKind.Freshdesk ? Does.Contain("Wants a refund.") : Is.Null);
            Assert.That((receipt.LeftOut.Count, receipt.Warning), Is.EqualTo((0, (string?)null)));
            Assert.That(receipt.Stamp, Is.EqualTo(ticket.Stamp), "The version that is read next is known to be ours.");
        }
    }

    [Test]
    public async Task What_a_person_has_changed_since_is_a_conflict_and_nothing_is_written()
    {
        await using var desk = await ContractDesk.StartAsync(kind);
        var number = desk.Sandbox.AddTicket("s", "b").Number;
        var change = ContractDesk.WithNote(desk.Change(await desk.ReadAsync(number, Patience())));
        desk.Sandbox.EditAsPerson(number, new TicketEdit { Priority = new("low"), AddedTags = ["by_hand"] });

        Assert.That(() => desk.Helpdesk.ApplyAsync(change, Patience()), Throws.TypeOf<HelpdeskConflictException>());

        Assert.That(desk.Sandbox.Journal.ApiChanges, Is.Empty);
    }

    [Test]
    public async Task A_persons_change_of_another_field_is_never_touched()
    {
        await using var desk = await ContractDesk.StartAsync(kind);
        var number = desk.Sandbox.AddTicket("s", "b").Number;
        var change = ContractDesk.WithNote(desk.Change(await desk.ReadAsync(number, Patience())));
        desk.Sandbox.Persons.Add(new PersonEdit
        {
            Method = "PUT",
            Edit = new TicketEdit { AssigneeId = new(desk.Sandbox.TeamLead.Id), Status = "pending" },
        });

        try
        {
            await desk.Helpdesk.ApplyAsync(change, Patience());
        }
        catch (HelpdeskConflictException)
        {
            // As good: the ticket is then read and decided again.
        }

        using (Assert.EnterMultipleScope())
        {
            Assert.That(desk.Sandbox.GetTicket(number).AssigneeId, Is.EqualTo(desk.Sandbox.TeamLead.Id));
            Assert.That(desk.Sandbox.GetTicket(number).Status, Is.EqualTo("pending"));
            Assert.That(desk.Sandbox.Journal.OverwrittenChanges, Is.Empty);
        }
    }

    [Test]
    public async Task A_customers_answer_beside_our_note_is_not_taken_for_decided()
    {
        await using var desk = await ContractDesk.StartAsync(kind);
        var number = desk.Sandbox.AddTicket("s", "b").Number;
        var change = ContractDesk.WithNote(desk.Change(await desk.ReadAsync(number, Patience())));
        desk.Sandbox.Faults.Add(new FaultRule
        {
            Method = "GET", Path = "/api/v2/tickets/*", Kind = FaultKind.Slow, Delay = TimeSpan.FromMilliseconds(400), After = 1,
        });

        var applying = desk.Helpdesk.ApplyAsync(change, Patience());
        while (Notes(desk, change) == 0)
        {
            await Task.Delay(TimeSpan.FromMilliseconds(5), TimeProvider.System, Patience());
        }

        desk.Sandbox.AddComment(number, new NewComment { Body = "One more thing" });
        var receipt = await applying;

        Assert.That(receipt.Stamp, Is.Not.EqualTo((await desk.ReadAsync(number, Patience())).Stamp));
    }

    [Test]
    public async Task A_group_that_does_not_exist_is_named_and_the_rest_is_taken()
    {
        await using var desk = await ContractDesk.StartAsync(kind);
        var number = desk.Sandbox.AddTicket("s", "b").Number;
        var change = ContractDesk.WithNote(desk.Change(await desk.ReadAsync(number, Patience())) with { GroupId = "17" });

        var refused = await Assert.ThrowsAsync<HelpdeskRefusedException>(() => desk.Helpdesk.ApplyAsync(change, Patience()));
        await desk.Helpdesk.ApplyAsync(change with { GroupId = null }, Patience());

        using (Assert.EnterMultipleScope())
        {
            Assert.That(refused?.IsFieldRefused, Is.True);
            Assert.That(refused?.Fields.Single(), Does.StartWith("group"));
            Assert.That(refused?.Message, Does.StartWith("Helpdesk acme refuses the change of ticket").And.Contains("because of group"));
            Assert.That(desk.Sandbox.GetTicket(number).Priority, Is.EqualTo("high"));
            Assert.That(Notes(desk, change), Is.EqualTo(1));
        }
    }

    [Test]
    public async Task A_field_that_was_renamed_is_left_out_once_it_is_known()
    {
        await using var desk = await ContractDesk.StartAsync(kind);
        var number = desk.Sandbox.AddTicket("s", "b").Number;
        var field = desk.Sandbox.Fields.Single(field => field.Name == "triage_product");
        desk.Sandbox.ChangeField(field with { Name = "area", Title = "Area" });
        var change = ContractDesk.WithNote(desk.Change(await desk.ReadAsync(number, Patience())) with
        {
            Fields = new Dictionary<TriageField, string> { [TriageField.Product] = "shop", [TriageField.Language] = "de" },
        });

        var receipt = await desk.Helpdesk.ApplyAsync(change, Patience());

        using (Assert.EnterMultipleScope())
        {
            Assert.That(receipt.LeftOut, Is.EqualTo(new[] { TriageField.Product }));
            Assert.That(receipt.Warning, Does.Contain("product").And.Contain("left out").And.EndWith("."));
            Assert.That(desk.Sandbox.GetTicket(number).CustomFields.Keys, Is.EqualTo(new[] { "triage_language" }));
            Assert.That(Notes(desk, change), Is.EqualTo(1));
        }
    }

    [Test]
    public async Task An_option_that_is_gone_costs_at_most_one_refusal()
    {
        await using var desk = await ContractDesk.StartAsync(kind);
        var number = desk.Sandbox.AddTicket("s", "b").Number;
        await desk.Helpdesk.FindAbilitiesAsync(Patience());
        var field = desk.Sandbox.Fields.Single(field => field.Name == "triage_intent");
        desk.Sandbox.ChangeField(field with { Choices = ["billing"] });
        var change = ContractDesk.WithNote(desk.Change(await desk.ReadAsync(number, Patience())) with
        {
            Fields = new Dictionary<TriageField, string> { [TriageField.Intent] = "refund" },
        });

        var refused = await Assert.ThrowsAsync<HelpdeskRefusedException>(() => desk.Helpdesk.ApplyAsync(change, Patience()));
        var receipt = await desk.Helpdesk.ApplyAsync(change, Patience());

        using (Assert.EnterMultipleScope())
        {
            Assert.That(refused?.IsFieldRefused, Is.True);
            Assert.That(receipt.LeftOut, Is.EqualTo(new[] { TriageField.Intent }));
            Assert.That(desk.Sandbox.GetTicket(number).Priority, Is.EqualTo("high"));
            Assert.That(Notes(desk, change), Is.EqualTo(1));
        }
    }

    [Test]
    public async Task A_ticket_that_is_gone_takes_nothing()
    {
        await using var desk = await ContractDesk.StartAsync(kind);
        var number = desk.Sandbox.AddTicket("s", "b").Number;
        var change = ContractDesk.WithNote(desk.Change(await desk.ReadAsync(number, Patience())));
        desk.Sandbox.MarkAsSpam(number);

        var refused = await Assert.ThrowsAsync<HelpdeskRefusedException>(() => desk.Helpdesk.ApplyAsync(change, Patience()));

        using (Assert.EnterMultipleScope())
        {
            Assert.That(refused is { IsTicketClosed: true } or { IsUnknownRecord: true }, refused?.Message);
            Assert.That(desk.Sandbox.Journal.ApiChanges, Is.Empty);
        }
    }

    [Test]
    public async Task An_applied_change_is_found_by_its_id_and_no_other()
    {
        await using var desk = await ContractDesk.StartAsync(kind);
        var number = desk.Sandbox.AddTicket("s", "b").Number;
        var change = ContractDesk.WithNote(desk.Change(await desk.ReadAsync(number, Patience())));
        var before = await desk.Helpdesk.FindAppliedAsync($"{number}", change.TriageId, Patience());
        var receipt = await desk.Helpdesk.ApplyAsync(change, Patience());
        var other = ContractDesk.NewTriage();
        desk.Sandbox.AddComment(number, new NewComment { Body = $"You wrote {other:N}" });

        var found = await desk.Helpdesk.FindAppliedAsync($"{number}", change.TriageId, Patience());

        using (Assert.EnterMultipleScope())
        {
            Assert.That(before, Is.Null);
            Assert.That(found?.AuditId, Is.EqualTo(receipt.AuditId));
            Assert.That(found?.Stamp, Is.Not.EqualTo((await desk.ReadAsync(number, Patience())).Stamp), "The customer has written since.");
            Assert.That(await desk.Helpdesk.FindAppliedAsync($"{number}", other, Patience()), Is.Null);
            Assert.That(await desk.Helpdesk.FindAppliedAsync($"{number}", ContractDesk.NewTriage(), Patience()), Is.Null);
        }
    }

    private static int Notes(ContractDesk desk, HelpdeskChange change) =>
        desk.Sandbox.Journal.ListMarked(change.TriageId).Count(applied => applied.CommentId is not null);

    private static CancellationToken Patience() => TestContext.CurrentContext.CancellationToken;
}
