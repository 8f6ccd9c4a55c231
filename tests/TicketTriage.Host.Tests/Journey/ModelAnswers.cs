namespace TicketTriage.Host.Tests.Journey;

/// <summary>What a scripted model says about tickets.</summary>
internal static class ModelAnswers
{
    public const string LateOrder =
        """
        {
          "summary": "The customer waits for two kitchen stools.",
          "intent": { "value": "orders/late", "confidence": 0.9 },
          "product": { "value": "web-shop", "confidence": 0.8 },
          "sentiment": { "value": "negative", "confidence": 0.7 },
          "language": { "value": "en", "confidence": 0.99 },
          "signals": ["frustration"],
          "missing": ["order_number"]
        }
        """;
}
