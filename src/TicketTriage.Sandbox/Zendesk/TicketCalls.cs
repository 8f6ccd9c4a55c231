using System.Text.Json;
using System.Text.Json.Nodes;
using Microsoft.AspNetCore.Http;
using TicketTriage.Sandbox.Desk;
using TicketTriage.Sandbox.Doors;
using TicketTriage.Sandbox.Journal;

namespace TicketTriage.Sandbox.Zendesk;

/// <summary>The API's calls about tickets.</summary>
internal sealed class TicketCalls(TicketDesk desk, WireFactory wire, SlaCalls slas, SandboxJournal journal, SandboxOptions options)
{
    private const int MostExported = 1_000;

    public Answer Show(ApiRequest request) =>
        desk.Find(request.Id) is { Status: not "deleted" } ticket
            ? Answer.Json(new TicketAnswer(Write(request, ticket)), ZendeskJson.Default.TicketAnswer)
            : ZendeskRefusal.NotFound();

    /// <summary>All tickets that are not removed, in the order of their numbers, or of their last change.</summary>
    public Answer List(ApiRequest request)
    {
        var isByChange = request.Ask("sort")?.EndsWith("updated_at", StringComparison.Ordinal) == true;
        var tickets = desk.ListAll().Where(ticket => ticket.Status != "deleted");
        return List(request, [.. isByChange ? tickets.OrderBy(ticket => ticket.UpdatedAt) : tickets]);
    }

    public Answer ListIncidents(ApiRequest request) => desk.Find(request.Id) is { Status: not "deleted" }
        ? List(request, [.. desk.ListAll().Where(ticket => ticket.Status != "deleted" && ticket.ProblemId == request.Id)])
        : ZendeskRefusal.NotFound();

    public Answer ShowMany(ApiRequest request)
    {
        IReadOnlyList<TicketWire> tickets =
        [
            .. request.AskNumbers("ids")
                .Select(desk.Find)
                .OfType<SandboxTicket>()
                .Where(ticket => ticket.Status != "deleted")
                .Select(ticket => Write(request, ticket)),
        ];
        return Answer.Json(new TicketsAnswer(tickets, null, null, tickets.Count), ZendeskJson.Default.TicketsAnswer);
    }

    public Answer Update(ApiRequest request)
    {
        if (TicketUpdate.Read(request.Body, desk.Fields) is not { } update)
        {
            return ZendeskRefusal.Because(StatusCodes.Status400BadRequest, "BadRequest", "The body must be JSON with a ticket.");
        }

        if (update.Unplanned.Count > 0)
        {
            journal.NoteUnplanned($"{request.Route.Name} with {string.Join(", ", update.Unplanned)}");
            return ZendeskRefusal.Because(
                StatusCodes.Status501NotImplemented, "NotImplemented", $"The sandbox can't set {string.Join(", ", update.Unplanned)}.");
        }

        if (update.Faults.Count > 0)
        {
            return ZendeskRefusal.Invalid(update.Faults);
        }

        var outcome = desk.Edit(request.Id, update.Edit, new(desk.People.Integration.Id, "api", update.Metadata, update.ExpectedStamp));
        var answer = outcome switch
        {
            { Verdict: EditVerdict.Applied or EditVerdict.Unchanged, Ticket: { } ticket } => Answer.Json(
                new TicketUpdateAnswer(wire.Write(ticket), outcome.Audit is { } audit ? WireFactory.Write(audit) : null),
                ZendeskJson.Default.TicketUpdateAnswer),
            { Verdict: EditVerdict.Moved } => ZendeskRefusal.Because(
                StatusCodes.Status409Conflict, "UpdateConflict", "The ticket has changed since updated_stamp; read it again."),
            { Verdict: EditVerdict.Refused, Faults: { } faults } => ZendeskRefusal.Invalid(faults),
            _ => ZendeskRefusal.NotFound(),
        };
        if (update.Dropped.Count == 0)
        {
            return answer;
        }

        var names = string.Join(", ", update.Dropped.Select(name => $"\"{name}\""));
        return answer.With("X-Zendesk-API-Warn", $"Removed restricted keys [{names}] from parameters according to whitelist");
    }

