using Npgsql;
using TicketTriage.Agents;
using TicketTriage.Routing;
using TicketTriage.Routing.Matching;
using TicketTriage.Storage;
using TicketTriage.Testing;

namespace TicketTriage.Tests.Agents;

/// <summary>
/// Many workers at once give, finish, reopen, refuse, take back, change limits and are told other counts: no claim ever brings anybody over
/// capacity, nothing gets lost.
/// </summary>
[CancelAfter(120_000)]
public sealed class Claiming_capacity
{
    private const string Helpdesk = "acme";
    private const int Agents = 24;
    private const int Tickets = 400;

    [Test]
    public Task Capacity_is_never_exceeded_by_32_workers([Values] bool isToldCounts) =>
        AttackAsync(steps: 4_000, isToldCounts, TestContext.CurrentContext.CancellationToken);

    [Test]
    [Explicit("Takes many minutes.")]
    [CancelAfter(3_600_000)]
    public Task Capacity_is_never_exceeded_in_a_million_steps(CancellationToken cancellationToken) =>
        AttackAsync(steps: 1_000_000, isToldCounts: true, cancellationToken);

    [Test]
    public async Task A_ticket_gets_one_agent_however_many_claim_it_at_once(CancellationToken cancellationToken)
    {
        await using var database = await NewDatabaseAsync(most: 5);
        var ledger = new CapacityLedger(database.Pool);

        var won = await Task.WhenAll(Enumerable.Range(0, Agents)
            .Select(agent => ledger.ClaimAsync(Helpdesk, "1", NameOf(agent), [], cancellationToken)));

        using (Assert.EnterMultipleScope())
        {
            Assert.That(won.Count(one => one), Is.EqualTo(1));
            Assert.That(await database.AskAsync<long>("select sum(active_units) from agents"), Is.EqualTo(1));
        }
    }

    [Test]
    public async Task The_table_itself_refuses_what_is_over_capacity()
    {
        await using var database = await NewDatabaseAsync(most: 2);

        Assert.That(
            async () => await database.AskAsync<int?>("update agents set active_units = 3 where id = 'a0' returning active_units"),
            Throws.TypeOf<PostgresException>()
                .With.Property(nameof(PostgresException.ConstraintName)).EqualTo("agents_never_over_capacity"));
    }

    [Test]
    public async Task A_lower_limit_takes_nothing_away_and_gives_nothing_more(CancellationToken cancellationToken)
    {
        await using var database = await NewDatabaseAsync(most: 3);
        var ledger = new CapacityLedger(database.Pool);
        await ledger.ClaimAsync(Helpdesk, "1", "a0", [], cancellationToken);
        await ledger.ClaimAsync(Helpdesk, "2", "a0", [], cancellationToken);

        await ledger.SetLimitAsync(Helpdesk, "a0", 1, cancellationToken);
        await ledger.EndAsync(Helpdesk, "1", cancellationToken);
        var more = await ledger.ClaimAsync(Helpdesk, "3", "a0", [], cancellationToken);

        using (Assert.EnterMultipleScope())
        {
            Assert.That(more, Is.False);
            Assert.That(await database.AskAsync<int>("select active_units from agents where id = 'a0'"), Is.EqualTo(1));
        }
    }

    [Test]
    public async Task The_helpdesks_count_corrects_ours_and_keeps_what_it_can_not_have_seen(CancellationToken cancellationToken)
    {
        await using var database = await NewDatabaseAsync(most: 3);
        var ledger = new CapacityLedger(database.Pool);
        await ledger.ClaimAsync(Helpdesk, "1", "a0", [], cancellationToken);
        await ledger.ConfirmAsync(Helpdesk, "1", "a0", cancellationToken);
        var began = await ledger.AskTimeAsync(cancellationToken);
        await ledger.ClaimAsync(Helpdesk, "2", "a0", [], cancellationToken);

        await ledger.CorrectAsync(Helpdesk, "a0", isAvailable: true, openTickets: 4, began, TimeSpan.Zero, cancellationToken);

        using (Assert.EnterMultipleScope())
        {
            Assert.That(await database.AskAsync<int>("select active_units from agents where id = 'a0'"), Is.EqualTo(5));
            Assert.That(await ledger.ClaimAsync(Helpdesk, "3", "a0", [], cancellationToken), Is.False);
        }
    }

