using TicketTriage.Reading;

namespace TicketTriage.Understanding.Local;

/// <summary>Reads single messages of the customer: weighs the mood of each, and compares the last with those before it.</summary>
internal static class MoodReader
{
    private const int MostCharacters = 4_000;

    /// <summary>A sum that is as strong as words get in two thirds.</summary>
    private const double StrongSum = 3;

    /// <summary>What "good" carries: less than that is no change.</summary>
    private const double LeastChange = 1;

    private static readonly Lazy<(SentimentReader Sentiment, SignalReader Signals)> Lists = new(() =>
    {
        var sentiment = new SentimentReader(WordLists.LoadSentiment().Content);
        return (sentiment, new SignalReader(WordLists.LoadSignals().Content, sentiment.Negators));
    });

    public static Mood Read(CleanTicket ticket)
    {
        var sums = ticket.Messages
            .Where(message => message is { IsFromCustomer: true, IsPublic: true } && message.Text.Length > 0)
            .Select(message => Weigh(message.Text, ticket))
            .ToList();
        if (sums.Count == 0)
        {
            return new Mood(StrengthOf(Weigh(ticket.Subject, ticket)), null);
        }

        return new Mood(StrengthOf(sums[^1]), sums.Count == 1 ? null : TrendOf(sums[^1] - sums[..^1].Average()));
    }

    /// <summary>What speaks for haste in one text by its words alone, whatever was said before.</summary>
    /// <returns>Names from <see cref="UrgencySignals"/>.</returns>
    public static IReadOnlyList<string> SignalsIn(string text, CleanTicket ticket) => Lists.Value.Signals.Read(Split(text), ticket);

    private static double Weigh(string text, CleanTicket ticket)
    {
        var words = Split(text);
        var isFrustrated = Lists.Value.Signals.Read(words, ticket).Contains(UrgencySignals.Frustration);
        return Lists.Value.Sentiment.Weigh(words, isFrustrated);
    }

    private static IReadOnlyList<string> Split(string text) =>
        TicketWords.Split(text.Length <= MostCharacters ? text : text[..MostCharacters]);

    private static double StrengthOf(double sum) => Math.Round(1 - Math.Exp(-Math.Abs(sum) / StrongSum), 2);

    private static string TrendOf(double change) => change switch
    {
        >= LeastChange => MoodTrends.Rising,
        <= -LeastChange => MoodTrends.Falling,
        _ => MoodTrends.Steady,
    };
}
