using TicketTriage.Helpdesks;
using TicketTriage.Testing;
using TicketTriage.Tickets;
using TicketTriage.WriteBack;

namespace TicketTriage.Tests.WriteBack;

[CancelAfter(120_000)]
internal sealed class WriteBackLedgerTests
{
    private static readonly ChangeReceipt Receipt = new("stamp after", "audit 1");

    /// <summary>Each way in which a change is marked.</summary>
    private static readonly (WriteBackTransition Transition, Func<WriteBackLedger, ClaimedTicket, HelpdeskChange, Task> Make)[] Ways =
    [
        (WriteBackTransition.Reduce, (ledger, claim, change) =>
            ledger.ReduceAsync(claim, change with { Priority = null }, "Left out.", CancellationToken.None)),
        (WriteBackTransition.Apply, (ledger, claim, change) =>
            ledger.FinishAsync(claim, change.TriageId, Receipt, "content", null, CancellationToken.None)),
        (WriteBackTransition.GiveUp, (ledger, claim, change) =>
            ledger.GiveUpAsync(claim, change.TriageId, refused: false, "Not there.", CancellationToken.None)),
        (WriteBackTransition.GiveUp, (ledger, claim, change) =>
            ledger.GiveUpAsync(claim, change.TriageId, refused: true, "Refused.", CancellationToken.None)),
    ];

    [Test]
    public async Task Every_transition_leads_where_it_says_and_none_begins_elsewhere()
    {
        var reached = WriteBackTransition.All.ToDictionary(transition => transition, _ => new HashSet<WriteBackState>());
        using (Assert.EnterMultipleScope())
        {
            foreach (var (transition, make) in Ways)
            {
                await using var database = await TriageDatabase.CreateAsync();
                foreach (var from in Enum.GetValues<WriteBackState>())
                {
                    var what = $"{transition} from {from}";
                    var (ledger, claim, change) = await SentAsync(database);
                    reached[WriteBackTransition.Record].Add(await StateAsync(database));
                    await database.AskAsync<object>($"update write_backs set state = '{from.Word()}'");
                    var before = await RowAsync(database);

                    await IsLostAsync(() => make(ledger, claim, change));

                    if (!transition.From.Contains(from))
                    {
                        Assert.That(await RowAsync(database), Is.EqualTo(before), what);
                        continue;
                    }

                    Assert.That(await RowAsync(database), Is.Not.EqualTo(before), what);
                    reached[transition].Add(await StateAsync(database));
                }
            }

            foreach (var (transition, states) in reached)
            {
                Assert.That(states, Is.EquivalentTo(transition.To), $"{transition}");
            }
        }
    }

    [Test]
    public async Task A_worker_past_its_lease_marks_nothing()
    {
        await using var database = await TriageDatabase.CreateAsync();
        var (ledger, sleeper, change) = await SentAsync(database);
        await database.AskAsync<object>("update tickets set lease_until = now(), next_at = now()");
        var awake = (await Queue(database).ClaimAsync(new ClaimOrder(1), CancellationToken.None)).Single();
        var (ticket, writeBack) = (await TicketAsync(database), await RowAsync(database));

        using (Assert.EnterMultipleScope())
        {
            foreach (var (transition, make) in Ways)
            {
                Assert.That(await IsLostAsync(() => make(ledger, sleeper, change)), Is.True, $"{transition}");
            }

            var another = ATriage.Of(sleeper.Id);
            Assert.That(
                await IsLostAsync(() => ledger.RecordAsync(sleeper, another, ATriage.Change(another), CancellationToken.None)), Is.True, "record");
            Assert.That(await TicketAsync(database), Is.EqualTo(ticket));
            Assert.That(await RowAsync(database), Is.EqualTo(writeBack));
            Assert.That(awake.OpenTriage, Is.EqualTo(change.TriageId), "whoever is awake asks whether it arrived");
        }
    }

