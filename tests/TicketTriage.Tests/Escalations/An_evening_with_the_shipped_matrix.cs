using TicketTriage.Escalations;
using TicketTriage.Helpdesks;
using TicketTriage.ServiceLevels;
using TicketTriage.Testing;

namespace TicketTriage.Tests.Escalations;

/// <summary>What the shipped matrix makes of tickets, with its people's quiet hours from eight to seven in Berlin.</summary>
[CancelAfter(120_000)]
internal sealed class An_evening_with_the_shipped_matrix
{
    /// <summary>Nine in the evening in Berlin.</summary>
    private static readonly DateTimeOffset Evening = new(2026, 11, 23, 20, 0, 0, TimeSpan.Zero);

    private static readonly DateTimeOffset Morning = new(2026, 11, 24, 6, 0, 0, TimeSpan.Zero);

    private static EscalationOptions Reachable => new()
    {
        Mail = new MailOptions { Host = "127.0.0.1", From = "triage@acme.example" },
        People = { ["lead"] = new() { Email = "lead@acme.example" }, ["head"] = new() { Email = "head@acme.example" } },
    };

    [Test]
    public async Task Nobody_is_late_with_what_nobody_was_told_of(CancellationToken cancellationToken)
    {
        await using var database = await TriageDatabase.CreateAsync();
        var clock = new ManualClock(Evening);
        var watch = await TheWatch.StartAsync(database, clock, Reachable, cancellationToken);
        await EscalateAsync(database, Threat("legal"), cancellationToken);

        // To a minute before the hour that the lead has from seven on, and then past it.
        for (; clock.GetUtcNow() < Morning.AddMinutes(59); clock.Advance(TimeSpan.FromMinutes(30)))
        {
            await watch.LookAsync(cancellationToken);
        }

        var overnight = await LevelsAsync(database);
        clock.Advance(TimeSpan.FromMinutes(31));
        await watch.LookAsync(cancellationToken);

        using (Assert.EnterMultipleScope())
        {
            Assert.That(overnight, Is.EqualTo("2 open"));
            Assert.That(await LevelsAsync(database), Is.EqualTo("2 raised, 3 open"));
            Assert.That(
                await database.AskAsync<DateTime>("select acknowledge_by from escalations where level = 2"),
                Is.EqualTo(Morning.AddMinutes(60).UtcDateTime));
            Assert.That(
                await database.AskAsync<DateTime>("select not_before from notices where channel = 'mail' and recipient = 'lead'"),
                Is.EqualTo(Morning.UtcDateTime));
        }
    }

    private static WatchedTicket Threat(string cause) => SomeMatrix.Ticket() with
    {
        CreatedAt = Evening,
        FirstSeenAt = Evening,
        Events = [new TicketEvent(Evening, TicketEventKind.Created), new TicketEvent(Evening, TicketEventKind.CustomerMessage)],
        Causes = [new AtOnceCause(cause, Evening)],
    };

    private static async Task EscalateAsync(TriageDatabase database, WatchedTicket ticket, CancellationToken cancellationToken)
    {
        var ledger = new WatchLedger(database.Pool);
        await ledger.ObserveAsync(ticket, ticket.CreatedAt, cancellationToken);
        await ledger.UnderstandAsync(ticket.Id, "billing/invoice", "web-shop", null, ticket.Causes, ticket.CreatedAt, cancellationToken);
    }

    /// <summary>Of what escalated at once; the clocks of the shipped policy rest at night and have levels of their own.</summary>
    private static async Task<string> LevelsAsync(TriageDatabase database) => await database.AskAsync<string>(
        "select string_agg(level || ' ' || state, ', ' order by level) from escalations where cause = 'legal'") ?? "";
}
