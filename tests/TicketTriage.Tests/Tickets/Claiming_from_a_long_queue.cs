using Npgsql;
using TicketTriage.Testing;
using TicketTriage.Tickets;

namespace TicketTriage.Tests.Tickets;

[CancelAfter(180_000)]
internal sealed class Claiming_from_a_long_queue
{
    [TestCase("force_custom_plan")]
    [TestCase("force_generic_plan")]
    public async Task Neither_reads_nor_sorts_the_queue(string plans, CancellationToken cancellationToken)
    {
        await using var database = await TriageDatabase.CreateAsync();
        await FillAsync(database, 200_000);
        await using var connection = await database.Pool.OpenConnectionAsync(cancellationToken);
        await using (var prepare = new NpgsqlCommand(
            $"set plan_cache_mode = {plans}; prepare claim (int, int, interval) as {TicketQueue.ClaimStatement}", connection))
        {
            await prepare.ExecuteNonQueryAsync(cancellationToken);
        }

        var plan = new List<string>();
        await using var explain = new NpgsqlCommand("explain execute claim (16, 1, '100 seconds')", connection);
        await using (var reader = await explain.ExecuteReaderAsync(cancellationToken))
        {
            while (await reader.ReadAsync(cancellationToken))
            {
                plan.Add(reader.GetString(0));
            }
        }

        using (Assert.EnterMultipleScope())
        {
            Assert.That(plan, Has.Some.Contains("Index Scan using tickets_due"));
            Assert.That(plan, Has.Some.Contains("Index Scan using tickets_suspect"));
            Assert.That(plan, Has.None.Contains("Seq Scan on tickets"));
            Assert.That(plan, Has.None.Contains("Sort Key: tickets"));
        }
    }

    [Test]
    public async Task Takes_the_longest_waiting_and_of_those_that_died_one(CancellationToken cancellationToken)
    {
        await using var database = await TriageDatabase.CreateAsync();
        await FillAsync(database, 100);
        await database.AskAsync<object>("update tickets set attempts = 1 where number::int between 95 and 99");

        var queue = new TicketQueue(database.Pool, TimeProvider.System);
        var claimed = await queue.ClaimAsync(new ClaimOrder(3), cancellationToken);
        var none = await queue.ClaimAsync(new ClaimOrder(1) { MostSuspects = 0 }, cancellationToken);

        using (Assert.EnterMultipleScope())
        {
            Assert.That(claimed.Where(claim => !claim.IsSuspect).Select(claim => claim.Id.Number), Is.EquivalentTo(["100", "94", "93"]));
            Assert.That(claimed.Where(claim => claim.IsSuspect).Select(claim => claim.Id.Number), Is.EqualTo(["99"]));
            Assert.That(none.Single().Id.Number, Is.EqualTo("92"));
        }
    }

    /// <summary>The higher the number, the longer it has been waiting.</summary>
    private static async Task FillAsync(TriageDatabase database, int count)
    {
        await database.AskAsync<object>(
            "insert into tickets (helpdesk, number, wanted, next_at) "
            + $"select 'acme', n::text, 1, now() - interval '1 second' * n from generate_series(1, {count}) n");
        await database.AskAsync<object>("analyze tickets");
    }
}
