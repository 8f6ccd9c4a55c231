using TicketTriage.Sandbox.Desk;

namespace TicketTriage.Host.Tests.Journey;

[CancelAfter(120_000)]
internal sealed class Odd_tickets
{
    [Test]
    public async Task One_that_nobody_works_on_any_more_is_skipped_with_the_reason(CancellationToken cancellationToken)
    {
        await using var triage = await TriageUnderTest.StartAsync(cancellationToken);
        var sandbox = triage.Sandbox;
        var target = triage.AddUnheard(Mail.LateOrder).Number;
        var ended = new Dictionary<long, string>
        {
            [AddUnheard(sandbox.Close)] = "closed",
            [AddUnheard(number => sandbox.EditAsPerson(number, new() { Status = "solved" }))] = "solved",
            [AddUnheard(sandbox.Delete)] = "not have this ticket",
            [AddUnheard(sandbox.MarkAsSpam)] = "not have this ticket",
            [AddUnheard(number => sandbox.Merge(number, target))] = "closed",
            [4_711] = "not have this ticket",
        };

        await Task.WhenAll(ended.Keys.Select(number => triage.TellOfAsync(number, cancellationToken)));
        await triage.WhenQuietAsync(cancellationToken);

        using (Assert.EnterMultipleScope())
        {
            foreach (var (number, reason) in ended)
            {
                var record = await triage.GetRecordAsync(number, cancellationToken);
                Assert.That(record.State, Is.EqualTo("skipped"), $"ticket {number}, {reason}");
                Assert.That(record.Reason, Does.Contain(reason), $"ticket {number}");
            }

            Assert.That(sandbox.Journal.CallsByEndpoint.Keys, Has.None.StartsWith("PUT"));
        }

        long AddUnheard(Action<long> end) => triage.AddUnheard(Mail.LateOrder, ticket => end(ticket.Number)).Number;
    }

    private static readonly TestCaseData[] Contents =
    [
        new TestCaseData(new NewTicket { Subject = "", Body = "" }) { TestName = "No words at all" },
        new TestCaseData(new NewTicket { Subject = "😡", Body = "😡😡😡 👎🏽 👨‍👩‍👧‍👦" }) { TestName = "Only emoji" },
        new TestCaseData(new NewTicket
        {
            Subject = "",
            HtmlBody = "<p><img src=\"https://files.example.com/1.png\"></p>",
            Attachments = [new SandboxAttachment("1.png", "image/png", 204_800)],
        }) { TestName = "Only an image" },
        new TestCaseData(new NewTicket
        {
            Subject = "Rechnung\0falsch",
            Body = "Die Rechnung\0ist falsch.\u0007\ud83d",
        }) { TestName = "Characters that no database takes" },
        new TestCaseData(new NewTicket
        {
            Subject = "Rechnung",
            Body = string.Concat(Enumerable.Repeat("Die Rechnung über 40 Euro stimmt nicht mit dem Angebot überein.\n", 16_000)),
        }) { TestName = "A text of a megabyte" },
        new TestCaseData(new NewTicket
        {
            Subject = "Invoice",
            HtmlBody = string.Concat(Enumerable.Repeat("<div><blockquote>", 20_000)) + "The invoice is wrong.",
        }) { TestName = "Markup nested twenty thousand deep" },
    ];

    [TestCaseSource(nameof(Contents))]
    public async Task One_with_strange_content_is_triaged_like_any_other(NewTicket arriving, CancellationToken cancellationToken)
    {
        await using var triage = await TriageUnderTest.StartAsync(cancellationToken);
        var arrived = triage.AddUnheard(arriving);

        await triage.TellOfAsync(arrived.Number, cancellationToken);
        await triage.WhenQuietAsync(cancellationToken);

        var ticket = triage.Sandbox.GetTicket(arrived.Number);
        var record = await triage.GetRecordAsync(arrived.Number, cancellationToken);
        using (Assert.EnterMultipleScope())
        {
            Assert.That((record.State, record.Reason), Is.EqualTo(("written", (string?)null)));
            Assert.That(ticket.Tags, Has.Exactly(4).StartsWith("triage_"));
            Assert.That(ticket.GroupId, Is.Not.Null);
            Assert.That(triage.Sandbox.ListComments(arrived.Number), Has.Count.EqualTo(2));
        }
    }

    [Test]
    public async Task One_that_takes_no_more_notes_gets_the_rest(CancellationToken cancellationToken)
    {
        await using var triage = await TriageUnderTest.StartAsync(cancellationToken);
        var arrived = triage.AddUnheard(Mail.LateOrder, ticket =>
        {
            for (var message = 1; message < 5_000; message++)
            {
                triage.Sandbox.AddComment(ticket.Number, new() { Body = "Where is my order?" });
            }
        });

        await triage.TellOfAsync(arrived.Number, cancellationToken);
        await triage.WhenQuietAsync(cancellationToken);

        var ticket = triage.Sandbox.GetTicket(arrived.Number);
        var record = await triage.GetRecordAsync(arrived.Number, cancellationToken);
        using (Assert.EnterMultipleScope())
        {
            Assert.That(record.State, Is.EqualTo("written"), record.Reason);
            Assert.That(ticket.Tags, Has.Member("triage_intent_orders_late"));
            Assert.That(ticket.GroupId, Is.Not.Null);
            Assert.That(record.WriteBacks[0].Reason, Does.StartWith("Left out: the note."));
            Assert.That(
                triage.Sandbox.Journal.CallsByEndpoint["GET /api/v2/tickets/{id}/comments"], Is.LessThanOrEqualTo(3), "not all are read");
        }
    }
}
