using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using TicketTriage.History;
using TicketTriage.Sandbox.Faults;
using TicketTriage.Storage;

namespace TicketTriage.Host.Tests.Journey;

[CancelAfter(120_000)]
internal sealed class Importing_the_past
{
    private static readonly DateTimeOffset Since = new(2020, 1, 1, 0, 0, 0, TimeSpan.Zero);

    [Test]
    public async Task Tickets_are_kept_redacted_and_once(CancellationToken cancellationToken)
    {
        await using var triage = await TriageUnderTest.StartAsync(cancellationToken);
        var late = triage.AddUnheard(Mail.LateOrder with { Tags = ["vip"] });
        triage.AddUnheard(Mail.WrongInvoice, ticket => triage.Sandbox.Close(ticket.Number));
        var import = triage.Services.GetRequiredService<HistoryImport>();

        var first = await import.RunAsync(TriageUnderTest.Helpdesk, Since, new Silence(), cancellationToken);
        var calls = triage.Sandbox.Journal.Calls.Count;
        var second = await import.RunAsync(TriageUnderTest.Helpdesk, Since, new Silence(), cancellationToken);

        var kept = await ListAsync(triage, cancellationToken);
        var comments = triage.Sandbox.Journal.Calls.Skip(calls)
            .Count(call => call.Endpoint.EndsWith("/comments", StringComparison.Ordinal));
        using (Assert.EnterMultipleScope())
        {
            Assert.That((first.Tickets, second.Tickets), Is.EqualTo((2, 2)));
            Assert.That(comments, Is.Zero, "what is known in its last version is not read again");
            Assert.That(kept.Select(ticket => ticket.Status), Is.EqualTo(new[] { "new", "closed" }));
            Assert.That(kept[0].Tags, Does.Contain("vip"));
            Assert.That(kept[0].ReadMessages()[0].Text, Does.Contain("kitchen stools").And.Not.Contain("Hadley"));
            Assert.That(kept[0].Number, Is.EqualTo($"{late.Number}"));
            Assert.That(triage.Sandbox.Journal.ApiChanges, Is.Empty, "the past is only read");
        }
    }

    [Test]
    public async Task An_import_that_was_cut_off_goes_on_and_one_that_reaches_further_back_begins_anew(CancellationToken cancellationToken)
    {
        await using var triage = await TriageUnderTest.StartAsync(cancellationToken);
        triage.AddUnheard(Mail.LateOrder);
        var import = triage.Services.GetRequiredService<HistoryImport>();
        triage.Sandbox.Faults.Add(new() { Path = "/api/v2/tickets/*/comments", Kind = FaultKind.Status, Status = 403, Times = 1 });
        var progress = new Remembering();

        Assert.That(() => import.RunAsync(TriageUnderTest.Helpdesk, Since, new Silence(), cancellationToken),
            Throws.TypeOf<Helpdesks.HelpdeskRefusedException>());
        await import.RunAsync(TriageUnderTest.Helpdesk, Since, new Silence(), cancellationToken);
        var resumed = await import.RunAsync(TriageUnderTest.Helpdesk, Since.AddYears(1), progress, cancellationToken);
        var anew = await import.RunAsync(TriageUnderTest.Helpdesk, Since.AddYears(-1), new Silence(), cancellationToken);

        using (Assert.EnterMultipleScope())
        {
            Assert.That(await ListAsync(triage, cancellationToken), Has.Count.EqualTo(1));
            Assert.That((resumed.Since, resumed.Tickets), Is.EqualTo((Since, 1)));
            Assert.That(progress.Reports[0].IsResumed, Is.True);
            Assert.That((anew.Since, anew.Tickets), Is.EqualTo((Since.AddYears(-1), 1)));
        }
    }

    private static async Task<List<StoredPastTicket>> ListAsync(TriageUnderTest triage, CancellationToken cancellationToken)
    {
        var contexts = triage.Services.GetRequiredService<IDbContextFactory<TriageDbContext>>();
        await using var db = await contexts.CreateDbContextAsync(cancellationToken);
        return await db.Set<StoredPastTicket>().AsNoTracking().OrderBy(ticket => ticket.Number).ToListAsync(cancellationToken);
    }

    private sealed class Silence : IProgress<ImportProgress>
    {
        public void Report(ImportProgress value) { }
    }

    private sealed class Remembering : IProgress<ImportProgress>
    {
        public List<ImportProgress> Reports { get; } = [];

        public void Report(ImportProgress value) => Reports.Add(value);
    }
}
