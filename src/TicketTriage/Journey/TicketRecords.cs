using Microsoft.EntityFrameworkCore;
using TicketTriage.Agents;
using TicketTriage.Intake;
using TicketTriage.Storage;
using TicketTriage.Tickets;
using TicketTriage.Triages;
using TicketTriage.WriteBack;

namespace TicketTriage.Journey;

/// <summary>Looks up what is kept of a ticket.</summary>
public sealed class TicketRecords(IDbContextFactory<TriageDbContext> contexts, ChoiceLedger choices)
{
    private const int MostDeliveries = 100;
    private const int MostChoices = 20;

    /// <returns><see langword="null"/> for a ticket that was never heard of.</returns>
    public async Task<TicketRecord?> FindAsync(TicketId id, CancellationToken cancellationToken)
    {
        await using var db = await contexts.CreateDbContextAsync(cancellationToken);
        var ticket = await db.Set<StoredTicket>().AsNoTracking()
            .SingleOrDefaultAsync(t => t.Helpdesk == id.Helpdesk && t.Number == id.Number, cancellationToken);
        if (ticket is null)
        {
            return null;
        }

        var deliveries = await db.Set<StoredDelivery>().AsNoTracking()
            .Where(d => d.Helpdesk == id.Helpdesk && d.Number == id.Number)
            .OrderByDescending(d => d.ReceivedAt).Take(MostDeliveries)
            .ToListAsync(cancellationToken);
        var writeBacks = await db.Set<StoredWriteBack>().AsNoTracking()
            .Where(w => w.Helpdesk == id.Helpdesk && w.Number == id.Number)
            .OrderByDescending(w => w.SentAt)
            .ToListAsync(cancellationToken);
        var triage = await db.Set<StoredTriage>().AsNoTracking()
            .Where(t => t.Helpdesk == id.Helpdesk && t.Number == id.Number)
            .OrderByDescending(t => t.DecidedAt)
            .FirstOrDefaultAsync(cancellationToken);
        return new TicketRecord(ticket, deliveries, triage, writeBacks)
        {
            Choices = await choices.ListAsync(id.Helpdesk, id.Number, MostChoices, cancellationToken),
        };
    }

    /// <summary>The decisions on a ticket, the latest first.</summary>
    public async Task<IReadOnlyList<StoredTriage>> ListTriagesAsync(TicketId id, int most, CancellationToken cancellationToken)
    {
        await using var db = await contexts.CreateDbContextAsync(cancellationToken);
        return await db.Set<StoredTriage>().AsNoTracking()
            .Where(t => t.Helpdesk == id.Helpdesk && t.Number == id.Number)
            .OrderByDescending(t => t.DecidedAt).Take(most)
            .ToListAsync(cancellationToken);
    }
}