    [Test]
    public async Task Nobody_is_given_anything_while_away(CancellationToken cancellationToken)
    {
        await using var database = await NewDatabaseAsync(most: 3);
        var ledger = new CapacityLedger(database.Pool);
        await ledger.ClaimAsync(Helpdesk, "1", "a0", [], cancellationToken);
        await ledger.ConfirmAsync(Helpdesk, "1", "a0", cancellationToken);
        await ledger.ClaimAsync(Helpdesk, "5", "a0", [], cancellationToken);

        await ledger.CorrectAsync(Helpdesk, "a0", isAvailable: false, 0, await ledger.AskTimeAsync(cancellationToken), TimeSpan.Zero, cancellationToken);

        using (Assert.EnterMultipleScope())
        {
            Assert.That(await ledger.ClaimAsync(Helpdesk, "2", "a0", [], cancellationToken), Is.False);
            Assert.That(
                await ledger.ListOfAbsentAsync(Helpdesk, cancellationToken),
                Is.EqualTo([("1", "a0")]),
                "The other is a promise that is still on its way.");
        }
    }

    [Test]
    public async Task A_ticket_takes_as_many_units_as_its_channel_weighs_with_the_agent(CancellationToken cancellationToken)
    {
        await using var database = await NewDatabaseAsync(most: 3);
        var ledger = new CapacityLedger(database.Pool);
        await database.AskAsync<int?>("update agents set known = '{\"channels\":{\"chat\":3}}', roster = '{\"channels\":{\"email\":2}}' where id = 'a0'");
        await database.AskAsync<int?>("update assignments set channel = case when number = '3' then 'chat' else 'email' end");

        bool[] given =
        [
            await ledger.ClaimAsync(Helpdesk, "1", "a0", [], cancellationToken),
            await ledger.ClaimAsync(Helpdesk, "2", "a0", [], cancellationToken),
            await ledger.ClaimAsync(Helpdesk, "3", "a0", [], cancellationToken),
        ];
        await ledger.EndAsync(Helpdesk, "1", cancellationToken);

        using (Assert.EnterMultipleScope())
        {
            Assert.That(given, Is.EqualTo([true, false, true]), "Of chats the roster says nothing more, so that one takes one unit.");
            Assert.That(await database.AskAsync<int>("select active_units from agents where id = 'a0'"), Is.EqualTo(1));
        }
    }

    [Test]
    public async Task The_helpdesk_counts_tickets_and_ours_weigh_what_they_took(CancellationToken cancellationToken)
    {
        await using var database = await NewDatabaseAsync(most: 6);
        var ledger = new CapacityLedger(database.Pool);
        await database.AskAsync<int?>("update agents set roster = '{\"channels\":{\"email\":2}}'; update assignments set channel = 'email'");
        foreach (var number in (string[])["1", "2"])
        {
            await ledger.ClaimAsync(Helpdesk, number, "a0", [], cancellationToken);
            await ledger.ConfirmAsync(Helpdesk, number, "a0", cancellationToken);
        }

        await ledger.CorrectAsync(Helpdesk, "a0", true, openTickets: 3, await ledger.AskTimeAsync(cancellationToken), TimeSpan.Zero, cancellationToken);
        var withOneByHand = await database.AskAsync<int>("select active_units from agents where id = 'a0'");
        await ledger.CorrectAsync(Helpdesk, "a0", true, openTickets: 1, await ledger.AskTimeAsync(cancellationToken), TimeSpan.Zero, cancellationToken);

        Assert.That((withOneByHand, await database.AskAsync<int>("select active_units from agents where id = 'a0'")), Is.EqualTo((5, 2)));
    }

