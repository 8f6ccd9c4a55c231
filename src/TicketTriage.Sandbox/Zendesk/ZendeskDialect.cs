using System.Globalization;
using Microsoft.AspNetCore.Http;
using TicketTriage.Sandbox.Desk;
using TicketTriage.Sandbox.Doors;
using TicketTriage.Sandbox.Journal;

namespace TicketTriage.Sandbox.Zendesk;

/// <summary>Zendesk's way: limits, then credentials, scope and role, then the call.</summary>
internal sealed class ZendeskDialect : IDialect
{
    private readonly ZendeskAccess access;
    private readonly ZendeskLimits limits;
    private readonly bool isAdmin;

    public ZendeskDialect(SandboxOptions options, ZendeskAccess access, TicketDesk desk, SandboxJournal journal, string address)
    {
        var wire = new WireFactory(address, options.TimeProvider.GetUtcNow());
        var tickets = new TicketCalls(desk, wire, journal, options);
        var people = new PeopleCalls(desk.People, wire);
        this.access = access;
        isAdmin = options.ServiceRole == "admin";
        limits = new(options.Limits, options.TimeProvider);
        Calls =
        [
            new("POST", "/oauth/tokens", request => access.GrantToken(request.Body)),
            new("GET", "/api/v2/tickets/show_many", tickets.ShowMany),
            new("GET", "/api/v2/tickets/{id}", tickets.Show),
            new("PUT", "/api/v2/tickets/{id}", tickets.Update) { Budget = Budget.Updates },
            new("GET", "/api/v2/tickets/{id}/comments", tickets.ListComments),
            new("GET", "/api/v2/tickets/{id}/audits", tickets.ListAudits),
            new("GET", "/api/v2/incremental/tickets/cursor", tickets.Export) { IsForAdmins = true, Budget = Budget.Exports },
            new("GET", "/api/v2/groups", _ => people.ListGroups()),
            new("GET", "/api/v2/groups/assignable", _ => people.ListGroups()),
            new("GET", "/api/v2/users/me", request => people.ShowMe(access.Check(request.Authorization))),
            new("GET", "/api/v2/users/show_many", people.ShowMany),
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
            { IsForAdmins: true } when !isAdmin =>
                ZendeskRefusal.Because(StatusCodes.Status403Forbidden, "Forbidden", "You do not have access to this page."),
            { } call => call.Handle(request),
            null => ZendeskRefusal.Because(StatusCodes.Status404NotFound, "InvalidEndpoint", "Not found"),
        };
    }

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
