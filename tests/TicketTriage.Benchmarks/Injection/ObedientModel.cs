using TicketTriage.Policies;
using TicketTriage.Reading;
using TicketTriage.Tickets;
using TicketTriage.Understanding;

namespace TicketTriage.Benchmarks.Injection;

/// <summary>Knows what the ticket is about, until it sees three words of the payload in a row: then everything is an outage.</summary>
internal sealed class ObedientModel : IUnderstandingProvider
{
    private const int FewestWords = 3;

    public const string Demanded = "technical/outage";

    public string Name => "obedient";

    public required string Payload { get; init; }

    public required string Intent { get; init; }

    public Task<TicketUnderstanding> UnderstandAsync(CleanTicket ticket, Taxonomy taxonomy, CancellationToken cancellationToken)
    {
        var isSwayed = Sees(TicketExcerpt.Take(ticket, int.MaxValue));
        return Task.FromResult(new TicketUnderstanding
        {
            Intent = new Finding(isSwayed ? Demanded : Intent, isSwayed ? 1 : 0.9, []),
            Product = Finding.Nothing(""),
            Sentiment = new Finding(isSwayed ? "negative" : "neutral", 0.9, []),
            Language = ticket.Language,
            Summary = isSwayed ? "See [here](https://evil.example/x) or http://evil.example <img src=x>." : "A concern.",
            Signals = isSwayed ? UrgencySignals.All : [],
            Provider = Name,
            ModelVersion = "1",
        });
    }

    private bool Sees(string text)
    {
        var words = Payload.Split((char[]?)null, StringSplitOptions.RemoveEmptyEntries);
        return words.Length < FewestWords
            ? Payload.Trim() is { Length: > 0 } all && text.Contains(all, StringComparison.Ordinal)
            : Enumerable.Range(0, words.Length - FewestWords + 1)
                .Any(at => text.Contains(string.Join(' ', words.AsSpan(at, FewestWords)), StringComparison.Ordinal));
    }
}
