using System.Net;
using Microsoft.Extensions.Logging;

namespace TicketTriage.Helpdesks.Zendesk;

/// <summary>
/// Finds out what an account can do by trying it: plans, roles and custom permissions are too many to conclude from. Each try only
/// reads, and one that fails costs its own ability alone.
/// </summary>
internal sealed partial class ZendeskAbilities
{
    private static readonly TimeSpan GoodFor = TimeSpan.FromHours(1);

    /// <summary>For an answer with holes, because something was away or there was no ticket to try things on.</summary>
    private static readonly TimeSpan GoodForIncomplete = TimeSpan.FromMinutes(5);

    private readonly string helpdesk;
    private readonly ZendeskApi api;
    private readonly ZendeskFields fields;
    private readonly TimeProvider clock;
    private readonly ILogger logger;
    private readonly Remembered<Probe> remembered;
    private IReadOnlyList<string> told = [];

    public ZendeskAbilities(string helpdesk, ZendeskApi api, ZendeskFields fields, TimeProvider clock, ILogger logger)
    {
        this.helpdesk = helpdesk;
        this.api = api;
        this.fields = fields;
        this.clock = clock;
        this.logger = logger;
        remembered = new Remembered<Probe>(ProbeAsync, probe => probe.IsWhole ? GoodFor : GoodForIncomplete, clock);
    }

    public async Task<HelpdeskAbilities> FindAsync(CancellationToken cancellationToken) =>
        (await remembered.GetAsync(cancellationToken)).Abilities;

    private async Task<Probe> ProbeAsync()
    {
        var probe = new Probe();
        var set = await TryAsync(probe, "No field is read or filled", () => fields.FindAsync(CancellationToken.None));
        probe.Missing.AddRange(set?.Faults ?? []);
        var serviceLevels = await FindServiceLevelsAsync(probe);
        var skills = await TryAsync(
            probe, "Agents' skills don't count in routing", () => api.ListRoutingAttributesAsync(CancellationToken.None));
        if (skills is { Attributes: not { Count: > 0 } })
        {
            probe.Missing.Add("Agents' skills don't count in routing: the account has none.");
        }

        var availability = await TryAsync(
            probe, "Load is counted from open tickets", () => api.ListAgentAvailabilitiesAsync(after: null, CancellationToken.None));

        probe.Abilities = new HelpdeskAbilities
        {
            RefusesStaleChanges = true,
            LinksProblems = true,
            Fields = set?.Fields ?? [],
            ServiceLevels = serviceLevels,
            HasSkills = skills?.Attributes is { Count: > 0 },
            TakesSkills = skills?.Attributes is { Count: > 0 },
            HasAvailability = availability?.Data is not null,
            Missing = probe.Missing,
        };
        Tell(probe.Missing);
        return probe;
    }

    /// <summary>Three ways to a ticket's clocks, the cheapest first. A fourth, the event of a changed breach, comes by webhook.</summary>
    private async Task<ServiceLevelSource> FindServiceLevelsAsync(Probe probe)
    {
        const string Consequence = "Zendesk's service level clocks are not read";
        var latest = await TryAsync(probe, Consequence, () => api.ListLatestTicketAsync(CancellationToken.None));
        if (latest is null)
        {
            return ServiceLevelSource.None;
        }

        if (latest.Tickets is not [{ Id: { } id } ticket, ..])
        {
            probe.IsWhole = false;
            probe.Missing.Add($"{Consequence}: there is no ticket yet to find them on.");
            return ServiceLevelSource.None;
        }

        if (ticket.Slas?.PolicyMetrics is not null)
        {
            return ServiceLevelSource.WithTicket;
        }

        var listed = await TryAsync(probe, consequence: null, () => api.ListPolicyMetricsAsync(id, CancellationToken.None));
        if (listed?.PolicyMetrics is not null)
        {
            return ServiceLevelSource.OfTicket;
        }

        var aMomentAgo = clock.GetUtcNow().AddMinutes(-2).ToUnixTimeSeconds();
        var events = await TryAsync(probe, Consequence, () => api.ListMetricEventsAsync(aMomentAgo, CancellationToken.None));
        return events?.TicketMetricEvents is not null ? ServiceLevelSource.Events : ServiceLevelSource.None;
    }

    /// <param name="consequence">What is missing without it; <see langword="null"/> where another way is tried next.</param>
    private static async Task<T?> TryAsync<T>(Probe probe, string? consequence, Func<Task<T>> askAsync)
        where T : class
    {
        try
        {
            return await askAsync();
        }
        catch (HelpdeskRefusedException refused) when (refused.Status != HttpStatusCode.Unauthorized)
        {
            probe.Add(consequence, refused.Message);
            return null;
        }
        catch (HelpdeskAwayException away)
        {
            probe.IsWhole = false;
            probe.Add(consequence, away.Message);
            return null;
        }
    }

    private void Tell(IReadOnlyList<string> missing)
    {
        foreach (var sentence in missing.Except(told, StringComparer.Ordinal))
        {
            Missing(helpdesk, sentence);
        }

        told = missing;
    }

    [LoggerMessage(LogLevel.Warning, "Helpdesk {Helpdesk}: {Sentence}")]
    private partial void Missing(string helpdesk, string sentence);

    private sealed class Probe
    {
        public HelpdeskAbilities Abilities { get; set; } = new();

        public List<string> Missing { get; } = [];

        public bool IsWhole { get; set; } = true;

        public void Add(string? consequence, string why)
        {
            if (consequence is not null)
            {
                Missing.Add($"{consequence}: {why}");
            }
        }
    }
}
