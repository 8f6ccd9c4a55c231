namespace TicketTriage.Host.Tests.Journey;

[CancelAfter(120_000)]
internal sealed class Leaving_alone_what_people_did
{
    [Test]
    public async Task What_stood_on_the_ticket_stays(CancellationToken cancellationToken)
    {
        await using var triage = await TriageUnderTest.StartAsync(cancellationToken);
        var sandbox = triage.Sandbox;
        var reservations = sandbox.Groups.Single(group => group.Name == "Reservations").Id;
        var arrived = triage.AddUnheard(
            Mail.LateOrder with { Priority = "low", GroupId = reservations, Tags = ["vip", "triageless"] },
            ticket => sandbox.EditAsPerson(ticket.Number, new() { AssigneeId = sandbox.TeamLead.Id }));

        await triage.TellOfAsync(arrived.Number, cancellationToken);
        await triage.WhenQuietAsync(cancellationToken);

        var ticket = sandbox.GetTicket(arrived.Number);
        using (Assert.EnterMultipleScope())
        {
            Assert.That(ticket.Tags, Is.SupersetOf(new[] { "vip", "triageless", "triage_intent_orders_late" }));
            Assert.That((ticket.Priority, ticket.GroupId, ticket.AssigneeId), Is.EqualTo(("low", reservations, sandbox.TeamLead.Id)));
            Assert.That(sandbox.ListComments(ticket.Number)[^1].Html, Does.Contain("Left as it was"));
        }
    }

    [Test]
    public async Task What_a_person_corrects_is_not_changed_back(CancellationToken cancellationToken)
    {
        await using var triage = await TriageUnderTest.StartAsync(cancellationToken);
        var sandbox = triage.Sandbox;
        var ticket = await triage.TriageAsync(Mail.LateOrder, cancellationToken);
        var technical = sandbox.Groups.Single(group => group.Name == "Technical").Id;
        string[] corrected = [.. ticket.Tags.Where(tag => !IsIntent(tag)), "triage_intent_sales_question"];
        sandbox.EditAsPerson(ticket.Number, new() { Tags = corrected, Priority = "urgent", GroupId = technical });

        sandbox.AddComment(ticket.Number, new() { Body = "Still nothing here, and the tracking page shows nothing new either." });
        await triage.WhenQuietAsync(cancellationToken);

        var after = sandbox.GetTicket(ticket.Number);
        using (Assert.EnterMultipleScope())
        {
            Assert.That(sandbox.Journal.ApiChanges, Has.Count.EqualTo(2), "the customer's message was triaged");
            Assert.That(after.Tags.Where(IsIntent), Is.EqualTo(new[] { "triage_intent_sales_question" }));
            Assert.That((after.Priority, after.GroupId), Is.EqualTo(("urgent", technical)));
        }
    }

    [Test]
    public async Task An_edit_between_reading_and_writing_is_decided_on_again(CancellationToken cancellationToken)
    {
        await using var triage = await TriageUnderTest.StartAsync(cancellationToken, new() { AsksModel = true });
        var sandbox = triage.Sandbox;
        triage.Model.Otherwise(_ =>
        {
            // The ticket is read by now, and not written yet.
            if (triage.Model.Calls.Count == 1)
            {
                sandbox.EditAsPerson(1, new() { Priority = "urgent", Tags = ["handle_with_care"] });
            }

            return ModelAnswers.LateOrder;
        });

        var ticket = await triage.TriageAsync(Mail.LateOrder, cancellationToken);

        var writes = sandbox.Journal.Calls.Where(call => call.Endpoint == "PUT /api/v2/tickets/{id}").Select(call => call.Status);
        using (Assert.EnterMultipleScope())
        {
            Assert.That(writes, Is.EqualTo(new int?[] { 409, 200 }));
            Assert.That(sandbox.Journal.ApiChanges, Has.Count.EqualTo(1));
            Assert.That(ticket.Tags, Is.SupersetOf(new[] { "handle_with_care", "triage_intent_orders_late" }));
            Assert.That(ticket.Priority, Is.EqualTo("urgent"));
            Assert.That(sandbox.ListComments(ticket.Number).Count(message => !message.IsPublic), Is.EqualTo(1));
        }
    }

    [TestCase("closed")]
    [TestCase("deleted")]
    public async Task A_ticket_that_ends_between_reading_and_writing_is_left_alone(string end, CancellationToken cancellationToken)
    {
        await using var triage = await TriageUnderTest.StartAsync(cancellationToken, new() { AsksModel = true });
        var sandbox = triage.Sandbox;
        triage.Model.Otherwise(_ =>
        {
            if (end == "closed")
            {
                sandbox.Close(1);
            }
            else
            {
                sandbox.Delete(1);
            }

            return ModelAnswers.LateOrder;
        });

        await triage.TriageAsync(Mail.LateOrder, cancellationToken);

        var record = await triage.GetRecordAsync(1, cancellationToken);
        using (Assert.EnterMultipleScope())
        {
            Assert.That(sandbox.Journal.ApiChanges, Is.Empty);
            Assert.That(record.State, Is.EqualTo("skipped"));
            Assert.That(record.Reason, Is.Not.Empty);
            Assert.That(record.WriteBacks.Select(change => change.State), Has.None.EqualTo("sent"));
        }
    }

    private static bool IsIntent(string tag) => tag.StartsWith("triage_intent_", StringComparison.Ordinal);
}