    [Test]
    public async Task An_agent_whom_the_helpdesk_refused_gets_it_never_again_and_has_the_unit_back(CancellationToken cancellationToken)
    {
        await using var database = await NewDatabaseAsync(most: 1);
        var ledger = new CapacityLedger(database.Pool);
        await ledger.ClaimAsync(Helpdesk, "1", "a0", [], cancellationToken);

        var refused = await ledger.RefuseAsync(Helpdesk, "1", "a0", "He has left the group.", cancellationToken);
        var again = await ledger.ClaimAsync(Helpdesk, "1", "a0", [], cancellationToken);
        var held = await ledger.FindAsync(Helpdesk, "1", cancellationToken);

        using (Assert.EnterMultipleScope())
        {
            Assert.That((refused, again), Is.EqualTo((true, false)));
            Assert.That(held?.Refusals, Is.EqualTo(["He has left the group."]));
            Assert.That(await ledger.ClaimAsync(Helpdesk, "2", "a0", [], cancellationToken), Is.True, "The unit is free for another ticket.");
            Assert.That(await ledger.ClaimAsync(Helpdesk, "1", "a1", [], cancellationToken), Is.True);
        }
    }

    [Test]
    public async Task A_ticket_that_a_search_does_not_know_yet_frees_no_room(CancellationToken cancellationToken)
    {
        await using var database = await NewDatabaseAsync(most: 2);
        var ledger = new CapacityLedger(database.Pool);
        foreach (var (number, minutesAgo) in ((string, int)[])[("1", 20), ("2", 2)])
        {
            await ledger.ClaimAsync(Helpdesk, number, "a0", [], cancellationToken);
            await ledger.ConfirmAsync(Helpdesk, number, "a0", cancellationToken);
            await database.AskAsync<int?>(
                $"update assignments set assigned_at = now() - interval '{minutesAgo} minutes' where number = '{number}'");
        }

        var units = new List<int>();
        foreach (var count in (int[])[1, 0, 3])
        {
            await ledger.CorrectAsync(
                Helpdesk, "a0", true, count, await ledger.AskTimeAsync(cancellationToken), TimeSpan.FromMinutes(5), cancellationToken);
            units.Add(await database.AskAsync<int>("select active_units from agents where id = 'a0'"));
        }

        Assert.That(units, Is.EqualTo([2, 1, 3]), "One may be the older or the younger; none is surely not the older; three are one by hand.");
    }

    [Test]
    public async Task Who_got_a_ticket_and_why_outlives_it(CancellationToken cancellationToken)
    {
        await using var database = await NewDatabaseAsync(most: 2);
        var ledger = new CapacityLedger(database.Pool);
        await ledger.ClaimAsync(Helpdesk, "1", "a0", ["Agent a0 gets it."], cancellationToken);
        await ledger.ReturnAsync(Helpdesk, "1", cancellationToken);
        await ledger.ClaimAsync(Helpdesk, "1", "a1", ["Agent a1 gets it.", "Not: a0 (away)."], cancellationToken);
        await ledger.ConfirmAsync(Helpdesk, "1", "a1", cancellationToken);
        await ledger.ConfirmAsync(Helpdesk, "1", "a1", cancellationToken);
        await ledger.EndAsync(Helpdesk, "1", cancellationToken);

        var kept = await new ChoiceLedger(database.Pool).ListAsync(Helpdesk, "1", most: 10, cancellationToken);

        using (Assert.EnterMultipleScope())
        {
            Assert.That(kept.Select(choice => choice.AgentId), Is.EqualTo(["a1"]), "What never reached the helpdesk is no choice.");
            Assert.That(kept[0].Reasons, Is.EqualTo(["Agent a1 gets it.", "Not: a0 (away)."]));
        }
    }

    [Test]
    public async Task What_was_promised_and_never_confirmed_is_found_with_its_agent(CancellationToken cancellationToken)
    {
        await using var database = await NewDatabaseAsync(most: 3);
        var ledger = new CapacityLedger(database.Pool);
        await ledger.ClaimAsync(Helpdesk, "1", "a0", [], cancellationToken);
        await ledger.ClaimAsync(Helpdesk, "2", "a0", [], cancellationToken);
        await ledger.ConfirmAsync(Helpdesk, "2", "a0", cancellationToken);
        var later = (await ledger.AskTimeAsync(cancellationToken)).AddSeconds(1);

        var forgotten = await ledger.ListForgottenAsync(Helpdesk, later, cancellationToken);

        using (Assert.EnterMultipleScope())
        {
            Assert.That(forgotten, Is.EqualTo([("1", "a0")]));
            Assert.That(await ledger.ListForgottenAsync(Helpdesk, later.AddMinutes(-1), cancellationToken), Is.Empty, "It is on its way.");
        }
    }

