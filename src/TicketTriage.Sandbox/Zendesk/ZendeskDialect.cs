using System.Globalization;
using Microsoft.AspNetCore.Http;
using TicketTriage.Sandbox.Desk;
using TicketTriage.Sandbox.Doors;
using TicketTriage.Sandbox.Journal;
using TicketTriage.Sandbox.Webhooks;

namespace TicketTriage.Sandbox.Zendesk;

/// <summary>Zendesk's way: limits, then credentials, scope and role, then the call.</summary>
internal sealed class ZendeskDialect : IDialect
{
    private const string HelpCenter = "/api/v2/help_center/";

    private readonly ZendeskAccess access;
    private readonly ZendeskLimits limits;
    private readonly SandboxOptions options;

    public ZendeskDialect(
        SandboxOptions options, ZendeskAccess access, TicketDesk desk, DeskKnowledge library, SandboxJournal journal,
        Action<SandboxWebhook> connect, string address)
    {
        this.options = options;
        this.access = access;
        limits = new(options.Limits, options.TimeProvider);
        var since = options.TimeProvider.GetUtcNow();
        var wire = new WireFactory(address, since, desk);
        var slas = new SlaCalls(desk, options, address);
        var tickets = new TicketCalls(desk, wire, slas, journal, options);
        var people = new PeopleCalls(desk.People, wire, since);
        var fields = new FieldCalls(desk, address, since);
        var skills = new SkillCalls(desk, options, address);
        var search = new SearchCalls(desk, journal);
        var knowledge = new KnowledgeCalls(library, desk.People, address, since);
        var webhooks = new WebhookCalls(options, desk.People, journal, connect, address);
        Calls =
        [
            new("POST", "/oauth/tokens", request => access.GrantToken(request.Body)),
            new("GET", "/api/v2/users/me", request => people.ShowMe(access.Check(request.Authorization))),

            new("GET", "/api/v2/tickets", tickets.List),
            new("GET", "/api/v2/tickets/show_many", tickets.ShowMany),
            new("GET", "/api/v2/tickets/{id}", tickets.Show),
            new("PUT", "/api/v2/tickets/{id}", tickets.Update) { Budget = Budget.Updates },
            new("GET", "/api/v2/tickets/{id}/comments", tickets.ListComments),
            new("GET", "/api/v2/tickets/{id}/audits", tickets.ListAudits),
            new("GET", "/api/v2/tickets/{id}/incidents", tickets.ListIncidents),
            new("GET", "/api/v2/tickets/{id}/slas/policy_metrics", slas.ShowPolicyMetrics),
            new("GET", "/api/v2/search/count", search.Count),
            new("GET", "/api/v2/incremental/tickets/cursor", tickets.Export) { IsForAdmins = true, Budget = Budget.Exports },
            new("GET", "/api/v2/incremental/ticket_metric_events", slas.ListMetricEvents) { IsForAdmins = true, Budget = Budget.Exports },
            new("GET", "/api/v2/slas/policies", slas.ListPolicies) { IsForAdmins = true },

            new("GET", "/api/v2/ticket_fields", fields.List),
            new("POST", "/api/v2/ticket_fields", fields.Create) { IsForAdmins = true },
            new("GET", "/api/v2/ticket_fields/{id}", fields.Show),
            new("PUT", "/api/v2/ticket_fields/{id}", fields.Change) { IsForAdmins = true },

            new("GET", "/api/v2/groups", people.ListGroups),
            new("GET", "/api/v2/groups/assignable", people.ListGroups),
            new("GET", "/api/v2/groups/{id}/memberships", people.ListMembershipsOfGroup),
            new("GET", "/api/v2/group_memberships", people.ListMemberships),
            new("GET", "/api/v2/group_memberships/assignable", people.ListMemberships),
            new("GET", "/api/v2/users", people.List),
            new("GET", "/api/v2/users/show_many", people.ShowMany),
            new("GET", "/api/v2/users/search", people.Search),
            new("GET", "/api/v2/users/{id}", people.Show),

            new("GET", "/api/v2/routing/attributes", skills.ListAttributes),
            new("GET", "/api/v2/routing/attributes/{uuid}/values", skills.ListValues),
            new("GET", "/api/v2/routing/agents/instance_values", skills.ListSkillsOfAgents),
            new("GET", "/api/v2/routing/agents/{id}/instance_values", skills.ListSkillsOfAgent),
            new("GET", "/api/v2/routing/tickets/{id}/instance_values", skills.ListSkillsOfTicket),
            new("POST", "/api/v2/routing/tickets/{id}/instance_values", skills.SetSkillsOfTicket) { IsForAdmins = true },
            new("GET", "/api/v2/agent_availabilities", skills.ListAvailabilities),

            new("GET", HelpCenter + "articles", knowledge.ListArticles),
            new("GET", HelpCenter + "articles/search", knowledge.SearchArticles),
            new("GET", HelpCenter + "articles/{id}", knowledge.ShowArticle),
            new("GET", HelpCenter + "incremental/articles", knowledge.ExportArticles) { Budget = Budget.Exports },
            new("GET", HelpCenter + "{locale}/articles", knowledge.ListArticlesOfLocale),
            new("GET", "/api/v2/macros/active", knowledge.ListMacros),

            new("GET", "/api/v2/webhooks", webhooks.List) { IsForAdmins = true },
            new("POST", "/api/v2/webhooks", webhooks.Create) { IsForAdmins = true },
            new("GET", "/api/v2/webhooks/{ulid}", webhooks.Show) { IsForAdmins = true },
            new("PATCH", "/api/v2/webhooks/{ulid}", webhooks.Change) { IsForAdmins = true },
            new("GET", "/api/v2/webhooks/{ulid}/signing_secret", webhooks.ShowSecret) { IsForAdmins = true },
            new("GET", "/api/v2/triggers", webhooks.ListTriggers) { IsForAdmins = true },
            new("POST", "/api/v2/triggers", webhooks.CreateTrigger) { IsForAdmins = true },
        ];
    }

