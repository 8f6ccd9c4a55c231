using System.Net;

namespace TicketTriage.Helpdesks.Zendesk;

/// <summary>Tries each permission that this service can use, by reading only.</summary>
internal sealed class ZendeskPermissions(ZendeskApi api, TimeProvider clock)
{
    public async Task<IReadOnlyList<PermissionFinding>> CheckAsync(CancellationToken cancellationToken)
    {
        var now = clock.GetUtcNow();
        return
        [
            await TryAsync("tickets", "no ticket can be triaged", () => api.ListLatestTicketAsync(cancellationToken)),
            await TryAsync(
                "the record of changes", "tickets whose webhook never came are not found, and history can't be imported",
                () => api.StartTicketExportAsync(now.AddMinutes(-2), withMetrics: false, cancellationToken)),
            await TryAsync(
                "ticket fields", "intent, sentiment, language, product and summary stand in tags and the note alone",
                () => api.ListTicketFieldsAsync(cancellationToken)),
            await TryAsync("groups", "no ticket gets a group", () => api.ListGroupsAsync(after: null, cancellationToken)),
            await TryAsync("agents", "no ticket can be given to an agent", () => api.ListAgentsAsync(after: null, cancellationToken)),
            await TryAsync(
                "skills", "agents' skills don't count in routing, and tickets are given none",
                () => api.ListRoutingAttributesAsync(cancellationToken)),
            await TryAsync(
                "availability of agents (omnichannel routing)", "load is counted from open tickets",
                () => api.ListAgentAvailabilitiesAsync(after: null, cancellationToken)),
            await TryAsync(
                "webhooks", "connect can neither make nor check the webhook, so it has to be made by hand",
                () => api.ListWebhooksAsync(after: null, cancellationToken)),
            await TryAsync(
                "triggers", "connect can't make the trigger that calls the webhook where the account has no ticket events",
                () => api.ListTriggersAsync(after: null, cancellationToken)),
            await TryAsync("macros", "drafts don't draw on the macros", () => api.ListActiveMacrosAsync(after: null, cancellationToken)),
            await TryAsync(
                "articles of the Help Center", "drafts don't draw on the articles",
                () => api.ListArticlesAsync(now.ToUnixTimeSeconds(), cancellationToken)),
        ];
    }

    private static async Task<PermissionFinding> TryAsync<T>(string name, string consequence, Func<Task<T>> askAsync)
    {
        try
        {
            await askAsync();
            return new PermissionFinding(name, IsGranted: true, $"Without it {consequence}.");
        }
        catch (HelpdeskRefusedException refused) when (refused.Status != HttpStatusCode.Unauthorized)
        {
            return new PermissionFinding(name, IsGranted: false, $"Without it {consequence} (Zendesk answers {(int)refused.Status}).");
        }
    }
}
