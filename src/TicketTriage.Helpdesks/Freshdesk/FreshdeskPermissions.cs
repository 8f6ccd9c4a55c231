using System.Net;

namespace TicketTriage.Helpdesks.Freshdesk;

/// <summary>Tries each permission that this service can use, by reading only.</summary>
internal sealed class FreshdeskPermissions(FreshdeskApi api)
{
    public async Task<IReadOnlyList<PermissionFinding>> CheckAsync(CancellationToken cancellationToken)
    {
        var self = await api.ViewSelfAsync(cancellationToken);
        return
        [
            new PermissionFinding("scope over all tickets", self.TicketScope is 1, "Without it other tickets aren't triaged."),
            await TryAsync(
                "list of tickets", "tickets whose webhook never came are not found, and history can't be imported",
                () => api.ListTicketsAsync(DateTimeOffset.UnixEpoch.AddYears(100), page: 1, cancellationToken)),
            await TryAsync(
                "ticket fields", "intent, sentiment, language, product and summary stand in tags and the note alone",
                () => api.ListTicketFieldsAsync(cancellationToken)),
            await TryAsync(
                "groups", "they are read from the form of the ticket, which may not offer all",
                () => api.ListGroupsAsync(page: 1, cancellationToken)),
            await TryAsync(
                "agents", "their groups, languages and skills are unknown, so that tickets go to groups alone",
                () => api.ListAgentsAsync(page: 1, cancellationToken)),
            await TryAsync(
                "availability of agents", "load is counted from open tickets", () => api.ListAvailabilityAsync(page: 1, cancellationToken)),
            await TryAsync("skills", "agents' skills don't count in routing", () => api.ListSkillsAsync(page: 1, cancellationToken)),
            await TryAsync(
                "administration of ticket fields", "connect can't make the fields, so that they have to be made by hand",
                () => api.ListAdminTicketFieldsAsync(cancellationToken)),
            await TryAsync(
                "automation rules", "connect can neither make nor check the two rules, so that they have to be made by hand",
                () => api.ListRulesAsync(type: 1, cancellationToken)),
            await TryAsync("solutions", "drafts don't draw on the articles", () => api.ListCategoriesAsync(cancellationToken)),
            await TryAsync(
                "canned responses", "drafts don't draw on them", () => api.ListResponseFoldersAsync(cancellationToken)),
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
            return new PermissionFinding(name, IsGranted: false, $"Without it {consequence} (Freshdesk answers {(int)refused.Status}).");
        }
    }
}
