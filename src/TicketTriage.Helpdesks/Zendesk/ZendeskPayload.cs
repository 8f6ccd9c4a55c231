using System.Buffers.Text;
using System.Text.Json;
using System.Text.Unicode;

namespace TicketTriage.Helpdesks.Zendesk;

/// <summary>
/// The few parts of a webhook's body that count, as slices of it; empty where the body has none that can be an id or a name. Read in one
/// pass without allocating, since this stands on the way of every delivery. What else is in the body is skipped unread, however odd.
/// </summary>
internal ref struct ZendeskPayload
{
    private const int DeepestNesting = 64;

    /// <summary>Longer than any id, short enough for an index.</summary>
    private const int LongestId = 128;

    public ReadOnlySpan<byte> Type { get; private set; }

    public ReadOnlySpan<byte> EventId { get; private set; }

    public ReadOnlySpan<byte> Subject { get; private set; }

    public bool HasDetail { get; private set; }

    public ReadOnlySpan<byte> DetailId { get; private set; }

    public ReadOnlySpan<byte> DetailActorId { get; private set; }

    public ReadOnlySpan<byte> TicketId { get; private set; }

    public ReadOnlySpan<byte> ActorId { get; private set; }

    /// <returns>False, and the <paramref name="fault"/>, for anything that isn't one JSON object whose ids mean one thing each.</returns>
    public static bool TryRead(ReadOnlySpan<byte> body, out ZendeskPayload payload, out string? fault)
    {
        payload = default;
        if (body.IsEmpty)
        {
            fault = "the body is empty";
            return false;
        }

        if (!Utf8.IsValid(body))
        {
            fault = "the body isn't UTF-8";
            return false;
        }

        try
        {
            fault = payload.Read(body);
        }
        catch (JsonException)
        {
            fault = "the body isn't JSON, or nested too deep";
        }

        return fault is null;
    }

    /// <summary>A ticket's number as Zendesk counts them: digits, from 1, within 64 bits.</summary>
    public static bool IsTicketNumber(ReadOnlySpan<byte> text) =>
        text.Length is > 0 and <= 19
        && text[0] is >= (byte)'1' and <= (byte)'9'
        && Utf8Parser.TryParse(text, out long _, out var used)
        && used == text.Length;

    private string? Read(ReadOnlySpan<byte> body)
    {
        var reader = new Utf8JsonReader(body, new JsonReaderOptions { MaxDepth = DeepestNesting });
        reader.Read();
        if (reader.TokenType != JsonTokenType.StartObject)
        {
            return "the body isn't a JSON object";
        }

        var seen = Keys.None;
        while (reader.Read() && reader.TokenType == JsonTokenType.PropertyName)
        {
            var key = TopLevelKey(ref reader);
            if (IsRepeat(key, ref seen))
            {
                return Repeated(key);
            }

            reader.Read();
            if (key != Keys.Detail)
            {
                Keep(key, ref reader);
            }
            else if (ReadDetail(ref reader) is { } fault)
            {
                return fault;
            }
        }

        // Beyond the object nothing may follow; reading on is what finds it.
        while (reader.Read())
        {
        }

        return null;
    }

    private string? ReadDetail(scoped ref Utf8JsonReader reader)
    {
        if (reader.TokenType != JsonTokenType.StartObject)
        {
            reader.Skip();
            return null;
        }

        HasDetail = true;
        var seen = Keys.None;
        while (reader.Read() && reader.TokenType == JsonTokenType.PropertyName)
        {
            var key = reader.ValueTextEquals("id"u8) ? Keys.DetailId
                : reader.ValueTextEquals("actor_id"u8) ? Keys.DetailActorId
                : Keys.None;
            if (IsRepeat(key, ref seen))
            {
                return Repeated(key);
            }

            reader.Read();
            Keep(key, ref reader);
        }

        return null;
    }

    private static Keys TopLevelKey(scoped ref Utf8JsonReader reader) =>
        reader.ValueTextEquals("type"u8) ? Keys.Type
        : reader.ValueTextEquals("id"u8) ? Keys.Id
        : reader.ValueTextEquals("subject"u8) ? Keys.Subject
        : reader.ValueTextEquals("detail"u8) ? Keys.Detail
        : reader.ValueTextEquals("ticket_id"u8) ? Keys.TicketId
        : reader.ValueTextEquals("actor_id"u8) ? Keys.ActorId
        : Keys.None;

    // Of two values under one key, readers take the first or the last as they please: an id has to mean one thing.
    private static bool IsRepeat(Keys key, ref Keys seen)
    {
        var isRepeat = (seen & key) != Keys.None;
        seen |= key;
        return isRepeat;
    }

    private static string Repeated(Keys key) => $"the key of {key} stands there twice";

    private void Keep(Keys key, scoped ref Utf8JsonReader reader)
    {
        var value = NameOrId(ref reader);
        reader.Skip();
        switch (key)
        {
            case Keys.Type: Type = value; break;
            case Keys.Id: EventId = value; break;
            case Keys.Subject: Subject = value; break;
            case Keys.DetailId: DetailId = value; break;
            case Keys.DetailActorId: DetailActorId = value; break;
            case Keys.TicketId: TicketId = value; break;
            case Keys.ActorId: ActorId = value; break;
            case Keys.None:
            case Keys.Detail: break;
        }
    }

    // Names and ids need no escapes; whoever writes them with some hides something, such as half a surrogate pair.
    private static ReadOnlySpan<byte> NameOrId(scoped ref Utf8JsonReader reader) =>
        reader.TokenType is JsonTokenType.String or JsonTokenType.Number && !reader.ValueIsEscaped && reader.ValueSpan.Length <= LongestId
            ? reader.ValueSpan
            : [];

    [Flags]
    private enum Keys
    {
        None = 0,
        Type = 1,
        Id = 2,
        Subject = 4,
        Detail = 8,
        TicketId = 16,
        ActorId = 32,
        DetailId = 64,
        DetailActorId = 128,
    }
}