    public Answer ListComments(ApiRequest request)
    {
        if (desk.ListComments(request.Id) is not { } comments)
        {
            return ZendeskRefusal.NotFound();
        }

        if (Page<SandboxComment>.Take(comments, comment => comment.Id, request, wire.Address) is not { } page)
        {
            return ZendeskList.BadPage();
        }

        return Answer.Json(
            new CommentsAnswer
            {
                Comments = [.. page.Items.Select(wire.Write)],
                Users = request.Ask("include")?.Split(',').Contains("users") == true ? ListAuthors(page.Items) : null,
                Meta = page.Meta,
                Links = page.Links,
                Count = page.Count,
                NextPage = page.NextPage,
                PreviousPage = page.PreviousPage,
            },
            ZendeskJson.Default.CommentsAnswer);
    }

    public Answer ListAudits(ApiRequest request)
    {
        if (desk.ListAudits(request.Id) is not { } audits)
        {
            return ZendeskRefusal.NotFound();
        }

        if (Page<SandboxAudit>.Take(audits, audit => audit.Id, request, wire.Address) is not { } page)
        {
            return ZendeskList.BadPage();
        }

        return Answer.Json(
            new AuditsAnswer
            {
                Audits = [.. page.Items.Select(WireFactory.Write)],
                Meta = page.Meta,
                Links = page.Links,
                Count = page.Count,
                NextPage = page.NextPage,
                PreviousPage = page.PreviousPage,
            },
            ZendeskJson.Default.AuditsAnswer);
    }

    /// <summary>Goes by the second of the last change, as the vendor does, not by <c>updated_at</c>. Deleted tickets are in it.</summary>
    public Answer Export(ApiRequest request)
    {
        var now = options.TimeProvider.GetUtcNow().ToUnixTimeSeconds();
        var until = options.ExportLagsOneMinute ? now - 59 : long.MaxValue;
        int place;
        if (request.Ask("cursor") is { } text)
        {
            if (Cursor.Read(text) is not { } known)
            {
                return ZendeskRefusal.Because(StatusCodes.Status400BadRequest, "InvalidValue", "The cursor is not one of this account.");
            }

            place = (int)Math.Min(known, int.MaxValue);
        }
        else if (request.AskNumber("start_time") is not { } start)
        {
            return ZendeskRefusal.Because(StatusCodes.Status400BadRequest, "InvalidValue", "start_time must be a Unix time in seconds.");
        }
        else if (options.ExportLagsOneMinute && start >= until)
        {
            return ZendeskRefusal.Because(StatusCodes.Status400BadRequest, "StartTimeTooRecent", "start_time must lie a minute back.");
        }
        else
        {
            place = desk.FindPlace(start);
        }

        var page = desk.ListChanged(place, (int)Math.Clamp(request.AskNumber("per_page") ?? MostExported, 1, MostExported), until);
        var after = Cursor.Write(page.Place);
        return Answer.Json(
            new ExportAnswer
            {
                Tickets = [.. page.Tickets.Select(ticket => Write(request, ticket))],
                AfterUrl = $"{wire.Address}/api/v2/incremental/tickets/cursor.json?cursor={after}",
                AfterCursor = after,
                EndOfStream = page.IsEnd,
            },
            ZendeskJson.Default.ExportAnswer);
    }

    private IReadOnlyList<UserWire> ListAuthors(IEnumerable<SandboxComment> comments) =>
    [
        .. comments
            .Select(comment => comment.AuthorId)
            .Distinct()
            .Select(id => desk.People.FindPerson(id))
            .OfType<SandboxPerson>()
            .Select(wire.Write),
    ];

    private Answer List(ApiRequest request, IReadOnlyList<SandboxTicket> tickets) => ZendeskList.Answer(
        request, wire.Address, "tickets", tickets,
        ticket => JsonSerializer.SerializeToNode(Write(request, ticket), ZendeskJson.Default.TicketWire) ?? new JsonObject());

    private TicketWire Write(ApiRequest request, SandboxTicket ticket) => wire.Write(
        ticket,
        slas.Sideloads(request) ? new JsonObject { ["policy_metrics"] = slas.WriteMetrics(ticket) } : null,
        request.AskWords("include").Contains("metric_sets") ? WriteMetricSet(ticket) : null);

    private static JsonObject WriteMetricSet(SandboxTicket ticket) => new()
    {
        ["ticket_id"] = ticket.Number,
        ["created_at"] = ZendeskList.Time(ticket.CreatedAt),
        ["updated_at"] = ZendeskList.Time(ticket.UpdatedAt),
        ["solved_at"] = ticket.Status is "solved" or "closed" ? ZendeskList.Time(ticket.UpdatedAt) : null,
        ["reopens"] = 0,
    };
}
