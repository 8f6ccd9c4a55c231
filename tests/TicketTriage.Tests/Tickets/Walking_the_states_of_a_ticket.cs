using TicketTriage.Helpdesks;
using TicketTriage.Helpdesks.Webhooks;
using TicketTriage.Intake;
using TicketTriage.Testing;
using TicketTriage.Tickets;
using TicketTriage.WriteBack;

namespace TicketTriage.Tests.Tickets;

/// <summary>Tries every transition from every state: the legal ones lead where they say, the others change nothing.</summary>
[CancelAfter(120_000)]
internal sealed class Walking_the_states_of_a_ticket
{
    private static readonly TicketId Id = new("acme", "7");

    /// <summary>Each way in which a transition can be made: its name, what is special about the row, and who makes it.</summary>
    private static readonly Way[] Ways =
    [
        new(TicketTransition.Raise, "a delivery", database => new IntakeLedger(database.Pool).StoreAsync(
            [new AcceptedDelivery(Id.Helpdesk, new IncomingDelivery("key", Id.Number, "test", ActorId: null), IsOwn: false)], default)),
        new(TicketTransition.Claim, "a worker", database => Queue(database).ClaimAsync(new ClaimOrder(1), default)),
        new(TicketTransition.Read, "a suspect", database => Queue(database).KeepReadingAsync(Holder, "{}", "5", default)),
        new(TicketTransition.Finish, "written", database => Queue(database).FinishAsync(Holder, TicketOutcome.Written, null, "s", "h", default)),
        new(TicketTransition.Finish, "skipped", database => Queue(database).FinishAsync(Holder, TicketOutcome.Skipped, "Why.", "s", null, default)),
        new(TicketTransition.Finish, "parked", database => Queue(database).FinishAsync(Holder, TicketOutcome.Parked, "Why.", null, null, default)),
        new(TicketTransition.Finish, "wanted meanwhile", database => Queue(database).FinishAsync(Holder, TicketOutcome.Written, null, "s", "h", default))
        {
            Row = "wanted = 5",
        },
        new(TicketTransition.Settle, "a lost answer", SettleAsync),
        new(TicketTransition.Retry, "a failure", database => Queue(database).RetryAsync(Holder, new NextTry(TimeSpan.FromHours(1), "Why."), default)),
        new(TicketTransition.Retry, "a failure too many", database => Queue(database).RetryAsync(Holder, new NextTry(TimeSpan.FromHours(1), "Why."), default))
        {
            Row = "failing_since = now() - interval '73 hours'",
        },
        new(TicketTransition.Retry, "a quota", database => Queue(database).RetryAsync(Holder, new NextTry(TimeSpan.FromHours(1), "Why.") { IsFailure = false }, default)),
        new(TicketTransition.Postpone, "a wait", database => Queue(database).PostponeAsync(Holder, TimeSpan.FromHours(1), "Why.", default)),
        new(TicketTransition.Wake, "a helpdesk that is back", database => Queue(database).WakeAsync(Id.Helpdesk, 10, default))
        {
            Row = "awaits_helpdesk = true, next_at = next_at + interval '1 hour'",
        },
        new(TicketTransition.GiveBack, "a stop", database => Queue(database).GiveBackAsync(Holder, default)),
        new(TicketTransition.Return, "a death", database => Queue(database).ReturnLeasesAsync(default)),
        new(TicketTransition.Return, "a death too many", database => Queue(database).ReturnLeasesAsync(default)) { Row = "attempts = 3" },
        new(TicketTransition.Replay, "one", database => new ParkedTickets(database.Pool).ReplayAsync(Id, "Ada", default)),
        new(TicketTransition.Replay, "all", database => new ParkedTickets(database.Pool).ReplayAllAsync(null, "Ada", default)),
    ];

    private static ClaimedTicket Holder => new(Id, Wanted: 4, Fence: 9) { Lease = ClaimOrder.ShippedLease };

    [Test]
    public async Task Every_transition_leads_where_it_says_and_none_begins_elsewhere()
    {
        await using var database = await TriageDatabase.CreateAsync();
        var reached = TicketTransition.All.ToDictionary(transition => transition, _ => new HashSet<TicketState>());

        using (Assert.EnterMultipleScope())
        {
            foreach (var way in Ways)
            {
                foreach (var from in Enum.GetValues<TicketState>())
                {
                    var what = $"{way.Transition} by {way.Name} from {from}";
                    await PutAsync(database, from, way.Row);
                    var before = await RowAsync(database);

                    var isRefused = await IsRefusedAsync(way, database);

                    if (!way.Transition.From.Contains(from))
                    {
                        Assert.That(await RowAsync(database), Is.EqualTo(before), what);
                        Assert.That(isRefused, Is.EqualTo(way.Transition.CarriesFence && way.Transition != TicketTransition.GiveBack), what);
                        continue;
                    }

                    var to = await StateAsync(database);
                    Assert.That(isRefused, Is.False, what);
                    Assert.That(await RowAsync(database), Is.Not.EqualTo(before), what);
                    Assert.That(way.Transition.To, Does.Contain(to), what);
                    reached[way.Transition].Add(to);
                }
            }

            foreach (var (transition, states) in reached)
            {
                Assert.That(states, Is.EquivalentTo(transition.To), $"{transition}");
            }
        }
    }

