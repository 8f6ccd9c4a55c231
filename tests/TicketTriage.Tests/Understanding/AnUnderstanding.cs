using TicketTriage.Tickets;
using TicketTriage.Understanding;

namespace TicketTriage.Tests.Understanding;

/// <summary>Understandings for tests of what follows from them.</summary>
internal static class AnUnderstanding
{
    public static TicketUnderstanding Of(
        string intent, double confidence = 0.9, string language = "en", string sentiment = "neutral", params string[] signals) => new()
        {
            Intent = new Finding(intent, confidence, []),
            Product = Finding.Nothing("none"),
            Sentiment = new Finding(sentiment, 0.7, []),
            Language = new Finding(language, 0.99, []),
            Summary = "",
            Signals = signals,
            Provider = "local",
            ModelVersion = "1",
        };
}
