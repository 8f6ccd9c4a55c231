using TicketTriage.Agents;
using TicketTriage.Testing;

namespace TicketTriage.Tests.Agents;

/// <summary>Several processes may take back what absent agents have: each looks at what it saw, and the others go on meanwhile.</summary>
[CancelAfter(60_000)]
public sealed class Noting_absences
{
    private const string Helpdesk = "acme";

    private static readonly DateTimeOffset Now = new(2026, 11, 25, 10, 0, 0, TimeSpan.Zero);

    private static readonly TimeSpan Apart = TimeSpan.FromSeconds(15);

    [Test]
    public async Task What_another_process_has_given_on_meanwhile_is_neither_taken_back_nor_ended(CancellationToken cancellationToken)
    {
        await using var database = await WithAnnaAndBenAsync();
        var ledger = new CapacityLedger(database.Pool);
        await GiveAsync(ledger, "1", "anna", cancellationToken);
        await ledger.ReturnOfAsync(Helpdesk, "1", "anna", cancellationToken);
        await GiveAsync(ledger, "1", "ben", cancellationToken);

        var returned = await ledger.ReturnOfAsync(Helpdesk, "1", "anna", cancellationToken);
        var ended = await ledger.EndOfAsync(Helpdesk, "1", "anna", cancellationToken);

        using (Assert.EnterMultipleScope())
        {
            Assert.That((returned, ended), Is.EqualTo((false, false)));
            Assert.That((await ledger.FindAsync(Helpdesk, "1", cancellationToken))?.AgentId, Is.EqualTo("ben"));
            Assert.That(await database.AskAsync<string>("select string_agg(id || ' ' || active_units, ', ' order by id) from agents"),
                Is.EqualTo("anna 0, ben 1"));
        }
    }

    [Test]
    public async Task Only_who_was_there_until_now_has_gone_away(CancellationToken cancellationToken)
    {
        await using var database = await WithAnnaAndBenAsync();
        var ledger = new CapacityLedger(database.Pool);
        await GiveAsync(ledger, "1", "anna", cancellationToken);

        var atWork = await ledger.ListAtWorkAsync(Helpdesk, cancellationToken);
        var first = await ledger.NoteAwayAsync(Helpdesk, ["anna", "carl"], cancellationToken);
        var second = await ledger.NoteAwayAsync(Helpdesk, ["anna", "carl"], cancellationToken);

        using (Assert.EnterMultipleScope())
        {
            Assert.That(atWork, Is.EqualTo(["anna"]), "Ben has nothing to lose.");
            Assert.That((first, second), Is.EqualTo(((IReadOnlyList<string>)["anna"], (IReadOnlyList<string>)[])));
            Assert.That(await ledger.ListAtWorkAsync(Helpdesk, cancellationToken), Is.Empty);
            Assert.That(await ledger.ClaimAsync(Helpdesk, "2", "anna", [], cancellationToken), Is.False);
        }
    }

    [Test]
    public async Task One_of_all_processes_looks_and_the_next_look_comes_when_the_last_is_old_enough(CancellationToken cancellationToken)
    {
        await using var database = await WithAnnaAndBenAsync();
        var ledger = new CapacityLedger(database.Pool);

        var looks = await Task.WhenAll(
            Enumerable.Range(0, 8).Select(_ => ledger.BeginLookAsync(Helpdesk, Now, Apart, cancellationToken)));
        var tooEarly = await ledger.BeginLookAsync(Helpdesk, Now + Apart - TimeSpan.FromSeconds(1), Apart, cancellationToken);
        var ofAnother = await ledger.BeginLookAsync("globex", Now, Apart, cancellationToken);
        var next = await ledger.BeginLookAsync(Helpdesk, Now + Apart, Apart, cancellationToken);

        using (Assert.EnterMultipleScope())
        {
            Assert.That(looks.Count(began => began), Is.EqualTo(1));
            Assert.That((tooEarly, ofAnother, next), Is.EqualTo((false, true, true)));
        }
    }

    [Test]
    public async Task A_process_whose_clock_was_far_ahead_keeps_nobody_from_looking(CancellationToken cancellationToken)
    {
        await using var database = await WithAnnaAndBenAsync();
        var ledger = new CapacityLedger(database.Pool);
        await ledger.BeginLookAsync(Helpdesk, Now.AddHours(1), Apart, cancellationToken);

        Assert.That(await ledger.BeginLookAsync(Helpdesk, Now, Apart, cancellationToken), Is.True);
    }

    private static async Task GiveAsync(CapacityLedger ledger, string number, string agent, CancellationToken cancellationToken)
    {
        Assert.That(await ledger.ClaimAsync(Helpdesk, number, agent, [], cancellationToken), Is.True);
        await ledger.ConfirmAsync(Helpdesk, number, agent, cancellationToken);
    }

    private static async Task<TriageDatabase> WithAnnaAndBenAsync()
    {
        var database = await TriageDatabase.CreateAsync();
        await database.AskAsync<int?>(
            $"""
            insert into agents (helpdesk, id, name, is_available, most_units)
            values ('{Helpdesk}', 'anna', '', true, 3), ('{Helpdesk}', 'ben', '', true, 3)
            """);
        await database.AskAsync<int?>(
            $$"""
            insert into assignments (helpdesk, number, units, group_name, priority, demand, expected_minutes)
            select '{{Helpdesk}}', n::text, 1, 'Support', 'normal', '{}', 30 from generate_series(1, 2) n
            """);
        return database;
    }
}