    public IReadOnlyList<ApiCall> Calls { get; }

    public bool Owns(PathString path) =>
        path.StartsWithSegments("/api", StringComparison.Ordinal) || path.StartsWithSegments("/oauth", StringComparison.Ordinal);

    public string Normalise(string path) => path.EndsWith(".json", StringComparison.Ordinal) ? path[..^5] : path;

    public Answer AnswerTo(ApiRequest request)
    {
        var state = limits.Spend(request);
        return limits.Write(
            state.IsExceeded
                ? ZendeskRefusal.Because(StatusCodes.Status429TooManyRequests, "APIRateLimitExceeded", "Too many calls in this window.")
                    .With("Retry-After", state.ResetIn.ToString(CultureInfo.InvariantCulture))
                : Enter(request),
            state);
    }

    public Answer Refuse(int status) => ZendeskRefusal.Because(status, ErrorFor(status), "A planned fault.");

    private Answer Enter(ApiRequest request)
    {
        // The vendor asks nobody who wants a token for one, and tells even strangers who they are.
        var isOpen = request.Route.Call?.Pattern is "/oauth/tokens" or "/api/v2/users/me";
        var pass = access.Check(request.Authorization);
        return request.Route.Call switch
        {
            { } call when isOpen => call.Handle(request),
            _ when pass == Pass.None => RefuseEntry(request.Authorization),
            { Method: not "GET" } when pass != Pass.ReadAndWrite =>
                ZendeskRefusal.Because(StatusCodes.Status403Forbidden, "Forbidden", "The token lacks the scope write."),
            { IsForAdmins: true } when options.ServiceRole != "admin" =>
                ZendeskRefusal.Because(StatusCodes.Status403Forbidden, "Forbidden", "You do not have access to this page."),
            _ when LacksSuffix(request) => ZendeskRefusal.Because(StatusCodes.Status415UnsupportedMediaType, "UnsupportedMediaType"),
            { } call => call.Handle(request),
            null => ZendeskRefusal.Because(StatusCodes.Status404NotFound, "InvalidEndpoint", "Not found"),
        };
    }

    private bool LacksSuffix(ApiRequest request) => options.HelpCenterNeedsSuffix
        && request.CalledPath.StartsWith(HelpCenter, StringComparison.Ordinal)
        && !request.CalledPath.EndsWith(".json", StringComparison.Ordinal);

    private static Answer RefuseEntry(string authorization) =>
        authorization.StartsWith("Bearer ", StringComparison.OrdinalIgnoreCase)
            ? ZendeskRefusal.OAuth(StatusCodes.Status401Unauthorized, "invalid_token", "The access token is unknown, withdrawn or expired.")
                .With("WWW-Authenticate", "Bearer error=\"invalid_token\"")
            : ZendeskRefusal.Because(StatusCodes.Status401Unauthorized, "Couldn't authenticate you")
                .With("WWW-Authenticate", "Basic realm=\"Sandbox\"");

    private static string ErrorFor(int status) => status switch
    {
        StatusCodes.Status401Unauthorized => "Couldn't authenticate you",
        StatusCodes.Status403Forbidden => "Forbidden",
        StatusCodes.Status404NotFound => "RecordNotFound",
        StatusCodes.Status409Conflict => "DatabaseConflict",
        StatusCodes.Status413PayloadTooLarge => "PayloadTooLarge",
        StatusCodes.Status422UnprocessableEntity => "RecordInvalid",
        StatusCodes.Status429TooManyRequests => "APIRateLimitExceeded",
        _ => "InternalError",
    };
}
