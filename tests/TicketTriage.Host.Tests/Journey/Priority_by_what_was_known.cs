namespace TicketTriage.Host.Tests.Journey;

[CancelAfter(120_000)]
internal sealed class Priority_by_what_was_known
{
    [Test]
    public async Task The_third_ticket_of_a_customer_in_a_week_is_raised_and_the_note_says_why(CancellationToken cancellationToken)
    {
        await using var triage = await TriageUnderTest.StartAsync(cancellationToken);

        var first = await triage.TriageAsync(Mail.WrongInvoice, cancellationToken);
        var second = await triage.TriageAsync(Mail.WrongInvoice, cancellationToken);
        var other = await triage.TriageAsync(Mail.LateOrder, cancellationToken);
        var third = await triage.TriageAsync(Mail.WrongInvoice, cancellationToken);

        const string reason = "the customer keeps writing (3 tickets in seven days)";
        using (Assert.EnterMultipleScope())
        {
            Assert.That((await triage.GetRecordAsync(third.Number, cancellationToken)).Decided.Priority.Reasons, Has.Some.Contains(reason));
            Assert.That(triage.Sandbox.ListComments(third.Number)[1].Text, Does.Contain(reason));
            Assert.That((first.Priority, second.Priority, third.Priority), Is.EqualTo(("normal", "normal", "high")));
            Assert.That((await triage.GetRecordAsync(other.Number, cancellationToken)).Decided.Priority.Reasons, Has.None.Contains("keeps writing"));
            Assert.That(
                await triage.AskAsync<string>(
                    "select string_agg(priority -> 'circumstances' ->> 'ticketsInWeek', ' ' order by decided_at) from triages", cancellationToken),
                Is.EqualTo("1 2 1 3"));
        }
    }

    [Test]
    public async Task A_ticket_whose_first_reply_is_overdue_is_raised(CancellationToken cancellationToken)
    {
        await using var triage = await TriageUnderTest.StartAsync(cancellationToken);

        var late = await triage.TriageAsync(Mail.WrongInvoice with { CreatedAt = TimeProvider.System.GetUtcNow().AddDays(-30) }, cancellationToken);

        var record = await triage.GetRecordAsync(late.Number, cancellationToken);
        using (Assert.EnterMultipleScope())
        {
            Assert.That(record.Decided.Priority.Value, Is.EqualTo("high"));
            Assert.That(record.Decided.Priority.Reasons, Has.Some.Contains("most of a promised time is used up (first reply, was due at "));
        }
    }
}
