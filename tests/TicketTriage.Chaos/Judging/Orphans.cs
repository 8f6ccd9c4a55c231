using TicketTriage.Chaos.Helpdesks;

namespace TicketTriage.Chaos.Judging;

/// <summary>Tickets that a worker had in hand when it was struck.</summary>
internal sealed record Orphans(DateTimeOffset Since, IReadOnlyList<long> Tickets)
{
    public static async Task<Orphans> ListAsync(Ledger ledger, CancellationToken cancellationToken) =>
        new(TimeProvider.System.GetUtcNow(), await ledger.ListHeldAsync(cancellationToken));

    /// <summary>How long nothing was written for anybody after the strike; none where nothing was left to be written.</summary>
    public TimeSpan Standstill(IReadOnlyList<JournalChange> journal) =>
        journal.Where(change => change.IsEffect && change.At > Since).Select(change => change.At).DefaultIfEmpty(Since).Min() - Since;

    /// <summary>How long each has waited for its effect, where it has one by now.</summary>
    public IEnumerable<TimeSpan> Waits(IReadOnlyList<JournalChange> journal)
    {
        var effects = journal.Where(change => change.IsEffect && change.At > Since).ToLookup(change => change.Ticket);
        return Tickets.Where(effects.Contains).Select(ticket => effects[ticket].Min(effect => effect.At) - Since);
    }
}
