using TicketTriage.Tickets;

namespace TicketTriage.Host.Tests.Journey;

/// <summary>A worker is held at a point of a ticket's way until its lease is over and another has done the work, then let go.</summary>
[CancelAfter(180_000)]
internal sealed class A_worker_stopped_at_any_point
{
    private const string Everything =
        "select (select json_agg(t) from tickets t)::text || (select json_agg(w order by sent_at) from write_backs w)::text";

    [TestCase(TicketSteps.Journey, false, TestName = "After_the_claim")]
    [TestCase(TicketSteps.Understand, true, TestName = "After_understanding")]
    [TestCase(TicketSteps.Send, false, TestName = "Before_the_change_is_sent")]
    [TestCase(TicketSteps.Send, true, TestName = "After_the_change_was_sent_and_before_its_receipt_is_saved")]
    [TestCase(TicketSteps.Finish, true, TestName = "After_its_receipt_was_saved")]
    public async Task Changes_nothing_any_more(string step, bool atItsEnd)
    {
        var cancellationToken = TestContext.CurrentContext.CancellationToken;
        using var barrier = new WorkerBarrier(step, atItsEnd);
        await using var triage = await TriageUnderTest.StartAsync(cancellationToken);
        var number = triage.AddUnheard(Mail.LateOrder).Number;
        await triage.TellOfAsync(number, cancellationToken);
        await barrier.Reached.WaitAsync(cancellationToken);

        await triage.AskAsync<int>("update tickets set lease_until = now(), next_at = now() where lease_until is not null; select 1", cancellationToken);
        await triage.StartAnotherAsync(Role.Worker, cancellationToken);
        await triage.WaitForRecordAsync(number, record => record.State == "written", cancellationToken);
        var before = await triage.AskAsync<string>(Everything, cancellationToken);
        barrier.LetGo();
        await barrier.Over.WaitAsync(cancellationToken);
        await triage.WhenQuietAsync(cancellationToken);

        var record = await triage.GetRecordAsync(number, cancellationToken);
        using (Assert.EnterMultipleScope())
        {
            Assert.That(await triage.AskAsync<string>(Everything, cancellationToken), Is.EqualTo(before));
            Assert.That(triage.Sandbox.Journal.ApiChanges, Has.Count.EqualTo(1));
            Assert.That(triage.Sandbox.ListComments(number), Has.Count.EqualTo(2));
            Assert.That(record.WriteBacks.Count(change => change.State == "applied"), Is.EqualTo(1));
            Assert.That(record.WriteBacks.Select(change => change.State), Has.None.EqualTo("sent"));
        }
    }
}
