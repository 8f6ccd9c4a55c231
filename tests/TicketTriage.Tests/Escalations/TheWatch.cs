using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Logging.Abstractions;
using Microsoft.Extensions.Options;
using TicketTriage.Agents;
using TicketTriage.Escalations;
using TicketTriage.Helpdesks;
using TicketTriage.Policies;
using TicketTriage.ServiceLevels;
using TicketTriage.Storage;
using TicketTriage.Testing;
using TicketTriage.WriteBack;

namespace TicketTriage.Tests.Escalations;

/// <summary>The watch over a database, with no helpdesk behind it unless one is given.</summary>
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
        TriageDatabase database,
        TimeProvider clock,
        EscalationPolicies policies,
        EscalationOptions options,
        ILogger<EscalationWatch>? logger = null,
        HelpdeskDirectory? helpdesks = null)
    {
        helpdesks ??= new HelpdeskDirectory([]);
        return new EscalationWatch(
            new WatchLedger(database.Pool),
            new EscalationLedger(database.Pool),
            policies,
            new Contacts(Options.Create(options), helpdesks, NullLogger<Contacts>.Instance),
            new BreachRisks(
                database.Pool,
                new GroupsAtWork(new AgentBook(database.Pool), helpdesks, new GroupList(clock)),
                clock,
                NullLogger<BreachRisks>.Instance),
            new ToldClocks(new WatchLedger(database.Pool), helpdesks, clock, NullLogger<ToldClocks>.Instance),
            helpdesks,
            clock,
            logger ?? NullLogger<EscalationWatch>.Instance);
    }

    /// <summary>Delivers what waits by chat and by the signed call, over real HTTP.</summary>
    public static NoticeCourier CourierOf(
        TriageDatabase database, HttpClient http, TimeProvider clock, EscalationPolicies policies, EscalationOptions options)
    {
        var (helpdesks, writeBack) = (new HelpdeskDirectory([]), Options.Create(new WriteBackOptions()));
        var (wrapped, ledger) = (Options.Create(options), new NoticeLedger(database.Pool));
        var contacts = new Contacts(wrapped, helpdesks, NullLogger<Contacts>.Instance);
        var watch = new TicketWatch(new WatchLedger(database.Pool), policies, wrapped, clock);
        var mark = new HelpdeskMark(
            helpdesks,
            ledger,
            policies,
            new EscalationNote(database.Pool, new TaxonomyInForce(ShippedPolicies.LoadTaxonomy())),
            new GroupList(clock),
            watch,
            writeBack,
            clock,
            NullLogger<HelpdeskMark>.Instance);
        return new NoticeCourier(
            ledger,
            mark,
            policies,
            new AcknowledgeLinks(new SigningKeys(database.Pool, new SecretBox(Options.Create(new SecretsOptions()))), wrapped),
            contacts,
            helpdesks,
            [new ChatSender(http, contacts), new SignedWebhookSender(http, wrapped, clock)],
            writeBack,
            clock,
            NullLogger<NoticeCourier>.Instance);
    }
}
