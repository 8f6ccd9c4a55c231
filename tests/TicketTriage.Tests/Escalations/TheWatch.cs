using Microsoft.Extensions.Logging.Abstractions;
using Microsoft.Extensions.Options;
using TicketTriage.Escalations;
using TicketTriage.Helpdesks;
using TicketTriage.Policies;
using TicketTriage.Testing;

namespace TicketTriage.Tests.Escalations;

/// <summary>The watch over a database, with no helpdesk behind it and the shipped policies.</summary>
internal static class TheWatch
{
    public static EscalationWatch Of(TriageDatabase database, TimeProvider clock, EscalationOptions? options = null)
    {
        var settings = Options.Create(options ?? new EscalationOptions());
        return new EscalationWatch(
            new WatchLedger(database.Pool),
            new EscalationLedger(database.Pool),
            new EscalationPolicies(new PolicyBook(database.Pool), settings, NullLogger<EscalationPolicies>.Instance),
            new Contacts(settings, new HelpdeskDirectory([]), NullLogger<Contacts>.Instance),
            new BreachRisks(database.Pool),
            new HelpdeskDirectory([]),
            clock,
            NullLogger<EscalationWatch>.Instance);
    }
}
