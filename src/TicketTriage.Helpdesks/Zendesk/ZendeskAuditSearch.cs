using System.Text.Json;

namespace TicketTriage.Helpdesks.Zendesk;

/// <summary>Finds the traces of a triage in a ticket's audits: the metadata that its change carried, and its id in the note.</summary>
internal static class ZendeskAuditSearch
{
    /// <summary>How far Zendesk's clock and ours may lie apart.</summary>
    private static readonly TimeSpan ClockDifference = TimeSpan.FromHours(1);

    /// <summary>The first proof: only a change of ours carries it.</summary>
    public static bool CarriesMark(ZendeskAudit audit, Guid triageId) =>
        audit.Metadata is { } metadata
        && Member(metadata, "custom") is { } custom
        && Member(custom, "ticket_triage") is { } ours
        && Member(ours, "triage") is { ValueKind: JsonValueKind.String } mark
        && mark.TryGetGuid(out var id)
        && id == triageId;

    /// <summary>The second: a private note that shows the id. Weaker, as an agent may quote the note.</summary>
    public static bool ShowsIdInNote(ZendeskAudit audit, string triageId)
    {
        if (audit.Events is not { ValueKind: JsonValueKind.Array } events)
        {
            return false;
        }

        foreach (var change in events.EnumerateArray())
        {
            if (IsWord(change, "type", "Comment")
                && Member(change, "public") is { ValueKind: JsonValueKind.False }
                && (Shows(change, "html_body", triageId) || Shows(change, "body", triageId)))
            {
                return true;
            }
        }

        return false;
    }

    /// <summary>True when the page ends so long before the triage that no later page can hold a trace of it.</summary>
    /// <param name="page">Newest first; archived tickets are said to take no order, and then nothing can be concluded.</param>
    public static bool IsOlderFromHereOn(IReadOnlyList<ZendeskAudit> page, Guid triageId)
    {
        if (page.Count == 0 || triageId.Version != 7)
        {
            return false;
        }

        var newest = ZendeskWords.Moment(page[0].CreatedAt);
        var oldest = ZendeskWords.Moment(page[^1].CreatedAt);
        return oldest <= newest && oldest != DateTimeOffset.MinValue && oldest + ClockDifference < CreationOf(triageId);
    }

    // A version 7 id begins with the milliseconds since 1970, 48 bits of them.
    private static DateTimeOffset CreationOf(Guid id)
    {
        Span<byte> bytes = stackalloc byte[16];
        id.TryWriteBytes(bytes, bigEndian: true, out _);
        var milliseconds = 0L;
        foreach (var part in bytes[..6])
        {
            milliseconds = (milliseconds << 8) | part;
        }

        return DateTimeOffset.FromUnixTimeMilliseconds(milliseconds);
    }

    private static bool IsWord(JsonElement holder, string name, string word) =>
        Member(holder, name) is { ValueKind: JsonValueKind.String } text && text.ValueEquals(word);

    // Searched as it stands in the JSON: the id's letters are never escaped, and broken text elsewhere in the note can't hurt.
    private static bool Shows(JsonElement holder, string name, string triageId) =>
        Member(holder, name) is { ValueKind: JsonValueKind.String } text
        && text.GetRawText().Contains(triageId, StringComparison.OrdinalIgnoreCase);

    private static JsonElement? Member(JsonElement holder, string name) =>
        holder.ValueKind == JsonValueKind.Object && holder.TryGetProperty(name, out var member) ? member : null;
}
