using System.Globalization;
using System.Text.Json;
using Microsoft.AspNetCore.Http;
using TicketTriage.Sandbox.Desk;
using TicketTriage.Sandbox.Doors;
using TicketTriage.Sandbox.Journal;

namespace TicketTriage.Sandbox.Freshdesk;

/// <summary>The API's calls about tickets.</summary>
internal sealed class FreshdeskTickets(TicketDesk desk, TicketWriter writer, SandboxJournal journal, TimeProvider clock)
{
    private const int MostPages = 300;
    private static readonly TimeSpan UsualAge = TimeSpan.FromDays(30);

    private static readonly string[] ListParameters =
        ["company_id", "email", "filter", "include", "order_by", "order_type", "page", "per_page", "requester_id", "updated_since"];

    private static readonly string[] Includes = ["conversations", "requester", "company", "stats"];
    private static readonly string[] ListIncludes = ["requester", "stats", "description", "company"];

    public Answer Show(ApiRequest request)
    {
        if (FindUnknown(request, ["include"]) is { } unknown)
        {
            return unknown;
        }

        if (request.AskWords("include").Except(Includes).Any())
        {
            return FreshdeskRefusal.Invalid("include", $"It is some of {string.Join(", ", Includes)}.", "invalid_value");
        }

        return desk.Find(request.Id) is { IsArchived: false } ticket
            ? Answer.Json(writer.Write(ticket, request.AskWords("include"), isWhole: true), FreshdeskJson.Default.TicketWire)
            : FreshdeskRefusal.NotFound();
    }

    public Answer ShowArchived(ApiRequest request) => desk.Find(request.Id) is { IsArchived: true } ticket
        ? Answer.Json(writer.Write(ticket, [], isWhole: true), FreshdeskJson.Default.TicketWire)
        : FreshdeskRefusal.NotFound();

    /// <summary>Without a filter it lists what arrived in the last 30 days and is neither deleted nor spam, newest first.</summary>
    public Answer List(ApiRequest request)
    {
        if ((FindUnknown(request, ListParameters) ?? FindWrong(request)) is { } refusal)
        {
            return refusal;
        }

        IEnumerable<SandboxTicket> tickets = desk.ListAll();
        tickets = request.Ask("filter") switch
        {
            "spam" => tickets.Where(ticket => ticket.IsSpam),
            "deleted" => tickets.Where(ticket => ticket is { Status: "deleted", IsSpam: false }),
            _ => tickets.Where(ticket => ticket is { Status: not "deleted", IsArchived: false }),
        };
        if (ReadTime(request.Ask("updated_since")) is { } since)
        {
            tickets = tickets.Where(ticket => ticket.UpdatedAt >= since);
        }
        else if (request.Ask("requester_id") is null && request.Ask("email") is null)
        {
            var oldest = clock.GetUtcNow() - UsualAge;
            tickets = tickets.Where(ticket => ticket.CreatedAt >= oldest);
        }

        if (request.AskNumber("requester_id") is { } requester)
        {
            tickets = tickets.Where(ticket => ticket.RequesterId == requester);
        }

        if (request.Ask("email") is { } email)
        {
            tickets = tickets.Where(ticket =>
                string.Equals(desk.People.FindPerson(ticket.RequesterId)?.Email, email, StringComparison.OrdinalIgnoreCase));
        }

        var include = request.AskWords("include");
        return FreshdeskPage.Take(
            request, writer.Address, Sort(tickets, request), ticket => writer.Write(ticket, include, isWhole: false),
            FreshdeskJson.Default.IReadOnlyListTicketWire, MostPages);
    }

    /// <summary>In the words of today's surveys; each ticket has one rating at most.</summary>
    public Answer ListRatings(ApiRequest request) => FreshdeskPage.Take(
        request, writer.Address,
        [
            .. desk.ListAll().Where(ticket => ticket.Rating is not null
                && (ReadTime(request.Ask("created_since")) is not { } since || ticket.UpdatedAt >= since)),
        ],
        ticket => new RatingWire(
            ticket.Number, ticket.Number, ticket.RequesterId, new(ticket.Rating == "good" ? 103 : -103), ticket.UpdatedAt.UtcDateTime,
            ticket.UpdatedAt.UtcDateTime),
        FreshdeskJson.Default.IReadOnlyListRatingWire);