    [Test]
    public async Task A_count_and_a_claim_under_way_do_not_wait_for_each_other(CancellationToken cancellationToken)
    {
        await using var database = await NewDatabaseAsync(most: 3);
        var ledger = new CapacityLedger(database.Pool);
        await using var claiming = await database.Pool.OpenConnectionAsync(cancellationToken);
        await using var claim = new NpgsqlCommand("begin; update assignments set agent_id = 'a0', claimed_at = now() where number = '1'", claiming);
        await claim.ExecuteNonQueryAsync(cancellationToken);

        await ledger.CorrectAsync(Helpdesk, "a0", true, openTickets: 1, await ledger.AskTimeAsync(cancellationToken), TimeSpan.Zero, cancellationToken);
        claim.CommandText = "update agents set active_units = active_units + 1 where id = 'a0'; commit";
        await claim.ExecuteNonQueryAsync(cancellationToken);

        Assert.That(await database.AskAsync<int>("select active_units from agents where id = 'a0'"), Is.EqualTo(2));
    }

    private static async Task AttackAsync(int steps, bool isToldCounts, CancellationToken cancellationToken)
    {
        const int Workers = 32;
        await using var database = await NewDatabaseAsync(most: 3);
        await WeighAsync(database);
        await NoteRaisesAsync(database);

        // A line for each: on a busy machine who waits for another's would give up before it is free.
        var lines = new NpgsqlConnectionStringBuilder(database.ConnectionString) { MaxPoolSize = Workers, Timeout = 120, CommandTimeout = 120 };
        await using var crowd = StorageServices.OpenPool(lines.ConnectionString);
        var desk = new Desk(new CapacityLedger(crowd), new AssignmentPool(crowd));
        var done = 0;

        await Task.WhenAll(Enumerable.Range(0, Workers).Select(async worker =>
        {
            var random = new Random(worker);
            while (Interlocked.Increment(ref done) is var step && step <= steps)
            {
                await StepAsync(desk, random, isToldCounts, cancellationToken);
            }
        }));
        if (isToldCounts)
        {
            await TellTheTruthAsync(database, desk.Ledger, cancellationToken);
        }

        using (Assert.EnterMultipleScope())
        {
            Assert.That(await database.AskAsync<long>("select count(*) from raises where is_claim"), Is.GreaterThan(0));
            Assert.That(await database.AskAsync<long>("select count(*) from raises where is_claim and is_over"), Is.Zero);
            Assert.That(
                await database.AskAsync<long>("select count(*) from raises where not is_claim and is_over"),
                isToldCounts ? Is.GreaterThan(0) : Is.Zero,
                "A count may bring somebody over, and is noted by the same trigger.");
            Assert.That(
                await database.AskAsync<long>(
                    "select count(*) from agents a where active_units <> (select coalesce(sum(units), 0) from assignments s where s.agent_id = a.id)"),
                Is.Zero,
                "What an agent has is the sum of the tickets that are with him.");
            Assert.That(await database.AskAsync<long>("select count(*) from assignments"), Is.EqualTo(Tickets), "None was lost.");
            Assert.That(await database.AskAsync<long>("select sum(active_units) from agents"), Is.GreaterThan(0), "Something was given.");
            Assert.That(
                await database.AskAsync<long>("select count(distinct units) from assignments where agent_id is not null"),
                Is.GreaterThan(1),
                "Some weigh more than others.");
        }
    }