    [Test]
    public async Task A_worker_past_its_lease_begins_nothing_even_where_nobody_else_has_the_ticket()
    {
        await using var database = await TriageDatabase.CreateAsync();
        var claim = await ClaimAsync(database);
        await database.AskAsync<object>("update tickets set lease_until = now(), next_at = now()");

        var triage = ATriage.Of(claim.Id);
        var isLost = await IsLostAsync(() =>
            new WriteBackLedger(database.Pool).RecordAsync(claim, triage, ATriage.Change(triage), CancellationToken.None));

        Assert.That((isLost, await database.AskAsync<long>("select count(*) from triages")), Is.EqualTo((true, 0)));
    }

    [Test]
    public async Task What_was_sent_in_the_end_is_what_counts_as_our_last_change()
    {
        await using var database = await TriageDatabase.CreateAsync();
        var (ledger, claim, change) = await SentAsync(database);
        await ledger.ReduceAsync(claim, change with { Priority = null }, "Left out: priority.", CancellationToken.None);

        // Its answer was lost; the next worker finds it in the helpdesk and knows no more than the record.
        await ledger.FinishAsync(claim, change.TriageId, Receipt, "content", "Found.", CancellationToken.None);

        var last = await ledger.FindLastAppliedAsync(claim.Id, CancellationToken.None);
        Assert.That((last?.Priority, last?.Tags.Single()), Is.EqualTo(((TicketPriority?)null, "triage_intent_orders_late")));
    }

    [TestCase(2, 3, false)]
    [TestCase(3, 3, true)]
    [TestCase(1, 1, true)]
    public async Task Beyond_its_share_within_the_hour_a_ticket_waits(int changes, int most, bool waits)
    {
        await using var database = await TriageDatabase.CreateAsync();
        var (ledger, claim, _) = await SentAsync(database);
        await database.AskAsync<object>(
            $"""
            update write_backs set state = 'superseded';
            insert into triages select gen_random_uuid(), helpdesk, number, decided_at, stamp, content_hash, conversation,
                understanding, priority, route, draft, versions from triages, generate_series(1, 9);
            insert into write_backs (triage_id, helpdesk, number, state, change, sent_at)
            select id, helpdesk, number, 'applied', '{"{}"}', now() - interval '10 minutes' * row_number() over () from triages
            where id not in (select triage_id from write_backs) limit {changes};
            """);

        var wait = await ledger.FindWaitAsync(claim.Id, most, CancellationToken.None);

        if (waits)
        {
            Assert.That(wait, Is.EqualTo(TimeSpan.FromMinutes(60 - (10 * most))).Within(TimeSpan.FromMinutes(5)));
        }
        else
        {
            Assert.That(wait, Is.Null);
        }
    }

    private static TicketQueue Queue(TriageDatabase database) => new(database.Pool, TimeProvider.System);

    private static async Task<ClaimedTicket> ClaimAsync(TriageDatabase database)
    {
        await database.AskAsync<object>("truncate tickets, triages, write_backs cascade");
        await database.AskAsync<object>("insert into tickets (helpdesk, number, wanted, next_at) values ('acme', '7', 1, now())");
        return (await Queue(database).ClaimAsync(new ClaimOrder(1), CancellationToken.None)).Single();
    }

    /// <summary>A claim whose change is recorded as sent.</summary>
    private static async Task<(WriteBackLedger Ledger, ClaimedTicket Claim, HelpdeskChange Change)> SentAsync(TriageDatabase database)
    {
        var claim = await ClaimAsync(database);
        var ledger = new WriteBackLedger(database.Pool);
        var triage = ATriage.Of(claim.Id);
        var change = ATriage.Change(triage);
        await ledger.RecordAsync(claim, triage, change, CancellationToken.None);
        return (ledger, claim, change);
    }

    private static async Task<bool> IsLostAsync(Func<Task> make)
    {
        try
        {
            await make();
            return false;
        }
        catch (LeaseLostException)
        {
            return true;
        }
    }

    private static Task<string?> RowAsync(TriageDatabase database) =>
        database.AskAsync<string>("select row_to_json(w)::text from write_backs w");

    private static Task<string?> TicketAsync(TriageDatabase database) =>
        database.AskAsync<string>("select row_to_json(t)::text from tickets t");

    private static async Task<WriteBackState> StateAsync(TriageDatabase database)
    {
        var word = await database.AskAsync<string>("select state from write_backs");
        return Enum.GetValues<WriteBackState>().Single(state => state.Word() == word);
    }
}
