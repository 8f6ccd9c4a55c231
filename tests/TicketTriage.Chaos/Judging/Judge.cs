using System.Text.Json;
using TicketTriage.Chaos.Helpdesks;

namespace TicketTriage.Chaos.Judging;

/// <summary>
/// Holds the helpdesk's journal against what customers have written, what the product has accepted and what it says of itself. A customer
/// who writes brings a ticket into a new state. A state has at most one effect, and the newest has exactly one.
/// </summary>
internal static class Judge
{
    public static Verdict Decide(Evidence everything)
    {
        // An escalation's change says nothing of the state that a customer has left, and is no second triage; but it too may come only once.
        var evidence = everything with { Journal = [.. everything.Journal.Where(change => !everything.IsOfEscalation(change))] };
        var findings = new List<Finding>();
        foreach (var ticket in evidence.Journal.GroupBy(change => change.Ticket))
        {
            findings.AddRange(FindInTicket(ticket.Key, ticket.OrderBy(change => change.Position), evidence));
        }

        findings.AddRange(FindRepeatedTriages(everything));
        findings.AddRange(FindInLedger(evidence));
        findings.AddRange(FindStaleDecisions(evidence));
        findings.AddRange(FindInSums(evidence));
        return new Verdict(evidence.Journal.Count(change => change.IsEffect), findings);
    }

    private static IEnumerable<Finding> FindInTicket(long ticket, IEnumerable<JournalChange> changes, Evidence evidence)
    {
        var effects = 0;
        foreach (var change in changes)
        {
            if (change.IsCustomers)
            {
                effects = 0;
            }
            else if (change.IsEffect && ++effects > 1)
            {
                yield return new Finding(Fault.Double, $"ticket {ticket}: change {change.Position} is a second one for the same state");
            }
        }

        var shouldBeParked = evidence.ExpectedParked.Contains(ticket);
        if (effects == 0 && !shouldBeParked)
        {
            yield return new Finding(Fault.Lost, $"ticket {ticket}: nothing was written for what its customer said last");
        }

        if (shouldBeParked != evidence.Parked.Contains(ticket))
        {
            yield return new Finding(Fault.Wrong, $"ticket {ticket} is{(shouldBeParked ? " not" : "")} parked");
        }
    }

    /// <summary>An id, of a triage or of an escalation's message, is in exactly one change, and no change is without one.</summary>
    private static IEnumerable<Finding> FindRepeatedTriages(Evidence evidence)
    {
        foreach (var triage in evidence.Journal.Where(change => change.IsEffect).GroupBy(TriageOf))
        {
            if (triage.Key is null)
            {
                yield return new Finding(Fault.Wrong, $"{triage.Count()} changes carry no triage's id");
            }
            else if (triage.Count() > 1)
            {
                yield return new Finding(Fault.Double, $"change {triage.Key} was applied {triage.Count()} times");
            }
        }
    }

    /// <summary>The product knows of every change that the helpdesk has, believes in no other, and waits for none.</summary>
    private static IEnumerable<Finding> FindInLedger(Evidence evidence)
    {
        var real = evidence.Journal.Where(change => change.IsEffect).Select(TriageOf).OfType<Guid>().ToHashSet();
        foreach (var entry in evidence.Entries)
        {
            var isReal = real.Remove(entry.Triage);
            if (entry.State == "applied" != isReal)
            {
                yield return new Finding(
                    Fault.Wrong,
                    $"ticket {entry.Ticket}: triage {entry.Triage} is {entry.State}, and the helpdesk has it{(isReal ? "" : " not")}");
            }
            else if (entry.State == "sent")
            {
                yield return new Finding(Fault.Wrong, $"ticket {entry.Ticket}: triage {entry.Triage} was never settled");
            }
        }

        foreach (var unknown in real)
        {
            yield return new Finding(Fault.Wrong, $"triage {unknown} is in the helpdesk and not in the ledger");
        }
    }

    /// <summary>The last effect of a ticket was decided on what its customer said last.</summary>
    private static IEnumerable<Finding> FindStaleDecisions(Evidence evidence)
    {
        var entries = evidence.Entries.ToDictionary(entry => entry.Triage);
        var last = evidence.Journal.Where(change => change.IsEffect).GroupBy(change => change.Ticket)
            .ToDictionary(changes => changes.Key, changes => TriageOf(changes.MaxBy(change => change.Position)));
        foreach (var ticket in evidence.Tickets)
        {
            if (ticket.Number is { } number && !evidence.ExpectedParked.Contains(number) && last.GetValueOrDefault(number) is { } triage
                && entries.TryGetValue(triage, out var entry) && !entry.Marks.Contains(ticket.Mark))
            {
                yield return new Finding(Fault.Wrong, $"ticket {number}: its last change was decided before its last message");
            }
        }
    }

    /// <summary>What was answered with 202 is there, once, and every ticket that was heard of has a state.</summary>
    private static IEnumerable<Finding> FindInSums(Evidence evidence)
    {
        var totals = evidence.Totals;
        if (totals.Deliveries != evidence.Accepted)
        {
            yield return new Finding(
                totals.Deliveries < evidence.Accepted ? Fault.Lost : Fault.Wrong,
                $"{evidence.Accepted} deliveries were answered with 202, {totals.Deliveries} are stored");
        }

        var opened = evidence.Tickets.Count(ticket => ticket.Number is not null);
        if (totals.Tickets != opened || totals.Open > 0)
        {
            yield return new Finding(
                Fault.Wrong,
                $"of {opened} tickets {totals.Written} are written, {totals.Skipped} skipped, {totals.Parked} parked, {totals.Open} open");
        }
    }

    internal static Guid? TriageOf(JournalChange? change)
    {
        if (change?.Metadata is not { } metadata)
        {
            return null;
        }

        using var json = JsonDocument.Parse(metadata);
        return json.RootElement.TryGetProperty("ticket_triage", out var ours)
            && ours.TryGetProperty("triage", out var id) && id.TryGetGuid(out var triage)
                ? triage
                : null;
    }
}

/// <summary>Everything that is known about a run.</summary>
/// <param name="Accepted">Events that the product has answered with 202, each once.</param>
/// <param name="Messages">Ids under which escalations were written into the helpdesk.</param>
/// <param name="ExpectedParked">Tickets that nothing but parking is right for.</param>
internal sealed record Evidence(
    IReadOnlyList<JournalChange> Journal,
    IReadOnlyList<CustomerTicket> Tickets,
    int Accepted,
    IReadOnlyList<LedgerEntry> Entries,
    LedgerTotals Totals,
    IReadOnlySet<Guid> Messages,
    IReadOnlyCollection<long> Parked,
    IReadOnlyCollection<long> ExpectedParked)
{
    public bool IsOfEscalation(JournalChange change) => change.IsEffect && Judge.TriageOf(change) is { } id && Messages.Contains(id);
}