    private static async Task StepAsync(Desk desk, Random random, bool isToldCounts, CancellationToken cancellationToken)
    {
        var number = random.Next(Tickets).ToString(System.Globalization.CultureInfo.InvariantCulture);
        var agent = NameOf(random.Next(Agents));
        var (ledger, pool) = desk;
        switch (random.Next(20))
        {
            case < 10:
                if (await ledger.ClaimAsync(Helpdesk, number, agent, [], cancellationToken) && random.Next(2) == 0)
                {
                    await ledger.ConfirmAsync(Helpdesk, number, agent, cancellationToken);
                }

                break;
            case < 13:
                await ledger.ReturnAsync(Helpdesk, number, cancellationToken);
                break;
            case < 15:
                await ledger.EndAsync(Helpdesk, number, cancellationToken);
                var reopened = new PoolTicket { Id = number, Demand = new TicketDemand(), Channel = random.Next(2) == 0 ? "email" : "chat" };
                await pool.PutAsync(Helpdesk, number, reopened, null, new TicketDue(DateTimeOffset.UnixEpoch, 480, null, ""), cancellationToken);
                break;
            case < 17:
                await ledger.RefuseAsync(Helpdesk, number, agent, "The helpdesk would not.", cancellationToken);
                break;
            case < 19 when isToldCounts:
                var began = await ledger.AskTimeAsync(cancellationToken);
                await ledger.CorrectAsync(
                    Helpdesk, agent, random.Next(5) > 0, random.Next(6), began, TimeSpan.FromSeconds(random.Next(2)), cancellationToken);
                break;
            default:
                await ledger.SetLimitAsync(Helpdesk, agent, random.Next(1, 7), cancellationToken);
                break;
        }
    }

    /// <summary>
    /// Notes each time that somebody's units rise, and whether above what is allowed: by a claim, which alone adds to them, or by a count.
    /// When the last count was doesn't tell: two may begin in the same microsecond.
    /// </summary>
    private static Task<int?> NoteRaisesAsync(TriageDatabase database) => database.AskAsync<int?>(
        """
        create table raises (is_claim boolean not null, is_over boolean not null);
        create function note_raise() returns trigger language plpgsql as $$
        begin
            insert into raises values (current_query() like '%active_units + $%', new.active_units > new.most_units);
            return null;
        end
        $$;
        create trigger note_raise after update on agents for each row
            when (new.active_units > old.active_units) execute function note_raise();
        """);

    private static async Task TellTheTruthAsync(TriageDatabase database, CapacityLedger ledger, CancellationToken cancellationToken)
    {
        foreach (var agent in Enumerable.Range(0, Agents).Select(NameOf))
        {
            var open = await database.AskAsync<long>($"select count(*) from assignments where agent_id = '{agent}' and assigned_at is not null");
            await ledger.CorrectAsync(
                Helpdesk, agent, true, (int)open, await ledger.AskTimeAsync(cancellationToken), TimeSpan.Zero, cancellationToken);
        }
    }

    /// <summary>Gives half of the agents weights of their own for two of the three channels.</summary>
    private static Task<int?> WeighAsync(TriageDatabase database) => database.AskAsync<int?>(
        """
        update agents set roster = jsonb_build_object('channels', jsonb_build_object('email', 2, 'chat', 3))
        where substr(id, 2)::int % 2 = 0
        """);

    private static string NameOf(int agent) => string.Create(System.Globalization.CultureInfo.InvariantCulture, $"a{agent}");

    private static async Task<TriageDatabase> NewDatabaseAsync(int most)
    {
        var database = await TriageDatabase.CreateAsync();
        await database.AskAsync<int?>(
            $"""
            insert into agents (helpdesk, id, name, is_available, most_units)
            select '{Helpdesk}', 'a' || n, '', true, {most} from generate_series(0, {Agents - 1}) n
            """);
        await database.AskAsync<int?>(
            $$"""
            insert into assignments (helpdesk, number, units, group_name, priority, demand, expected_minutes, channel)
            select '{{Helpdesk}}', n::text, 1, 'Support', 'normal', '{}', 30, (array['email', 'chat', 'phone'])[1 + n % 3]
            from generate_series(0, {{Tickets - 1}}) n
            """);
        return database;
    }

    private sealed record Desk(CapacityLedger Ledger, AssignmentPool Pool);
}
