using System.Text;
using Microsoft.AspNetCore.Http;
using TicketTriage.Sandbox.Desk;
using TicketTriage.Sandbox.Doors;
using TicketTriage.Sandbox.Journal;
using TicketTriage.Sandbox.Webhooks;

namespace TicketTriage.Sandbox.Freshdesk;

/// <summary>Freshdesk's way: limits, then the API key, the form of the request and the agent's rights, then the call.</summary>
internal sealed class FreshdeskDialect : IDialect
{
    private readonly FreshdeskLimits limits;
    private readonly string apiKey;
    private readonly bool isAdmin;

    public FreshdeskDialect(
        SandboxOptions options, TicketDesk desk, DeskKnowledge library, SandboxJournal journal, Action<SandboxWebhook> connect,
        string address)
    {
        var clock = options.TimeProvider;
        var since = clock.GetUtcNow();
        var writer = new TicketWriter(desk, clock, address);
        var tickets = new FreshdeskTickets(desk, writer, journal, clock);
        var search = new FreshdeskSearch(desk, writer);
        var people = new FreshdeskPeople(desk, options, address);
        var fields = new FreshdeskFields(desk, since);
        var settings = new FreshdeskSettings(new FreshdeskRules(connect, clock), since);
        var knowledge = new FreshdeskKnowledge(library, desk.People, address, since);
        limits = new(options.Limits, options.TimeProvider);
        apiKey = options.ApiToken;
        isAdmin = options.ServiceRole == "admin";
        Calls =
        [
            new("GET", "/api/v2/tickets", tickets.List) { Budget = Budget.Lists },
            new("GET", "/api/v2/tickets/{id}", tickets.Show),
            new("PUT", "/api/v2/tickets/{id}", tickets.Update) { Budget = Budget.Updates },
            new("GET", "/api/v2/tickets/{id}/conversations", tickets.ListConversations),
            new("POST", "/api/v2/tickets/{id}/notes", tickets.AddNote),
            new("GET", "/api/v2/tickets/{id}/summary", tickets.ShowSummary),
            new("PUT", "/api/v2/tickets/{id}/summary", tickets.WriteSummary),
            new("DELETE", "/api/v2/tickets/{id}/summary", tickets.RemoveSummary),

            new("GET", "/api/v2/tickets/archived/{id}", tickets.ShowArchived),
            new("GET", "/api/v2/tickets/archived/{id}/conversations", tickets.ListArchivedConversations),
            new("GET", "/api/v2/search/tickets", search.Find),

            new("GET", "/api/v2/agents", people.ListAgents) { IsForAdmins = true },
            new("GET", "/api/v2/agents/me", people.ShowMe),
            new("GET", "/api/v2/agents/{id}", people.ShowAgent) { IsForAdmins = true },
            new("GET", "/api/v2/agents/{id}/availability", people.ShowAvailability) { IsForAdmins = true },
            new("GET", "/api/v2/groups", people.ListGroups) { IsForAdmins = true },
            new("GET", "/api/v2/groups/{id}", people.ShowGroup) { IsForAdmins = true },
            new("GET", "/api/v2/admin/skills", people.ListSkills) { IsForAdmins = true },
            new("GET", "/api/v2/contacts", people.ListContacts) { Budget = Budget.Lists },
            new("GET", "/api/v2/contacts/{id}", people.ShowContact),

            new("GET", "/api/v2/ticket_fields", fields.List),
            new("GET", "/api/v2/admin/ticket_fields", fields.ListForAdmins) { IsForAdmins = true },
            new("GET", "/api/v2/admin/ticket_fields/{id}", fields.ShowForAdmins) { IsForAdmins = true },
            new("PUT", "/api/v2/admin/ticket_fields/{id}", fields.Change) { IsForAdmins = true },
            new("POST", "/api/v2/admin/ticket_fields", fields.Add) { IsForAdmins = true },
            new("GET", "/api/v2/sla_policies", settings.ListSlaPolicies) { IsForAdmins = true },
            new("GET", "/api/v2/automations/{id}/rules", settings.ListRules) { IsForAdmins = true },
            new("POST", "/api/v2/automations/{id}/rules", settings.AddRule) { IsForAdmins = true },
            new("PUT", "/api/v2/automations/{id}/rules/{id}", settings.ChangeRule) { IsForAdmins = true },
            new("GET", "/api/v2/surveys/satisfaction_ratings", tickets.ListRatings),

            new("GET", "/api/v2/solutions/categories", knowledge.ListCategories),
            new("GET", "/api/v2/solutions/categories/{id}/folders", knowledge.ListFolders),
            new("GET", "/api/v2/solutions/folders/{id}/subfolders", knowledge.ListSubfolders),
            new("GET", "/api/v2/solutions/folders/{id}/articles", knowledge.ListArticles),
            new("GET", "/api/v2/solutions/articles/{id}", knowledge.ShowArticle),
            new("GET", "/api/v2/canned_response_folders", knowledge.ListResponseFolders),
            new("GET", "/api/v2/canned_response_folders/{id}", knowledge.ShowResponseFolder),
            new("GET", "/api/v2/canned_response_folders/{id}/responses", knowledge.ListResponses),
        ];
    }

    public IReadOnlyList<ApiCall> Calls { get; }

    public bool Owns(PathString path) => path.StartsWithSegments("/api", StringComparison.Ordinal);

    public string Normalise(string path) => path.Length > 1 ? path.TrimEnd('/') : path;

    public Answer AnswerTo(ApiRequest request)
    {
        var spent = limits.Spend(request);
        var answer = spent.State.IsExceeded ? FreshdeskRefusal.TooMany(spent.State.ResetIn) : Enter(request);
        return FreshdeskLimits.Write(answer, spent).With("X-Freshdesk-Api-Version", "latest=v2; requested=v2");
    }

    public Answer Refuse(int status) => FreshdeskRefusal.Planned(status);

    private Answer Enter(ApiRequest request)
    {
        if (!IsTheKey(request.Authorization))
        {
            return FreshdeskRefusal.Because(
                StatusCodes.Status401Unauthorized, "invalid_credentials", "You have to be logged in with an API key to do this.");
        }

        if (request.Route.Call is not { } call)
        {
            return request.Route.OtherMethods.Count > 0
                ? FreshdeskRefusal.WrongMethod(request.Route.OtherMethods)
                : FreshdeskRefusal.NotFound();
        }

        if (!request.Body.IsEmpty && request.ContentType?.StartsWith("application/json", StringComparison.OrdinalIgnoreCase) != true)
        {
            return FreshdeskRefusal.Because(
                StatusCodes.Status415UnsupportedMediaType, "invalid_content_type", "Only application/json is understood.");
        }

        return call.IsForAdmins && !isAdmin
            ? FreshdeskRefusal.Because(StatusCodes.Status403Forbidden, "access_denied", "Your agent may not do this.")
            : call.Handle(request);
    }

    /// <summary>The key is the user name; what stands as the password is not looked at.</summary>
    private bool IsTheKey(string authorization)
    {
        if (!authorization.StartsWith("Basic ", StringComparison.OrdinalIgnoreCase))
        {
            return false;
        }

        var bytes = new byte[authorization.Length];
        return Convert.TryFromBase64String(authorization[6..].Trim(), bytes, out var length)
            && Encoding.UTF8.GetString(bytes, 0, length).Split(':')[0] == apiKey;
    }
}
