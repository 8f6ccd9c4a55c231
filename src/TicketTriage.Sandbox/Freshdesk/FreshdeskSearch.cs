using System.Globalization;
using System.Text.Json.Nodes;
using TicketTriage.Sandbox.Desk;
using TicketTriage.Sandbox.Doors;

namespace TicketTriage.Sandbox.Freshdesk;

/// <summary>
/// The search of tickets: <c>"agent_id:5 AND (status:2 OR priority:>2)"</c>, in quotation marks, by pages of 30 of which there are ten.
/// </summary>
internal sealed class FreshdeskSearch(TicketDesk desk, TicketWriter writer)
{
    private const int PageSize = 30;
    private const int MostPages = 10;
    private const int LongestQuery = 512;

    public Answer Find(ApiRequest request)
    {
        var query = request.Ask("query") ?? "";
        var page = (int)(request.AskNumber("page") ?? 1);
        if (page is < 1 or > MostPages)
        {
            return FreshdeskRefusal.Invalid("page", $"It is a whole number from 1 to {MostPages}.", "invalid_value");
        }

        if (query.Length > LongestQuery || query is not ['"', .., '"'] || new Parser(query[1..^1]).Parse() is not { } isMeant)
        {
            return FreshdeskRefusal.Invalid("query", "It is a search in quotation marks, of 512 characters at most.", "invalid_value");
        }

        SandboxTicket[] found =
            [.. desk.ListAll().Where(ticket => ticket is { Status: not "deleted", IsArchived: false } && isMeant(ticket))];
        var results = found.OrderByDescending(ticket => ticket.CreatedAt)
            .Skip((page - 1) * PageSize)
            .Take(PageSize)
            .Select(ticket => System.Text.Json.JsonSerializer.SerializeToNode(
                writer.Write(ticket, [], isWhole: false), FreshdeskJson.Default.TicketWire));
        return Answer.Json<JsonNode>(
            new JsonObject { ["results"] = new JsonArray([.. results]), ["total"] = found.Length }, FreshdeskJson.Default.JsonNode);
    }

    /// <summary>AND binds as tightly as OR: the vendor's language has parentheses for the rest.</summary>
    private sealed class Parser(string query)
    {
        private int at;

        public Func<SandboxTicket, bool>? Parse()
        {
            var whole = ReadChain();
            SkipBlanks();
            return at == query.Length ? whole : null;
        }

        private Func<SandboxTicket, bool>? ReadChain()
        {
            var left = ReadOne();
            while (left is not null)
            {
                var before = left;
                if (TryTake("AND "))
                {
                    left = ReadOne() is { } right ? ticket => before(ticket) && right(ticket) : null;
                }
                else if (TryTake("OR "))
                {
                    left = ReadOne() is { } right ? ticket => before(ticket) || right(ticket) : null;
                }
                else
                {
                    return left;
                }
            }

            return null;
        }

        private Func<SandboxTicket, bool>? ReadOne()
        {
            if (TryTake("("))
            {
                var inner = ReadChain();
                return TryTake(")") ? inner : null;
            }

            SkipBlanks();
            var end = query.AsSpan(at).IndexOfAny(' ', ')');
            var word = end < 0 ? query[at..] : query[at..(at + end)];
            at += word.Length;
            return word.Split(':', 2) is [var field, var value] ? ReadCondition(field, value) : null;
        }

        private static Func<SandboxTicket, bool>? ReadCondition(string field, string value)
        {
            var sign = value is ['<' or '>', ..] ? value[0] : '=';
            var text = (sign == '=' ? value : value[1..]).Trim('\'');
            Func<SandboxTicket, long?>? read = field switch
            {
                "status" => ticket => FreshdeskWords.StatusOf(ticket).Code,
                "priority" => ticket => FreshdeskWords.PriorityOf(ticket).Code,
                "agent_id" => ticket => ticket.AssigneeId,
                "group_id" => ticket => ticket.GroupId,
                "created_at" => ticket => DayOf(ticket.CreatedAt),
                "updated_at" => ticket => DayOf(ticket.UpdatedAt),
                _ => null,
            };
            if (field is "tag" or "type")
            {
                return field == "tag" ? ticket => ticket.Tags.Contains(text) : ticket => ticket.Type == text;
            }

            if (read is null || ReadNumber(text) is not { } number)
            {
                return text == "null" && read is not null ? ticket => read(ticket) is null : null;
            }

            // The vendor's < and > take the value itself in.
            return sign switch
            {
                '<' => ticket => read(ticket) <= number,
                '>' => ticket => read(ticket) >= number,
                _ => ticket => read(ticket) == number,
            };
        }

        private static long? ReadNumber(string text) =>
            long.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out var number) ? number
            : DateOnly.TryParseExact(text, "yyyy-MM-dd", CultureInfo.InvariantCulture, DateTimeStyles.None, out var day) ? day.DayNumber
            : null;

        private static long DayOf(DateTimeOffset time) => DateOnly.FromDateTime(time.UtcDateTime).DayNumber;

        private bool TryTake(string word)
        {
            SkipBlanks();
            if (!query.AsSpan(at).StartsWith(word, StringComparison.OrdinalIgnoreCase))
            {
                return false;
            }

            at += word.Length;
            return true;
        }

        private void SkipBlanks()
        {
            while (at < query.Length && query[at] == ' ')
            {
                at++;
            }
        }
    }
}
