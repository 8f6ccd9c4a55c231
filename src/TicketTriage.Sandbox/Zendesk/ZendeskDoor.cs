using System.Globalization;
using System.Text;
using Microsoft.AspNetCore.Http;
using TicketTriage.Sandbox.Faults;
using TicketTriage.Sandbox.Journal;

namespace TicketTriage.Sandbox.Zendesk;

/// <summary>The API's door: a call meets the planned faults, the rate limit, the credentials, and then its handler.</summary>
internal sealed class ZendeskDoor(
    SandboxOptions options, ZendeskAccess access, TicketCalls tickets, PeopleCalls people, FaultPlan faults, SandboxJournal journal)
{
    private const int MostBytes = 4 * 1024 * 1024;
    private static readonly byte[] MaintenancePage =
        Encoding.UTF8.GetBytes("<!doctype html><html><head><title>Maintenance</title></head><body><h1>Back soon</h1></body></html>");

    private readonly TimeProvider clock = options.TimeProvider;
    private readonly RateWindow rate = new(options.CallsPerMinute, options.TimeProvider);

    public static bool Owns(PathString path) =>
        path.StartsWithSegments("/api", StringComparison.Ordinal) || path.StartsWithSegments("/oauth", StringComparison.Ordinal);

    public async Task HandleAsync(HttpContext context, CancellationToken cancellationToken)
    {
        var route = ZendeskRoute.Find(context.Request.Method, context.Request.Path.Value ?? "/");
        var fault = faults.Strike(context.Request.Method, route.Path);
        if (fault is { Delay: var delay } && delay > TimeSpan.Zero)
        {
            await Task.Delay(delay, clock, cancellationToken);
        }

        var answer = fault is null or { Kind: FaultKind.AnswerLost or FaultKind.Slow }
            ? await AnswerAsync(context, route, cancellationToken)
            : AnswerInstead(fault);
        if (fault?.Kind == FaultKind.AnswerLost)
        {
            answer = null;
        }

        journal.Note(new ReceivedCall(clock.GetUtcNow(), route.Endpoint, route.Path, answer?.Status, fault?.Kind.ToString()));
        if (answer is null)
        {
            context.Abort();
            return;
        }

        await answer.SendAsync(context.Response, cancellationToken);
    }

    private async Task<Answer?> AnswerAsync(HttpContext context, ZendeskRoute route, CancellationToken cancellationToken)
    {
        var state = rate.Spend();
        WriteRate(context.Response.Headers, state);
        if (state.IsExceeded)
        {
            return ZendeskRefusal.Because(StatusCodes.Status429TooManyRequests, "APIRateLimitExceeded", "Too many calls in this minute.")
                .With("Retry-After", state.ResetIn.ToString(CultureInfo.InvariantCulture));
        }

        if (await ReadBodyAsync(context.Request, cancellationToken) is not { } body)
        {
            return ZendeskRefusal.Because(StatusCodes.Status413PayloadTooLarge, "PayloadTooLarge", "The body is over 4 MiB.");
        }

        var request = new ZendeskRequest(route, context.Request.Query, body);
        if (route.Call == ZendeskCall.CreateToken)
        {
            return access.GrantToken(body);
        }

        var authorization = context.Request.Headers.Authorization.ToString();
        var pass = access.Check(authorization);
        if (route.Call == ZendeskCall.ShowMe)
        {
            return people.ShowMe(pass);
        }

        if (pass == Pass.None)
        {
            return RefuseEntry(authorization);
        }

        if (route.Call == ZendeskCall.UpdateTicket && pass != Pass.ReadAndWrite)
        {
            return ZendeskRefusal.Because(StatusCodes.Status403Forbidden, "Forbidden", "The token lacks the scope write.");
        }

        return Handle(request);
    }

    private Answer Handle(ZendeskRequest request) => request.Route.Call switch
    {
        ZendeskCall.ShowTicket => tickets.Show(request),
        ZendeskCall.UpdateTicket => tickets.Update(request),
        ZendeskCall.ShowManyTickets => tickets.ShowMany(request),
        ZendeskCall.ListComments => tickets.ListComments(request),
        ZendeskCall.ListAudits => tickets.ListAudits(request),
        ZendeskCall.ExportTickets => tickets.Export(request),
        ZendeskCall.ListGroups => people.ListGroups(),
        ZendeskCall.ShowManyUsers => people.ShowMany(request),
        _ => RefuseUnplanned(request.Route),
    };

    private Answer RefuseUnplanned(ZendeskRoute route)
    {
        journal.NoteUnplanned(route.Endpoint);
        return ZendeskRefusal.Because(StatusCodes.Status404NotFound, "InvalidEndpoint", "Not found");
    }

    private static Answer RefuseEntry(string authorization) =>
        authorization.StartsWith("Bearer ", StringComparison.OrdinalIgnoreCase)
            ? ZendeskRefusal.OAuth(StatusCodes.Status401Unauthorized, "invalid_token", "The access token is unknown, withdrawn or expired.")
                .With("WWW-Authenticate", "Bearer error=\"invalid_token\"")
            : ZendeskRefusal.Because(StatusCodes.Status401Unauthorized, "Couldn't authenticate you")
                .With("WWW-Authenticate", "Basic realm=\"Sandbox\"");

    /// <returns>What the fault answers, or <see langword="null"/> where it breaks the connection.</returns>
    private static Answer? AnswerInstead(FaultRule fault)
    {
        if (fault.Kind == FaultKind.NoAnswer)
        {
            return null;
        }

        var answer = fault.Kind == FaultKind.Html
            ? new Answer(fault.Status, MaintenancePage, "text/html; charset=utf-8")
            : ZendeskRefusal.Because(fault.Status, ErrorFor(fault.Status), "A planned fault.");
        return fault.RetryAfter is { } retryAfter ? answer.With("Retry-After", retryAfter) : answer;
    }

    private static string ErrorFor(int status) => status switch
    {
        StatusCodes.Status401Unauthorized => "Couldn't authenticate you",
        StatusCodes.Status403Forbidden => "Forbidden",
        StatusCodes.Status404NotFound => "RecordNotFound",
        StatusCodes.Status409Conflict => "DatabaseConflict",
        StatusCodes.Status422UnprocessableEntity => "RecordInvalid",
        StatusCodes.Status429TooManyRequests => "APIRateLimitExceeded",
        _ => "InternalError",
    };

    /// <summary>In the spellings that were seen: the documentation's and the ones in recorded traffic.</summary>
    private static void WriteRate(IHeaderDictionary headers, RateState state)
    {
        var remaining = state.Remaining.ToString(CultureInfo.InvariantCulture);
        headers["X-Rate-Limit"] = state.Limit;
        headers["X-Rate-Limit-Remaining"] = remaining;
        headers["ratelimit-limit"] = state.Limit;
        headers["ratelimit-remaining"] = remaining;
        headers["ratelimit-reset"] = state.ResetIn.ToString(CultureInfo.InvariantCulture);
    }

    /// <returns>The body, or <see langword="null"/> where it is too large.</returns>
    private static async Task<ReadOnlyMemory<byte>?> ReadBodyAsync(HttpRequest request, CancellationToken cancellationToken)
    {
        if (request.ContentLength is 0 || request.Method == HttpMethods.Get)
        {
            return ReadOnlyMemory<byte>.Empty;
        }

        if (request.ContentLength > MostBytes)
        {
            return null;
        }

        using var buffer = new MemoryStream((int)(request.ContentLength ?? 0));
        await request.Body.CopyToAsync(buffer, cancellationToken);
        return buffer.Length > MostBytes ? null : buffer.GetBuffer().AsMemory(0, (int)buffer.Length);
    }
}
