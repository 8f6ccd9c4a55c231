namespace TicketTriage.Helpdesks.Webhooks;

/// <summary>Checks and reads the deliveries of one helpdesk.</summary>
public interface IWebhookReader
{
    /// <summary>Checks who sent it first, reads it after. Never throws for what is inside <paramref name="body"/>.</summary>
    /// <param name="header">The values of a header by its name; empty where the request has none.</param>
    /// <param name="body">The raw bytes, untouched.</param>
    DeliveryVerdict Read(Func<string, IReadOnlyList<string?>> header, ReadOnlySpan<byte> body);
}
