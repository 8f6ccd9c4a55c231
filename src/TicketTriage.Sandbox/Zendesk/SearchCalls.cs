using System.Globalization;
using System.Text.Json.Nodes;
using Microsoft.AspNetCore.Http;
using TicketTriage.Sandbox.Desk;
using TicketTriage.Sandbox.Doors;
using TicketTriage.Sandbox.Journal;

namespace TicketTriage.Sandbox.Zendesk;

/// <summary>Counts the tickets that a search finds, for the few words that are of use for counting.</summary>
internal sealed class SearchCalls(TicketDesk desk, SandboxJournal journal)
{
    private static readonly string[] StatusOrder = ["new", "open", "pending", "hold", "solved", "closed"];

    public Answer Count(ApiRequest request)
    {
        if (string.IsNullOrWhiteSpace(request.Ask("query")))
        {
            return ZendeskRefusal.Because(StatusCodes.Status400BadRequest, "invalid", "A search needs a query.");
        }

        IEnumerable<SandboxTicket> found = desk.ListAll().Where(ticket => ticket.Status != "deleted");
        foreach (var word in (request.Ask("query") ?? "").Split(' ', StringSplitOptions.RemoveEmptyEntries))
        {
            if (ReadCondition(word) is not { } isMeant)
            {
                journal.NoteUnplanned($"{request.Route.Name} for {word.Split(':', '<', '>')[0]}");
                return ZendeskRefusal.Because(
                    StatusCodes.Status501NotImplemented, "NotImplemented", "The sandbox doesn't know this search.");
            }

            found = found.Where(isMeant);
        }

        return ZendeskList.Answer(new JsonObject { ["count"] = found.Count() });
    }

    private static Func<SandboxTicket, bool>? ReadCondition(string word)
    {
        var at = word.IndexOfAny([':', '<', '>']);
        if (at < 1)
        {
            return null;
        }

        var (name, sign, value) = (word[..at], word[at], word[(at + 1)..]);
        return (name, sign) switch
        {
            ("type", ':') when value == "ticket" => _ => true,
            ("status", _) when Array.IndexOf(StatusOrder, value) is >= 0 and var rank => ticket =>
                Compare(Array.IndexOf(StatusOrder, ticket.Status), rank, sign),
            ("assignee", ':') when ReadId(value) is { } id => ticket => ticket.AssigneeId == id,
            ("assignee", ':') when value == "none" => ticket => ticket.AssigneeId is null,
            ("group", ':') when ReadId(value) is { } id => ticket => ticket.GroupId == id,
            ("tags", ':') => ticket => ticket.Tags.Contains(value),
            ("updated", not ':') when ReadTime(value) is { } time => ticket =>
                Compare(ticket.UpdatedAt.UtcTicks, time.UtcTicks, sign),
            ("created", not ':') when ReadTime(value) is { } time => ticket =>
                Compare(ticket.CreatedAt.UtcTicks, time.UtcTicks, sign),
            _ => null,
        };
    }

    private static bool Compare(long left, long right, char sign) => sign switch
    {
        '<' => left < right,
        '>' => left > right,
        _ => left == right,
    };

    private static long? ReadId(string text) =>
        long.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out var id) ? id : null;

    private static DateTimeOffset? ReadTime(string text) =>
        DateTimeOffset.TryParse(text, CultureInfo.InvariantCulture, DateTimeStyles.AssumeUniversal, out var time) ? time : null;
}
