using TicketTriage.Policies;
using TicketTriage.Reading;
using TicketTriage.Tests.Reading;
using TicketTriage.Understanding;

namespace TicketTriage.Tests.Golden;

/// <summary>Showing a model the likest corrected tickets is worth it where the intent in question is among theirs oftener than by lot.</summary>
public sealed class Examples_like_a_ticket
{
    private const int Tokens = 1_000;

    [Test]
    public async Task Have_its_intent_among_theirs_far_oftener_than_by_lot([Values("de", "en")] string language)
    {
        var taxonomy = ShippedPolicies.LoadTaxonomy().Content;
        var tickets = GoldenTicket.Read(language).Where(ticket => taxonomy.FindIntent(ticket.Intent) is not null)
            .Select(ticket => (ticket.Intent, Clean: Some.Clean([Some.Message(ticket.Body)], ticket.Subject).Redacted(new Redactor()))).ToList();
        var (likest, among, shown, byLot) = (0, 0, 0, 0.0);
        foreach (var (intent, ticket) in tickets)
        {
            var others = tickets.Where(other => other.Clean != ticket).ToList();
            var chosen = ExampleChoice.Choose(
                ticket,
                [.. others.Select(other => new CorrectedTicket(Guid.Empty, other.Clean, other.Intent))],
                taxonomy,
                Tokens);
            shown += chosen.Count;
            likest += chosen.Count > 0 && chosen[^1].Intent == intent ? 1 : 0;
            among += chosen.Any(one => one.Intent == intent) ? 1 : 0;
            byLot += 1 - Math.Pow(1 - ((double)others.Count(other => other.Intent == intent) / others.Count), chosen.Count);
        }

        await TestContext.Out.WriteLineAsync(
            $"{tickets.Count} tickets, {(double)shown / tickets.Count:F1} shown each; the likest is of the intent for {(double)likest / tickets.Count:P1},"
            + $" one of those shown for {(double)among / tickets.Count:P1}; by lot {byLot / tickets.Count:P1}");
        Assert.That(among, Is.GreaterThan(1.5 * byLot));
    }
}
