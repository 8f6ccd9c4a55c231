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

    [TestCase(AcknowledgedHow.Answered, "an agent", true)]
    [TestCase(AcknowledgedHow.Assigned, "43", true)]
    [TestCase(AcknowledgedHow.Link, "agent:acme/42", true)]
    [TestCase(AcknowledgedHow.Link, "lead", false)]
    [TestCase(AcknowledgedHow.Command, "lead on the command line", false)]
    public async Task Whether_a_lower_level_could_have_solved_it_is_read_from_who_takes_it(AcknowledgedHow how, string by, bool could)
    {
        var cancellationToken = TestContext.CurrentContext.CancellationToken;
        await using var database = await TriageDatabase.CreateAsync();
        var clock = new ManualClock(Evening);
        var watch = await TheWatch.StartAsync(database, clock, Reachable, cancellationToken);
        await EscalateAsync(
            database, Threat("important_customer") with { AssigneeId = "42", Priority = TicketPriority.Urgent }, cancellationToken);
        await watch.LookAsync(cancellationToken);
        var first = await database.AskAsync<string>("select array_to_string(people, ' ') from escalations where cause = 'important_customer'");
        clock.Advance(TimeSpan.FromMinutes(11));
        await watch.LookAsync(cancellationToken);
        var second = await database.AskAsync<Guid>("select id from escalations where cause = 'important_customer' and level = 2");

        await new EscalationLedger(database.Pool).AcknowledgeAsync(second, how, by, clock.GetUtcNow(), cancellationToken);

        using (Assert.EnterMultipleScope())
        {
            Assert.That(first, Is.EqualTo("group assignee"));
            Assert.That(await database.AskAsync<bool?>($"select lower_level_could from escalations where id = '{second}'"), Is.EqualTo(could));
        }
    }

    [Test]
    public async Task Who_was_told_first_and_takes_it_on_the_command_line_could_have_solved_it(CancellationToken cancellationToken)
    {
        await using var database = await TriageDatabase.CreateAsync();
        var clock = new ManualClock(Morning.AddHours(4));
        var watch = await TheWatch.StartAsync(database, clock, Reachable, cancellationToken);
        await EscalateAsync(database, Threat("legal"), cancellationToken);
        await watch.LookAsync(cancellationToken);
        clock.Advance(TimeSpan.FromMinutes(61));
        await watch.LookAsync(cancellationToken);
        var third = await database.AskAsync<Guid>("select id from escalations where cause = 'legal' and level = 3");

        await new EscalationLedger(database.Pool).AcknowledgeAsync(
            third, AcknowledgedHow.Command, "lead" + EscalationLedger.OnCommandLine, clock.GetUtcNow(), cancellationToken);

        Assert.That(await database.AskAsync<bool>($"select lower_level_could from escalations where id = '{third}'"), Is.True);
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
