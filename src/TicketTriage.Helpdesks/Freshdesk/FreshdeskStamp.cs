using System.Security.Cryptography;
using System.Text;
using System.Text.Json;

namespace TicketTriage.Helpdesks.Freshdesk;

/// <summary>
/// A ticket's version. Freshdesk has none: its <c>updated_at</c> counts whole seconds, and its own rules change a ticket, or its customer
/// adds to it, in the very second in which it was read. So the version is <c>updated_at</c> to the letter and a print of what this service
/// could overwrite and of when the customer last answered; two versions are the same only where all of it is. A ticket is always read
/// with its stats, as the print has to be the same wherever it is taken.
/// </summary>
internal static class FreshdeskStamp
{
    private const int PrintBytes = 6;

    /// <param name="ticket">Read with its stats.</param>
    /// <param name="updatedAt">The ticket's; without it an answer is none.</param>
    public static string Of(FreshdeskTicket ticket, string updatedAt) =>
        $"{updatedAt}#{Hash($"{Values(ticket)}\n{AnsweredAt(ticket)?.ToUnixTimeSeconds()}")}";

    /// <summary>When the customer last answered; <see langword="null"/> where that was never, or Freshdesk doesn't say.</summary>
    public static DateTimeOffset? AnsweredAt(FreshdeskTicket ticket) => FreshdeskWords.MomentOrNull(ticket.Stats?.RequesterRespondedAt);

    /// <summary>All that this service could overwrite: whether two answers about a ticket agree on it.</summary>
    public static string Values(FreshdeskTicket ticket)
    {
        var text = new StringBuilder();
        text.Append(ticket.Status).Append('\n').Append(ticket.Priority).Append('\n')
            .Append(ticket.GroupId).Append('\n').Append(ticket.ResponderId).Append('\n')
            .Append(ticket.Spam ?? false).Append(ticket.Deleted ?? false).Append('\n')
            .AppendJoin('\n', (ticket.Tags ?? []).OfType<string>().Order(StringComparer.Ordinal)).Append('\n');

        // Others may be shown by one call and not by another.
        var ours = from field in ticket.CustomFields ?? new Dictionary<string, JsonElement>()
                   where field.Key.StartsWith(FreshdeskFields.Prefix, StringComparison.Ordinal)
                       && field.Value.ValueKind is not (JsonValueKind.Null or JsonValueKind.Undefined)
                   orderby field.Key
                   select $"{field.Key}={field.Value}";
        return text.AppendJoin('\n', ours).ToString();
    }

    private static string Hash(string text)
    {
        Span<byte> hash = stackalloc byte[SHA256.HashSizeInBytes];
        SHA256.HashData(Encoding.UTF8.GetBytes(text), hash);
        return Convert.ToHexStringLower(hash[..PrintBytes]);
    }
}
