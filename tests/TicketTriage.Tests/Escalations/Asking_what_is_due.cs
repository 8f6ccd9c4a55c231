using Npgsql;
using TicketTriage.Escalations;
using TicketTriage.Testing;
using TicketTriage.Tickets;

namespace TicketTriage.Tests.Escalations;

/// <summary>The one question of each second: what it does not name is looked at, and told, by nobody.</summary>
[CancelAfter(120_000)]
internal sealed class Asking_what_is_due
{
    private static readonly string[] Helpdesks = ["acme", "globex"];

    private static DateTimeOffset Now => SomeMatrix.Start;

    [Test]
    public async Task Names_exactly_what_the_claims_would_take(CancellationToken cancellationToken)
    {
        await using var database = await TriageDatabase.CreateAsync();
        var (asked, claimed) = (new List<string>(), new List<string>());
        for (var seed = 0; seed < 150; seed++)
        {
            await FillAsync(database, new Random(seed), cancellationToken);
            asked.Add(Say(await DueWork.ReadAsync(database.Pool, Helpdesks, Now, cancellationToken)));
            claimed.Add(Say(await ClaimAsync(database.Pool, cancellationToken)));
            await database.AskAsync<object>("delete from notices; delete from messages; delete from escalations; delete from watched_tickets");
        }

        using (Assert.EnterMultipleScope())
        {
            Assert.That(asked, Is.EqualTo(claimed));
            Assert.That(asked.Distinct().Count(), Is.GreaterThan(20), "The cases differ.");
        }
    }

    [Test]
    public async Task Costs_by_what_is_due_also_where_the_plan_is_made_for_any_moment(CancellationToken cancellationToken)
    {
        await using var database = await TriageDatabase.CreateAsync();
        await database.AskAsync<object>(
            """
            insert into watched_tickets (helpdesk, number, created_at, status, priority, segment, events, first_seen_at, observed_at, ask_at, next_look_at)
            select 'acme', i::text, now(), 'Open', 'Normal', 'standard', '[]', now(), now(), now(), now() + i * interval '1 minute'
            from generate_series(1, 20000) i;
            insert into escalations (id, helpdesk, number, cycle, cause, level, row_name, direction, state, people, reasons, opened_at, acknowledge_by,
                                     matrix_version, service_version)
            select gen_random_uuid(), 'acme', i::text, 'first_reply@1', 'first_reply', 1, 'all', 'functional', 'open', '{anna}', '{}', now(), now(), '1', '1'
            from generate_series(1, 20000) i;
            insert into notices (id, escalation_id, occasion, channel, recipient, state, not_before, created_at)
            select gen_random_uuid(), e.id, 'level', c.channel, 'anna', case when e.number::int % 200 = 0 then 'waiting' else 'sent' end,
                now() + e.number::int * interval '1 minute', now()
            from escalations e, unnest('{note, mail, chat, webhook}'::text[]) as c (channel);
            analyze watched_tickets, escalations, notices
            """);
        await using var connection = await database.Pool.OpenConnectionAsync(cancellationToken);
        await using var prepare = new NpgsqlCommand(
            $"set plan_cache_mode = force_generic_plan; prepare due (timestamptz, text[], text[], text[]) as {DueWork.Statement}", connection);
        await prepare.ExecuteNonQueryAsync(cancellationToken);
        await using var explain = new NpgsqlCommand(
            "explain execute due (now(), '{acme, globex}', '{mail, chat, webhook}', '{helpdesk, mark}')", connection);
        var plan = new List<string>();
        await using var reader = await explain.ExecuteReaderAsync(cancellationToken);
        while (await reader.ReadAsync(cancellationToken))
        {
            plan.Add(reader.GetString(0));
        }

        Assert.That(
            string.Join('\n', plan),
            Does.Contain("watched_tickets_due").And.Contain("notices_waiting").And.Not.Contain("Seq Scan"));
    }

    /// <summary>Tickets and notices of three helpdesks, of which one is configured no more, each due, not yet, or never.</summary>
    private static async Task FillAsync(TriageDatabase database, Random chance, CancellationToken cancellationToken)
    {
        var (tickets, escalations) = (new WatchLedger(database.Pool), new EscalationLedger(database.Pool));
        for (var number = chance.Next(4); number > 0; number--)
        {
            var ticket = SomeMatrix.Ticket($"{number}") with { Id = new TicketId(Any("acme", "globex", "gone"), $"{number}") };
            await tickets.ObserveAsync(ticket, Now, cancellationToken);
            await database.AskAsync<object>(
                $"update watched_tickets set next_look_at = {AnyMoment()}, ask_at = {AnyMoment()} where number = '{number}'");
            await escalations.OpenAsync(SomeMatrix.Open(ticket), SomeMatrix.Notices(AnyNote(), AnyMessage()), "1", Now, cancellationToken);
        }

        foreach (var state in (string[])["sent", "dropped"])
        {
            await database.AskAsync<object>($"update notices set state = '{state}' where abs(hashtext(id::text || '{state}')) % 6 = 0");
        }

        PlannedNotice AnyNote() => new(NoticeChannel.Note, Any(NoticePlan.Helpdesk, NoticePlan.Mark), NotBefore());

        PlannedNotice AnyMessage() => new(Any(NoticeChannel.Mail, NoticeChannel.Chat, NoticeChannel.Webhook), Any("anna", "ben"), NotBefore());

        DateTimeOffset NotBefore() => Now.AddSeconds(Any(-60, 0, 1));

        string AnyMoment() => Any("null", $"timestamptz '{Now.AddSeconds(-1):O}'", $"timestamptz '{Now:O}'", $"timestamptz '{Now.AddSeconds(1):O}'");

        T Any<T>(params T[] choices) => choices[chance.Next(choices.Length)];
    }

    /// <summary>What each claim takes, in the form of the answer.</summary>
    private static async Task<DueWork> ClaimAsync(NpgsqlDataSource pool, CancellationToken cancellationToken)
    {
        var (tickets, notices) = (new WatchLedger(pool), new NoticeLedger(pool));
        var hasLooks = (await tickets.ClaimDueAsync(Now, 500, Helpdesks, cancellationToken)).Count > 0;
        var (toAsk, messages, notes) = (new List<string>(), new List<NoticeChannel>(), new List<string>());
        foreach (var helpdesk in Helpdesks)
        {
            if ((await tickets.ClaimToAskAsync(helpdesk, Now, 500, TimeSpan.Zero, cancellationToken)).Count > 0)
            {
                toAsk.Add(helpdesk);
            }

            if ((await notices.TakeNotesAsync(helpdesk, 20, Now, cancellationToken)).Count > 0)
            {
                notes.Add(helpdesk);
            }
        }

        foreach (var channel in NoticeCourier.Messages)
        {
            if ((await notices.ListWaitingAsync(channel, Now, cancellationToken)).Count > 0)
            {
                messages.Add(channel);
            }
        }

        return new DueWork(hasLooks, toAsk, messages, notes);
    }

    private static string Say(DueWork due) =>
        $"{due.HasLooks}; ask {string.Join(' ', due.ToAsk.Order())}; by {string.Join(' ', due.Messages.Order())}; into {string.Join(' ', due.Notes.Order())}";
}