    public Answer Update(ApiRequest request)
    {
        if (FindGone(request) is { } gone)
        {
            return gone;
        }

        if (Parse(request.Body) is not { } body)
        {
            return FreshdeskRefusal.NotJson();
        }

        if (!body.EnumerateObject().Any())
        {
            return FreshdeskRefusal.Because(StatusCodes.Status400BadRequest, "missing_params", "The body names nothing to change.");
        }

        var update = FreshdeskUpdate.Read(body, desk);
        if (update.Errors.Count > 0)
        {
            return FreshdeskRefusal.Invalid(update.Errors);
        }

        if (update.Unplanned.Count > 0)
        {
            journal.NoteUnplanned($"{request.Route.Name} with {string.Join(", ", update.Unplanned)}");
            return FreshdeskRefusal.Because(
                StatusCodes.Status501NotImplemented, "not_implemented", $"The sandbox can't set {string.Join(", ", update.Unplanned)}.");
        }

        return desk.Edit(request.Id, update.Edit, Service(DeskHappening.Edited)) switch
        {
            { Verdict: EditVerdict.Applied or EditVerdict.Unchanged, Ticket: { } ticket } =>
                Answer.Json(writer.Write(ticket, [], isWhole: true), FreshdeskJson.Default.TicketWire),
            { Verdict: EditVerdict.Refused, Faults: { } faults } =>
                FreshdeskRefusal.Invalid([.. faults.Select(fault => new FieldErrorWire(fault.Field, fault.Description, "invalid_value"))]),
            _ => FreshdeskRefusal.NotFound(),
        };
    }

    public Answer ListConversations(ApiRequest request) => ListConversations(request, isArchived: false);

    public Answer ListArchivedConversations(ApiRequest request) => ListConversations(request, isArchived: true);

    public Answer AddNote(ApiRequest request)
    {
        if (FindGone(request) is { } gone)
        {
            return gone;
        }

        if (Parse(request.Body) is not { } body)
        {
            return FreshdeskRefusal.NotJson();
        }

        if (NoteBody.FindErrors(body, isSummary: false) is { Count: > 0 } errors)
        {
            return FreshdeskRefusal.Invalid(errors);
        }

        var note = new NewComment { HtmlBody = NoteBody.ReadHtml(body), IsPublic = !NoteBody.IsPrivate(body) };
        return desk.Edit(request.Id, new() { Comment = note }, Service(DeskHappening.Noted)) is { Audit.Comment: { } comment }
            ? Answer.Json(writer.Write(request.Id, comment), FreshdeskJson.Default.ConversationWire, StatusCodes.Status201Created)
            : FreshdeskRefusal.NotFound();
    }

    public Answer ShowSummary(ApiRequest request) => desk.Find(request.Id) is { Summary: { } summary }
        ? Answer.Json(TicketWriter.Write(request.Id, summary), FreshdeskJson.Default.SummaryWire)
        : FreshdeskRefusal.NotFound();

    public Answer WriteSummary(ApiRequest request)
    {
        if (FindGone(request) is { } gone)
        {
            return gone;
        }

        if (Parse(request.Body) is not { } body)
        {
            return FreshdeskRefusal.NotJson();
        }

        if (NoteBody.FindErrors(body, isSummary: true) is { Count: > 0 } errors)
        {
            return FreshdeskRefusal.Invalid(errors);
        }

        desk.Edit(request.Id, new() { SummaryHtml = new(NoteBody.ReadHtml(body)) }, Service(DeskHappening.Summarised));
        return ShowSummary(request);
    }

    public Answer RemoveSummary(ApiRequest request)
    {
        if (desk.Find(request.Id) is not { Summary: not null })
        {
            return FreshdeskRefusal.NotFound();
        }

        desk.Edit(request.Id, new() { SummaryHtml = new(null) }, Service(DeskHappening.Summarised));
        return new(StatusCodes.Status204NoContent, ReadOnlyMemory<byte>.Empty);
    }

