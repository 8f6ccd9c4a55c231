using Microsoft.Extensions.Logging.Abstractions;
using Microsoft.Extensions.Options;
using TicketTriage.Escalations;
using TicketTriage.Helpdesks;
using TicketTriage.Policies;
using TicketTriage.ServiceLevels;
using TicketTriage.Testing;

namespace TicketTriage.Tests.Escalations;

/// <summary>The watch over a database, with no helpdesk behind it.</summary>
internal static class TheWatch
{
    /// <summary>With the policies that the options name; else the shipped ones.</summary>
    public static async Task<EscalationWatch> StartAsync(
        TriageDatabase database, TimeProvider clock, EscalationOptions options, CancellationToken cancellationToken)
    {
        var policies = Policies(database, options);
        await policies.KeepAsync(cancellationToken);
        return Of(database, clock, policies, options);
    }

    public static EscalationPolicies Policies(TriageDatabase database, EscalationOptions options) =>
        new(
            new PolicyBook(database.Pool),
            new ServiceLevelsInForce(
                new PolicyBook(database.Pool),
                Options.Create(new ServiceLevelOptions { File = options.ServiceLevelsFile }),
                NullLogger<ServiceLevelsInForce>.Instance),
            Options.Create(options),
            NullLogger<EscalationPolicies>.Instance);

    public static EscalationWatch Of(
        TriageDatabase database, TimeProvider clock, EscalationPolicies policies, EscalationOptions options) => new(
        new WatchLedger(database.Pool),
        new EscalationLedger(database.Pool),
        policies,
        new Contacts(Options.Create(options), new HelpdeskDirectory([]), NullLogger<Contacts>.Instance),
        new BreachRisks(database.Pool),
        new HelpdeskDirectory([]),
        clock,
        NullLogger<EscalationWatch>.Instance);
}
