using System.Security.Cryptography;
using System.Text;
using System.Text.Json;

namespace TicketTriage.Helpdesks.Freshdesk;

/// <summary>
/// A ticket's version. Freshdesk has none: its <c>updated_at</c> counts whole seconds, and its own rules change a ticket in the very
/// second in which it arrives and is read. So the version is <c>updated_at</c> to the letter and a print of what this service could
/// overwrite; two versions are the same only where both are.
/// </summary>
internal static class FreshdeskStamp
{
    private const int PrintBytes = 6;

    /// <param name="updatedAt">The ticket's; without it an answer is none.</param>
    public static string Of(FreshdeskTicket ticket, string updatedAt) => $"{updatedAt}#{Print(ticket)}";

    /// <summary>The print alone: whether two answers about a ticket agree on everything but the time.</summary>
    public static string Print(FreshdeskTicket ticket)
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
        text.AppendJoin('\n', ours);

        Span<byte> hash = stackalloc byte[SHA256.HashSizeInBytes];
        SHA256.HashData(Encoding.UTF8.GetBytes(text.ToString()), hash);
        return Convert.ToHexStringLower(hash[..PrintBytes]);
    }
}
