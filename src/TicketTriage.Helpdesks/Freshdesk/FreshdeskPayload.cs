using System.Globalization;
using System.Text;
using System.Text.Json;
using System.Text.RegularExpressions;

namespace TicketTriage.Helpdesks.Freshdesk;

/// <summary>
/// The few parts of a webhook's body that count. An administrator writes it, and Freshdesk puts its values in as they are: numbers or
/// texts, display words, and often quotes and line breaks that break the JSON. Then only the ticket's id is looked for.
/// </summary>
/// <param name="TicketNumber">Digits.</param>
/// <param name="Event">The first word of what has happened, such as <c>status</c>; never a customer's.</param>
/// <param name="HasTime">The body says, to the second, when the ticket was changed: bodies of two events then differ.</param>
internal sealed record FreshdeskPayload(string TicketNumber, string? Event, bool HasTime)
{
    private const string Wrapper = "freshdesk_webhook";
    private const int LongestTime = 64;

    private static readonly string[] IdNames = ["ticket_id", "ticket_id_numeric"];
    private static readonly string[] EventNames = ["triggered_event", "event"];
    private static readonly string[] TimeNames = ["updated_at", "modified_on", "ticket_updated_at", "ticket_modified_on"];

    private static readonly JsonDocumentOptions Lenient = new() { AllowTrailingCommas = true, CommentHandling = JsonCommentHandling.Skip };

    public static bool TryRead(ReadOnlySpan<byte> body, out FreshdeskPayload? payload, out string fault)
    {
        // What isn't UTF-8 is replaced: the id is.
        var text = Encoding.UTF8.GetString(body).TrimStart('\uFEFF');
        var found = new Findings();
        try
        {
            using var json = JsonDocument.Parse(text, Lenient);
            if (json.RootElement.ValueKind == JsonValueKind.Object)
            {
                found.Read(json.RootElement);
            }
        }
        catch (JsonException)
        {
            found.Search(text);
        }

        payload = found.Ids.Count == 1 ? new FreshdeskPayload(found.Ids.First(), found.Event, found.HasTime) : null;
        fault = found.Ids.Count switch
        {
            0 => "the body has no ticket_id that is a number; it needs \"ticket_id\":\"{{ticket.id}}\"",
            1 => "",
            _ => "the body names more than one ticket_id; leave texts that customers write out of it",
        };
        return payload is not null;
    }

    private sealed class Findings
    {
        public HashSet<string> Ids { get; } = new(StringComparer.Ordinal);

        public string? Event { get; private set; }

        public bool HasTime { get; private set; }

        /// <summary>Reads a body that is JSON, where the simple form wraps everything once.</summary>
        public void Read(JsonElement root)
        {
            foreach (var member in root.EnumerateObject())
            {
                if (member.Value.ValueKind == JsonValueKind.Object && member.NameEquals(Wrapper))
                {
                    Read(member.Value);
                }
                else if (member.Value.ValueKind == JsonValueKind.Object && member.NameEquals("ticket"))
                {
                    ReadTicket(member.Value);
                }
                else
                {
                    Keep(member);
                }
            }
        }

        /// <summary>Looks through a body that isn't JSON for members with the id's name.</summary>
        public void Search(string text)
        {
            foreach (Match match in TicketId.Matches(text))
            {
                if (BeginsMember(text, match.Index))
                {
                    AddId(match.Groups["id"].Value);
                }
            }
        }

        // After a brace, a comma or on a line of its own; in the middle of words it is what somebody wrote.
        private static bool BeginsMember(string text, int at)
        {
            while (at > 0 && text[at - 1] is ' ' or '\t' or '\r')
            {
                at--;
            }

            return at == 0 || text[at - 1] is '{' or ',' or '\n';
        }

        private void ReadTicket(JsonElement ticket)
        {
            foreach (var member in ticket.EnumerateObject())
            {
                if (member.NameEquals("id"))
                {
                    AddId(TextOf(member.Value));
                }
                else
                {
                    Keep(member);
                }
            }
        }

        private void Keep(JsonProperty member)
        {
            if (IsOneOf(member, IdNames))
            {
                AddId(TextOf(member.Value));
            }
            else if (IsOneOf(member, EventNames))
            {
                var word = FirstWord.Match(TextOf(member.Value) ?? "").Groups["word"];
                Event ??= word.Success ? word.Value.ToLowerInvariant() : null;
            }
            else if (IsOneOf(member, TimeNames))
            {
                HasTime |= IsTimeWithSeconds(TextOf(member.Value));
            }
        }

        private void AddId(string? text)
        {
            var digits = text?.Trim().TrimStart('#');
            if (FreshdeskWords.IsId(digits, out var id))
            {
                Ids.Add(FreshdeskWords.Text(id));
            }
        }

        private static bool IsOneOf(JsonProperty member, string[] names) =>
            Array.Exists(names, name => string.Equals(member.Name, name, StringComparison.OrdinalIgnoreCase));

        private static string? TextOf(JsonElement value)
        {
            try
            {
                return value.ValueKind is JsonValueKind.String or JsonValueKind.Number ? value.ToString() : null;
            }
            catch (InvalidOperationException)
            {
                // Half a surrogate pair: neither id, word nor time.
                return null;
            }
        }

        // 10:00 is no such time: two answers of a customer may come within one minute.
        private static bool IsTimeWithSeconds(string? text) =>
            text is { Length: <= LongestTime }
            && ClockTime.IsMatch(text)
            && DateTimeOffset.TryParse(text, CultureInfo.InvariantCulture, DateTimeStyles.AssumeUniversal, out _);
    }

    // Whatever customers write goes through these: without backtracking, the time grows with the text and no faster.
    private const RegexOptions Linear =
        RegexOptions.NonBacktracking | RegexOptions.CultureInvariant | RegexOptions.IgnoreCase | RegexOptions.ExplicitCapture;

    private static readonly Regex TicketId = new("""
        "ticket_id"\s*:\s*"?\s*#?(?<id>[0-9]{1,19})\s*"?\s*(?:[,}\r\n]|\z)
        """, Linear);

    private static readonly Regex FirstWord = new("""^\W*(?<word>[A-Za-z_]{1,40})\W""", Linear);

    private static readonly Regex ClockTime = new("""\d:\d\d:\d\d""", Linear);
}
