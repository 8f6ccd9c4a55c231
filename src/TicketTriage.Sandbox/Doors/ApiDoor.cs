using System.Text;
using Microsoft.AspNetCore.Http;
using TicketTriage.Sandbox.Faults;
using TicketTriage.Sandbox.Journal;
using TicketTriage.Sandbox.Persons;

namespace TicketTriage.Sandbox.Doors;

/// <summary>The API's door: a call meets the planned faults, the persons who edit at this moment, and then the vendor's dialect.</summary>
internal sealed class ApiDoor(IDialect dialect, FaultPlan faults, PersonPlan persons, SandboxJournal journal, TimeProvider clock)
{
    private const int MostBytes = 4 * 1024 * 1024;
    private static readonly byte[] MaintenancePage =
        Encoding.UTF8.GetBytes("<!doctype html><html><head><title>Maintenance</title></head><body><h1>Back soon</h1></body></html>");

    private readonly RouteTable routes = new(dialect.Calls);

    public bool Owns(PathString path) => dialect.Owns(path);

    public async Task HandleAsync(HttpContext context, CancellationToken cancellationToken)
    {
        var method = context.Request.Method;
        var route = routes.Find(method, dialect.Normalise(context.Request.Path.Value ?? "/"));
        var fault = faults.Strike(method, route.Path);
        if (fault is { Delay: var delay } && delay > TimeSpan.Zero)
        {
            await Task.Delay(delay, clock, cancellationToken);
        }

        persons.Act(PersonMoment.Before, method, route.Path);
        var answer = fault is null or { Kind: FaultKind.AnswerLost or FaultKind.Slow }
            ? await AnswerAsync(context.Request, route, cancellationToken)
            : AnswerInstead(fault);
        persons.Act(PersonMoment.After, method, route.Path);
        if (fault?.Kind == FaultKind.AnswerLost)
        {
            answer = null;
        }

        journal.Note(new ReceivedCall(clock.GetUtcNow(), route.Name, route.Path, answer?.Status, fault?.Kind.ToString()));
        if (answer is null)
        {
            context.Abort();
            return;
        }

        await answer.SendAsync(context.Response, cancellationToken);
    }

    private async Task<Answer?> AnswerAsync(HttpRequest request, Route route, CancellationToken cancellationToken)
    {
        if (await ReadBodyAsync(request, cancellationToken) is not { } body)
        {
            return dialect.Refuse(StatusCodes.Status413PayloadTooLarge);
        }

        if (route.Call is null)
        {
            journal.NoteUnplanned(route.Name);
        }

        return dialect.AnswerTo(new ApiRequest(route, request.Query, body)
        {
            CalledPath = request.Path.Value ?? "/",
            Authorization = request.Headers.Authorization.ToString(),
            ContentType = request.ContentType,
        });
    }

    /// <returns>What the fault answers, or <see langword="null"/> where it breaks the connection.</returns>
    private Answer? AnswerInstead(FaultRule fault)
    {
        if (fault.Kind == FaultKind.NoAnswer)
        {
            return null;
        }

        var answer = fault.Kind == FaultKind.Html
            ? new Answer(fault.Status, MaintenancePage, "text/html; charset=utf-8")
            : dialect.Refuse(fault.Status);
        return fault.RetryAfter is { } retryAfter ? answer.With("Retry-After", retryAfter) : answer;
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
