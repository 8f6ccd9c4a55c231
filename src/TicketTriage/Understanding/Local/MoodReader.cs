using TicketTriage.Reading;

namespace TicketTriage.Understanding.Local;

/// <summary>Weighs the mood of each message of the customer, and compares the last with those before it.</summary>
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

    private static double Weigh(string text, CleanTicket ticket)
    {
        var words = TicketWords.Split(text.Length <= MostCharacters ? text : text[..MostCharacters]);
        var isFrustrated = Lists.Value.Signals.Read(words, ticket).Contains(UrgencySignals.Frustration);
        return Lists.Value.Sentiment.Weigh(words, isFrustrated);
    }

    private static double StrengthOf(double sum) => Math.Round(1 - Math.Exp(-Math.Abs(sum) / StrongSum), 2);

    private static string TrendOf(double change) => change switch
    {
        >= LeastChange => MoodTrends.Rising,
        <= -LeastChange => MoodTrends.Falling,
        _ => MoodTrends.Steady,
    };
}
