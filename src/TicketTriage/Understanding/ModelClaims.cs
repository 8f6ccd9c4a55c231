using TicketTriage.Tickets;

namespace TicketTriage.Understanding;

/// <summary>
/// Holds what a model says against the local provider, whom no sentence commands. A ticket may talk the model into anything on its
/// closed lists; what nothing in the ticket's own words speaks for is then not believed, whether or not the attempt was noticed.
/// </summary>
internal static class ModelClaims
{
    /// <param name="asked">The model's answer.</param>
    /// <param name="own">The local provider's, on the same ticket.</param>
    /// <param name="isSuspect">True where the ticket gives orders to software, some of which may have stayed in its text.</param>
    public static TicketUnderstanding Weigh(TicketUnderstanding asked, TicketUnderstanding own, bool isSuspect)
    {
        var isSameIntent = asked.Intent.Value == own.Intent.Value;
        var isUnheardOf = asked.Intent.Value != Finding.Unclear && own.Nearest.Count > 0 && !own.Nearest.Contains(asked.Intent.Value);
        if (isUnheardOf || (isSuspect && !isSameIntent))
        {
            return own with
            {
                StandsInBecause = $"{asked.Provider} read {asked.Intent.Value}, for which the words of the ticket don't speak.",
                InputTokens = asked.InputTokens,
                OutputTokens = asked.OutputTokens,
            };
        }

        return isSuspect ? asked with { Signals = [.. asked.Signals.Where(own.Signals.Contains)], Sentiment = own.Sentiment } : asked;
    }
}