    private Answer ListConversations(ApiRequest request, bool isArchived)
    {
        if (FindUnknown(request, ["page", "per_page"]) is { } unknown)
        {
            return unknown;
        }

        return desk.Find(request.Id) is { } ticket && ticket.IsArchived == isArchived
            ? FreshdeskPage.Take(
                request, writer.Address, [.. desk.ListEvery(ticket.Number).Skip(1)], comment => writer.Write(ticket.Number, comment),
                FreshdeskJson.Default.IReadOnlyListConversationWire)
            : FreshdeskRefusal.NotFound();
    }

    private Editor Service(DeskHappening happening) => new(desk.People.Integration.Id, "api") { Happening = happening };

    /// <returns>The refusal of a change, or <see langword="null"/> where the ticket can be changed; also a closed one can.</returns>
    private Answer? FindGone(ApiRequest request) => desk.Find(request.Id) switch
    {
        null or { IsArchived: true } => FreshdeskRefusal.NotFound(),
        { Status: "deleted" } => FreshdeskRefusal.WrongMethod(["GET"]),
        _ => null,
    };

    private static Answer? FindUnknown(ApiRequest request, string[] known) =>
        request.Query.Keys.Except(known).ToArray() is { Length: > 0 } unknown
            ? FreshdeskRefusal.Invalid(
                [.. unknown.Select(name => new FieldErrorWire(name, "The call has no parameter of this name.", "invalid_field"))])
            : null;

    private static Answer? FindWrong(ApiRequest request)
    {
        if (request.Ask("updated_since") is { } since && ReadTime(since) is null)
        {
            return FreshdeskRefusal.Invalid("updated_since", "It is a date and time in the ISO 8601 format.", "datatype_mismatch");
        }

        if (request.Ask("order_by") is not (null or "created_at" or "due_by" or "updated_at" or "status"))
        {
            return FreshdeskRefusal.Invalid("order_by", "It is created_at, due_by, updated_at or status.", "invalid_value");
        }

        if (request.Ask("order_type") is not (null or "asc" or "desc"))
        {
            return FreshdeskRefusal.Invalid("order_type", "It is asc or desc.", "invalid_value");
        }

        if (request.Ask("filter") is not (null or "new_and_my_open" or "watching" or "spam" or "deleted"))
        {
            return FreshdeskRefusal.Invalid("filter", "It is new_and_my_open, watching, spam or deleted.", "invalid_value");
        }

        return request.AskWords("include").Except(ListIncludes).Any()
            ? FreshdeskRefusal.Invalid("include", $"It is some of {string.Join(", ", ListIncludes)}.", "invalid_value")
            : null;
    }

    private SandboxTicket[] Sort(IEnumerable<SandboxTicket> tickets, ApiRequest request)
    {
        Func<SandboxTicket, long> key = request.Ask("order_by") switch
        {
            "updated_at" => ticket => ticket.UpdatedAt.UtcTicks,
            "due_by" => ticket => desk.ReadDeadlines(ticket)?.Resolution.UtcTicks ?? 0,
            "status" => ticket => FreshdeskWords.StatusOf(ticket).Code,
            _ => ticket => ticket.CreatedAt.UtcTicks,
        };
        return request.Ask("order_type") == "asc"
            ? [.. tickets.OrderBy(key).ThenBy(ticket => ticket.Number)]
            : [.. tickets.OrderByDescending(key).ThenByDescending(ticket => ticket.Number)];
    }

    private static DateTimeOffset? ReadTime(string? text) =>
        DateTimeOffset.TryParse(text, CultureInfo.InvariantCulture, DateTimeStyles.AssumeUniversal, out var time) ? time : null;

    internal static JsonElement? Parse(ReadOnlyMemory<byte> body)
    {
        try
        {
            using var document = JsonDocument.Parse(body);
            return document.RootElement.ValueKind == JsonValueKind.Object ? document.RootElement.Clone() : null;
        }
        catch (JsonException)
        {
            return null;
        }
    }
}
