using System.Globalization;
using System.Text.Json;
using System.Text.Json.Serialization.Metadata;
using Microsoft.AspNetCore.Http;
using TicketTriage.Sandbox.Desk;
using TicketTriage.Sandbox.Doors;
using TicketTriage.Sandbox.Faults;
using TicketTriage.Sandbox.Journal;
using TicketTriage.Sandbox.Persons;
using TicketTriage.Sandbox.Samples;

namespace TicketTriage.Sandbox.Page;

/// <summary>The page and what it calls; journal and faults for tests from outside. Nobody logs in: keep it on loopback.</summary>
internal sealed class PageDoor(
    TicketDesk desk, InboxView inbox, SampleTickets samples, PageEvents events, FaultPlan faults, PersonPlan persons,
    SandboxJournal journal)
{
    private const string Tickets = "/sandbox/tickets/";
    private const int LongestText = 1_000_000;

    // Notes come from outside. The page copies them element by element, and this is the wall behind it.
    private const string ContentSecurityPolicy =
        "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self'; connect-src 'self'; base-uri 'none'; form-action 'none'; "
        + "frame-ancestors 'none'; require-trusted-types-for 'script'; trusted-types notes";

    private readonly Dictionary<string, Answer> assets = new(StringComparer.Ordinal)
    {
        ["/"] = LoadAsset("index.html", "text/html; charset=utf-8").With("Content-Security-Policy", ContentSecurityPolicy),
        ["/inbox.css"] = LoadAsset("inbox.css", "text/css; charset=utf-8"),
        ["/inbox.js"] = LoadAsset("inbox.js", "text/javascript; charset=utf-8"),
        ["/icon.svg"] = LoadAsset("icon.svg", "image/svg+xml"),
    };

    public async Task HandleAsync(HttpContext context, CancellationToken cancellationToken)
    {
        if (context.Request is { Method: "GET", Path.Value: "/sandbox/events" })
        {
            await events.StreamAsync(context.Response, cancellationToken);
            return;
        }

        var answer = IsFromAnotherSite(context.Request)
            ? Refuse(StatusCodes.Status403Forbidden, "Another site's page may not call the sandbox.")
            : await AnswerAsync(context.Request, cancellationToken);
        await answer.SendAsync(context.Response, cancellationToken);
    }

    private async Task<Answer> AnswerAsync(HttpRequest request, CancellationToken cancellationToken)
    {
        var path = request.Path.Value ?? "/";
        switch (request.Method, path)
        {
            case ("GET", _) when assets.TryGetValue(path, out var asset):
                return asset;
            case ("GET", "/sandbox/tickets"):
                return Answer.Json(inbox.List(), PageJson.Default.IReadOnlyListInboxRow);
            case ("GET", _) when FindNumber(path, "") is { } number:
                return inbox.Find(number) is { } ticket ? Answer.Json(ticket, PageJson.Default.InboxTicket) : NoTicket(number);
            case ("POST", "/sandbox/tickets"):
                return AddTicket(await ReadAsync(request, PageJson.Default.WrittenTicket, cancellationToken));
            case ("POST", _) when FindNumber(path, "/messages") is { } number:
                return AddMessage(number, await ReadAsync(request, PageJson.Default.WrittenMessage, cancellationToken));
            case ("POST", _) when FindNumber(path, "/edits") is { } number:
                return EditAsPerson(number, await ReadAsync(request, PageJson.Default.WrittenEdit, cancellationToken));
            case ("POST", "/sandbox/edits"):
                return PlanEdit((await ReadAsync(request, PageJson.Default.WrittenPlan, cancellationToken))?.ToPlan());
            case ("DELETE", "/sandbox/edits"):
                persons.Clear();
                return Done();
            case ("POST", "/sandbox/samples"):
                return AddSamples(await ReadAsync(request, PageJson.Default.AskedSamples, cancellationToken));
            case ("POST", "/sandbox/faults"):
                return AddFault((await ReadAsync(request, PageJson.Default.WrittenFault, cancellationToken))?.ToRule());
            case ("DELETE", "/sandbox/faults"):
                faults.Clear();
                return Done();
            case ("GET", "/sandbox/journal"):
                return ShowJournal();
            default:
                journal.NoteUnplanned($"{request.Method} {path}");
                return Refuse(StatusCodes.Status404NotFound, $"The sandbox has nothing at {path}.");
        }
    }

    private Answer AddTicket(WrittenTicket? written)
    {
        if (written is not { Subject.Length: > 0 and <= 500, Text.Length: > 0 and <= LongestText })
        {
            return Refuse(StatusCodes.Status400BadRequest, "A ticket needs a subject and a text.");
        }

        var name = string.IsNullOrWhiteSpace(written.Name) ? "Robin Example" : written.Name.Trim();
        var mailbox = string.Concat(name.ToLowerInvariant().Where(char.IsAsciiLetterOrDigit));
        var ticket = desk.Add(new()
        {
            Subject = written.Subject,
            Body = written.Text,
            RequesterName = name,
            RequesterEmail = $"{(mailbox.Length == 0 ? "someone" : mailbox)}@example.com",
            Channel = "web",
        });
        return Show(ticket.Number, StatusCodes.Status201Created);
    }

    private Answer AddMessage(long number, WrittenMessage? written)
    {
        if (desk.Find(number) is not { Status: not "deleted" } ticket)
        {
            return NoTicket(number);
        }

        if (written is not { Text.Length: > 0 and <= LongestText })
        {
            return Refuse(StatusCodes.Status400BadRequest, "A message needs a text.");
        }

        var edit = new TicketEdit { Comment = new() { Body = written.Text } };
        return desk.Edit(number, edit, new(ticket.RequesterId, ticket.Channel)).Verdict == EditVerdict.Applied
            ? Show(number, StatusCodes.Status201Created)
            : Refuse(StatusCodes.Status409Conflict, "The ticket takes no more messages.");
    }

    private Answer EditAsPerson(long number, WrittenEdit? written)
    {
        if (written is null)
        {
            return Refuse(StatusCodes.Status400BadRequest, "The body is not an edit.");
        }

        var outcome = desk.Edit(number, written.ToEdit(), new(desk.People.TeamLead.Id, "web"));
        return outcome switch
        {
            { Verdict: EditVerdict.UnknownTicket } => NoTicket(number),
            { Faults: { } mistakes } =>
                Refuse(StatusCodes.Status409Conflict, string.Join("; ", mistakes.Select(mistake => mistake.Description))),
            _ => Show(number, StatusCodes.Status200OK),
        };
    }

    private Answer PlanEdit(PersonEdit? plan)
    {
        if (plan is null)
        {
            return Refuse(StatusCodes.Status400BadRequest, "The body is not a plan: it needs an edit; a path begins with a slash.");
        }

        persons.Add(plan);
        return Done();
    }

    private Answer AddSamples(AskedSamples? asked)
    {
        if (asked is not { Count: >= 1 and <= 1_000 })
        {
            return Refuse(StatusCodes.Status400BadRequest, "Ask for 1 to 1000 samples.");
        }

        for (var sent = 0; sent < asked.Count; sent++)
        {
            desk.Add(samples.Take());
        }

        return Done();
    }

    private Answer AddFault(FaultRule? rule)
    {
        var mistake = rule is null ? "The body is not a fault: it needs at least its kind." : FaultPlan.FindMistake(rule);
        if (rule is null || mistake is not null)
        {
            return Refuse(StatusCodes.Status400BadRequest, mistake ?? "");
        }

        faults.Add(rule);
        return Done();
    }

    private Answer ShowJournal() => Answer.Json(
        new JournalAnswer(
            journal.Changes, journal.OverwrittenChanges, journal.CallsByEndpoint, journal.Calls, journal.UnplannedCalls,
            journal.Deliveries, journal.LostDeliveries),
        PageJson.Default.JournalAnswer);

    private Answer Show(long number, int status) =>
        inbox.Find(number) is { } ticket ? Answer.Json(ticket, PageJson.Default.InboxTicket, status) : NoTicket(number);

    private static Answer Done() => new(StatusCodes.Status204NoContent, ReadOnlyMemory<byte>.Empty);

    private static Answer NoTicket(long number) => Refuse(StatusCodes.Status404NotFound, $"There is no ticket {number}.");

    private static Answer Refuse(int status, string why) => Answer.Json(new PageRefusal(why), PageJson.Default.PageRefusal, status);

    private static long? FindNumber(string path, string tail) =>
        path.StartsWith(Tickets, StringComparison.Ordinal) && path.EndsWith(tail, StringComparison.Ordinal)
        && path.Length > Tickets.Length + tail.Length
        && long.TryParse(path.AsSpan()[Tickets.Length..^tail.Length], NumberStyles.None, CultureInfo.InvariantCulture, out var number)
            ? number
            : null;

    /// <returns>What was sent, or <see langword="null"/> where it isn't what the call takes.</returns>
    private static async Task<T?> ReadAsync<T>(HttpRequest request, JsonTypeInfo<T> type, CancellationToken cancellationToken)
        where T : class
    {
        try
        {
            return await JsonSerializer.DeserializeAsync(request.Body, type, cancellationToken);
        }
        catch (JsonException)
        {
            return null;
        }
    }

    /// <summary>Browsers say which site a page that calls is from; other callers say nothing.</summary>
    private static bool IsFromAnotherSite(HttpRequest request) =>
        request.Method != HttpMethods.Get && request.Headers["Sec-Fetch-Site"].ToString() is not ("" or "same-origin" or "none");

    private static Answer LoadAsset(string name, string contentType)
    {
        using var stream = typeof(PageDoor).Assembly.GetManifestResourceStream($"Page.{name}")
            ?? throw new InvalidOperationException($"The assembly lacks its page's file {name}: build it again.");
        using var bytes = new MemoryStream();
        stream.CopyTo(bytes);
        return new Answer(StatusCodes.Status200OK, bytes.ToArray(), contentType)
            .With("X-Content-Type-Options", "nosniff")
            .With("Referrer-Policy", "no-referrer")
            .With("Cache-Control", "no-cache");
    }
}
