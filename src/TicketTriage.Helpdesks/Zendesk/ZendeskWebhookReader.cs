using System.Buffers;
using System.Globalization;
using System.Security.Cryptography;
using System.Text;
using TicketTriage.Helpdesks.Webhooks;

namespace TicketTriage.Helpdesks.Zendesk;

/// <summary>
/// Checks Zendesk's signature, then reads either of its two bodies: the envelope of an event, or what an administrator wrote into a
/// trigger.
/// </summary>
/// <param name="previousSecret">Counts beside <paramref name="secret"/> while that is being rolled out.</param>
/// <param name="freshness">How far the signed time may lie from now, either way.</param>
internal sealed class ZendeskWebhookReader(string secret, string? previousSecret, TimeSpan freshness, TimeProvider clock) : IWebhookReader
{
    /// <summary>A service level clock of the ticket stands otherwise.</summary>
    public const string NextBreachEvent = "zen:event-type:ticket.next_sla_breach_changed";

    /// <summary>Another service level policy counts for the ticket.</summary>
    public const string PolicyEvent = "zen:event-type:ticket.sla_policy_changed";

    private const int LongestTimestamp = 64;

    private readonly byte[] key = Encoding.UTF8.GetBytes(secret);
    private readonly byte[] previousKey = Encoding.UTF8.GetBytes(previousSecret ?? "");

    public DeliveryVerdict Read(Func<string, IReadOnlyList<string?>> header, ReadOnlySpan<byte> body)
    {
        if (header(ZendeskSignature.Header) is not [{ Length: ZendeskSignature.Length } signature])
        {
            return DeliveryVerdict.NotGenuine(
                $"it needs exactly one header {ZendeskSignature.Header} of {ZendeskSignature.Length} letters");
        }

        if (header(ZendeskSignature.TimestampHeader) is not [{ Length: > 0 and <= LongestTimestamp } timestamp])
        {
            return DeliveryVerdict.NotGenuine($"it needs exactly one header {ZendeskSignature.TimestampHeader}");
        }

        var room = ArrayPool<byte>.Shared.Rent(Encoding.UTF8.GetMaxByteCount(timestamp.Length) + body.Length);
        try
        {
            var timestampBytes = Encoding.UTF8.GetBytes(timestamp, room);
            body.CopyTo(room.AsSpan(timestampBytes));
            var message = room.AsSpan(0, timestampBytes + body.Length);

            if (!IsSigned(signature, message))
            {
                return DeliveryVerdict.NotGenuine("its signature doesn't match");
            }

            return IsFresh(timestamp)
                ? ReadBody(message, timestampBytes)
                : DeliveryVerdict.NotGenuine($"its signed time is no time within {freshness} of now");
        }
        finally
        {
            ArrayPool<byte>.Shared.Return(room);
        }
    }

    private bool IsSigned(string signature, ReadOnlySpan<byte> message)
    {
        Span<byte> given = stackalloc byte[ZendeskSignature.Length];
        return Ascii.FromUtf16(signature, given, out _) == OperationStatus.Done
            && (ZendeskSignature.IsGood(given, key, message)
                || (previousKey.Length > 0 && ZendeskSignature.IsGood(given, previousKey, message)));
    }

    private bool IsFresh(string timestamp) =>
        DateTimeOffset.TryParse(
            timestamp, CultureInfo.InvariantCulture, DateTimeStyles.AssumeUniversal | DateTimeStyles.AdjustToUniversal, out var signedAt)
        && (clock.GetUtcNow() - signedAt).Duration() <= freshness;

    private static DeliveryVerdict ReadBody(ReadOnlySpan<byte> message, int bodyStart)
    {
        if (!ZendeskPayload.TryRead(message[bodyStart..], out var payload, out var fault))
        {
            return DeliveryVerdict.Unreadable(fault ?? "");
        }

        if (payload.HasDetail)
        {
            return payload.TicketId.IsEmpty
                ? ReadEvent(payload)
                : DeliveryVerdict.Unreadable("the body is an event and a trigger's at once");
        }

        return payload.TicketId.IsEmpty
            ? DeliveryVerdict.Unreadable("the body has neither the detail of an event nor a usable ticket_id")
            : ReadTrigger(payload, message);
    }

    private static DeliveryVerdict ReadEvent(ZendeskPayload payload)
    {
        if (payload.Type.IsEmpty)
        {
            return DeliveryVerdict.Unreadable("the event has no usable type");
        }

        var type = Encoding.UTF8.GetString(payload.Type).ToLowerInvariant();
        if (!type.StartsWith("zen:event-type:ticket.", StringComparison.Ordinal))
        {
            return DeliveryVerdict.OfNoConcern("the event is not about a ticket");
        }

        if (payload.EventId.IsEmpty)
        {
            return DeliveryVerdict.Unreadable("the event has no usable id");
        }

        if (!ZendeskPayload.IsTicketNumber(payload.DetailId))
        {
            return DeliveryVerdict.Unreadable("detail.id is no ticket's number");
        }

        // Other ids in the envelope have been taken for the ticket's: where the two places disagree, neither is believed.
        var prefix = "zen:ticket:"u8;
        if (payload.Subject.Length <= prefix.Length
            || !Ascii.EqualsIgnoreCase(payload.Subject[..prefix.Length], prefix)
            || !payload.Subject[prefix.Length..].SequenceEqual(payload.DetailId))
        {
            return DeliveryVerdict.Unreadable("the ticket in subject is not the one in detail.id");
        }

        return DeliveryVerdict.Genuine(new IncomingDelivery(
            $"event:{Encoding.UTF8.GetString(payload.EventId)}",
            Encoding.UTF8.GetString(payload.DetailId),
            type,
            TextOrNull(payload.DetailActorId))
        {
            TellsOfServiceLevels = type is NextBreachEvent or PolicyEvent,
        });
    }

    private static DeliveryVerdict ReadTrigger(ZendeskPayload payload, ReadOnlySpan<byte> message)
    {
        if (!ZendeskPayload.IsTicketNumber(payload.TicketId))
        {
            return DeliveryVerdict.Unreadable("ticket_id is no ticket's number");
        }

        // Nothing in such a body is unique; what was signed, body and time together, is.
        Span<byte> hash = stackalloc byte[SHA256.HashSizeInBytes];
        SHA256.HashData(message, hash);
        return DeliveryVerdict.Genuine(new IncomingDelivery(
            $"body:{Convert.ToHexStringLower(hash)}", Encoding.UTF8.GetString(payload.TicketId), "trigger", TextOrNull(payload.ActorId)));
    }

    private static string? TextOrNull(ReadOnlySpan<byte> text) => text.IsEmpty ? null : Encoding.UTF8.GetString(text);
}