    [Test]
    public async Task Nobody_but_the_holder_of_the_newest_claim_ends_it()
    {
        await using var database = await TriageDatabase.CreateAsync();

        using (Assert.EnterMultipleScope())
        {
            foreach (var way in Ways.Where(way => way.Transition.CarriesFence))
            {
                foreach (var fence in new[] { 8, 10 })
                {
                    await PutAsync(database, TicketState.Triaging, way.Row is null ? $"fence = {fence}" : $"{way.Row}, fence = {fence}");
                    var before = await RowAsync(database);

                    await IsRefusedAsync(way, database);

                    Assert.That(await RowAsync(database), Is.EqualTo(before), $"{way.Transition} by {way.Name}, fence {fence}");
                }
            }
        }
    }

    [TestCase("lease_until = now() + interval '1 minute', next_at = now() + interval '1 minute', attempts = 1", TestName = "A_living_lease_is_left_alone")]
    [TestCase("next_at = now() + interval '1 minute'", TestName = "A_ticket_is_not_claimed_before_its_time")]
    public async Task Is_not_claimed(string row)
    {
        await using var database = await TriageDatabase.CreateAsync();
        await PutAsync(database, TicketState.Received, row);

        var claimed = await Queue(database).ClaimAsync(new ClaimOrder(10), CancellationToken.None);
        var (parked, returned) = await Queue(database).ReturnLeasesAsync(CancellationToken.None);

        Assert.That((claimed.Count, parked, returned), Is.EqualTo((0, 0, 0)));
    }

    private static async Task SettleAsync(TriageDatabase database)
    {
        var triage = Guid.CreateVersion7(TimeProvider.System.GetUtcNow());
        await database.AskAsync<object>(
            $$"""
            truncate triages cascade;
            insert into triages (id, helpdesk, number, decided_at, stamp, content_hash, conversation, understanding, priority, route, draft, versions)
            values ('{{triage}}', 'acme', '7', now(), 's', 'h', '{}', '{}', '{}', '{}', '{}', '{}');
            insert into write_backs (triage_id, helpdesk, number, state, change) values ('{{triage}}', 'acme', '7', 'sent', '{}')
            """);
        await new WriteBackLedger(database.Pool).SettleAsync(Holder, triage, new ChangeReceipt("s", "1"), "h", "Why.", default);
    }

    private static TicketQueue Queue(TriageDatabase database) => new(database.Pool, TimeProvider.System);

    /// <summary>Puts the row into a state, due and with its lease over where it has one, held last under fence 9.</summary>
    private static async Task PutAsync(TriageDatabase database, TicketState state, string? row)
    {
        var columns = state switch
        {
            TicketState.Received => "next_at = now() - interval '1 second', outcome = null",
            TicketState.Triaging => "next_at = now() - interval '1 second', lease_until = now() - interval '1 second', attempts = 1, tries = 1",
            _ => $"next_at = null, outcome = '{state.Word()}'",
        };
        await database.AskAsync<object>("truncate tickets, deliveries");
        await database.AskAsync<object>(
            "insert into tickets (helpdesk, number, wanted, fence, claimed_at, next_at) values ('acme', '7', 4, 9, now(), now())");
        await database.AskAsync<object>($"update tickets set {columns}");
        if (row is not null)
        {
            await database.AskAsync<object>($"update tickets set {row}");
        }
    }

    private static async Task<bool> IsRefusedAsync(Way way, TriageDatabase database)
    {
        try
        {
            await way.Make(database);
            return false;
        }
        catch (LeaseLostException)
        {
            return true;
        }
    }

    private static async Task<string?> RowAsync(TriageDatabase database) =>
        await database.AskAsync<string>("select row_to_json(t)::text from tickets t");

    private static async Task<TicketState> StateAsync(TriageDatabase database)
    {
        var word = await database.AskAsync<string>("select state from tickets");
        return Enum.GetValues<TicketState>().Single(state => state.Word() == word);
    }

    private sealed record Way(TicketTransition Transition, string Name, Func<TriageDatabase, Task> Make)
    {
        /// <summary>What is set in the row beside its state.</summary>
        public string? Row { get; init; }
    }
}
