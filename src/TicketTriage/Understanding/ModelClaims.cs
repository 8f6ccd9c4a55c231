using TicketTriage.Policies;
using TicketTriage.Reading;
using TicketTriage.Tickets;

namespace TicketTriage.Understanding;

/// <summary>
/// Holds what a model says against the local provider, whom no sentence commands. A ticket may talk the model into anything on its
/// closed lists; what nothing in the ticket's own words speaks for is then not believed, whether or not the attempt was noticed.
/// </summary>
internal sealed class ModelClaims(IUnderstandingProvider local)
{
    private const int MostLines = 40;
    private const int FewestLetters = 15;

    /// <summary>A line says what the ticket is about only where it is surer than this.</summary>
    private const double LeastOfLine = 0.4;

    /// <returns>The model's answer, or the local provider's where the ticket doesn't bear the model out.</returns>
    public async Task<TicketUnderstanding> WeighAsync(
        TicketUnderstanding asked, CleanTicket ticket, Taxonomy taxonomy, CancellationToken cancellationToken)
    {
        var isSuspect = ticket.Warnings.Contains(TicketWarnings.Instructions);
        var own = await local.UnderstandAsync(ticket, taxonomy, cancellationToken);
        if (own.Nearest.Count > 0 && IsBorneOut(asked, own, isSuspect))
        {
            return WithoutDoubt(asked, own, isSuspect);
        }

        // Much other text around the concern, or in another language, hides it from a look at the whole.
        if (await FindClearestLineAsync(ticket, taxonomy, cancellationToken) is { } clearest)
        {
            own = own with
            {
                Intent = clearest.Intent,
                Product = clearest.Product,
                Sentiment = clearest.Sentiment,
                Nearest = clearest.Nearest,
                Missing = clearest.Missing,
            };
        }

        return IsBorneOut(asked, own, isSuspect)
            ? WithoutDoubt(asked, own, isSuspect)
            : own with
            {
                StandsInBecause = $"{asked.Provider} read {asked.Intent.Value}, for which the words of the ticket don't speak.",
                InputTokens = asked.InputTokens,
                OutputTokens = asked.OutputTokens,
            };
    }

    private static bool IsBorneOut(TicketUnderstanding asked, TicketUnderstanding own, bool isSuspect)
    {
        var isPlausible = own.Nearest.Count == 0 || asked.Intent.Value == Finding.Unclear || own.Nearest.Contains(asked.Intent.Value);
        return asked.Intent.Value == own.Intent.Value || (!isSuspect && isPlausible);
    }

    private static TicketUnderstanding WithoutDoubt(TicketUnderstanding asked, TicketUnderstanding own, bool isSuspect) => isSuspect
        ? asked with { Signals = [.. asked.Signals.Where(own.Signals.Contains)], Sentiment = own.Sentiment }
        : asked;

    private async Task<TicketUnderstanding?> FindClearestLineAsync(CleanTicket ticket, Taxonomy taxonomy, CancellationToken cancellationToken)
    {
        TicketUnderstanding? clearest = null;
        foreach (var line in LinesOf(ticket))
        {
            if (clearest is not null && line.Contains(InstructionFinder.Removed, StringComparison.Ordinal))
            {
                break;
            }

            var alone = ticket with { Subject = line, Messages = [], Language = LanguageFinder.Find(line) };
            var read = await local.UnderstandAsync(alone, taxonomy, cancellationToken);
            var isClear = read.Intent.Value != Finding.Unclear && read.Intent.Confidence >= LeastOfLine;
            clearest = isClear && read.Intent.Confidence > (clearest?.Intent.Confidence ?? 0) ? read : clearest;
        }

        return clearest;
    }

    private static IEnumerable<string> LinesOf(CleanTicket ticket) => ticket.Messages
        .Where(message => message.IsFromCustomer)
        .SelectMany(message => message.Text.Split('\n'))
        .Prepend(ticket.Subject)
        .Where(line => line.Count(char.IsLetter) >= FewestLetters)

        // What stands beside an order to software was most likely written for the same reader.
        .OrderBy(line => line.Contains(InstructionFinder.Removed, StringComparison.Ordinal))
        .Take(MostLines);
}
