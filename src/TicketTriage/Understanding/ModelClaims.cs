using TicketTriage.Policies;
using TicketTriage.Reading;
using TicketTriage.Tickets;
using TicketTriage.Understanding.Local;

namespace TicketTriage.Understanding;

/// <summary>
/// Holds what a model says against the local provider, whom no sentence commands. A ticket may talk the model into anything on its
/// closed lists; what nothing in the ticket's own words speaks for is then not believed, whether or not the attempt was noticed.
/// </summary>
internal sealed class ModelClaims(IUnderstandingProvider local)
{
    private const int MostLines = 40;
    private const int FewestLetters = 15;

    /// <summary>Surer than this, the local provider has no doubt that a model could resolve.</summary>
    private const double NoDoubt = 0.6;

    /// <summary>A line that is surer than this says what the ticket is about, and lines that aren't have no say beside it.</summary>
    private const double ClearLine = 0.7;

    /// <returns>The model's answer, or the local provider's where the ticket doesn't bear the model out.</returns>
    public async Task<TicketUnderstanding> WeighAsync(
        TicketUnderstanding asked, CleanTicket ticket, Taxonomy taxonomy, CancellationToken cancellationToken)
    {
        var isSuspect = ticket.Warnings.Contains(TicketWarnings.Instructions);
        var whole = await local.UnderstandAsync(ticket, taxonomy, cancellationToken);
        if (whole.Nearest.Count > 0 && asked.Intent.Value == whole.Intent.Value)
        {
            return isSuspect ? WithoutDoubt(asked, whole) : asked;
        }

        var (concern, hasStrays) = await FindConcernAsync(ticket, taxonomy, cancellationToken);
        var own = concern is null ? whole : whole with
        {
            Intent = concern.Intent,
            Product = concern.Product,
            Sentiment = concern.Sentiment,
            Nearest = concern.Nearest,
            Likely = concern.Likely,
            Missing = concern.Missing,
            Summary = concern.Summary,
        };

        if (IsBorneOut(asked, own, isSuspect, hasStrays))
        {
            return isSuspect || hasStrays ? WithoutDoubt(asked, own) : asked;
        }

        return own with
        {
            StandsInBecause = $"{asked.Provider} read {asked.Intent.Value}, for which the words of the ticket don't speak.",
            InputTokens = asked.InputTokens,
            OutputTokens = asked.OutputTokens,
        };
    }

    private static bool IsBorneOut(TicketUnderstanding asked, TicketUnderstanding own, bool isSuspect, bool hasStrays)
    {
        if (asked.Intent.Value == own.Intent.Value)
        {
            return true;
        }

        // Who claims a haste that the ticket's words don't show has to name an intent that they do.
        var possible = asked.Signals.All(own.Signals.Contains) ? own.Nearest : own.Likely;
        var isPlausible = own.Nearest.Count == 0 || asked.Intent.Value == Finding.Unclear || possible.Contains(asked.Intent.Value);

        // Where all of a ticket is about something, nothing in it is left that could have talked the model into anything.
        return !isSuspect && isPlausible && (!hasStrays || own.Intent.Value == Finding.Unclear || own.Intent.Confidence < NoDoubt);
    }

    private static TicketUnderstanding WithoutDoubt(TicketUnderstanding asked, TicketUnderstanding own) =>
        asked with { Signals = [.. asked.Signals.Where(own.Signals.Contains)], Sentiment = own.Sentiment };

    /// <summary>
    /// Reads the ticket without its strays: lines that are about no intent at all, as one is that is meant for the model. Much other text
    /// around the concern, or in another language, hides it from a look at the whole.
    /// </summary>
    private async Task<(TicketUnderstanding? Concern, bool HasStrays)> FindConcernAsync(
        CleanTicket ticket, Taxonomy taxonomy, CancellationToken cancellationToken)
    {
        var clear = new List<string>();
        var kept = new List<string>();
        var hasStrays = false;
        foreach (var line in LinesOf(ticket))
        {
            // What stands beside an order to software was most likely written for the same reader.
            if (clear.Count > 0 && line.Contains(InstructionFinder.Removed, StringComparison.Ordinal))
            {
                break;
            }

            var read = await ReadAsync(line, ticket, taxonomy, cancellationToken);
            if (read.Intent.Value == Finding.Unclear)
            {
                hasStrays = true;
                continue;
            }

            kept.Add(line);
            if (read.Intent.Confidence >= ClearLine)
            {
                clear.Add(line);
            }
        }

        kept = clear.Count > 0 ? clear : kept;
        return kept.Count == 0
            ? (null, hasStrays)
            : (await ReadAsync(string.Join('\n', kept), ticket, taxonomy, cancellationToken), hasStrays);
    }

    private Task<TicketUnderstanding> ReadAsync(string text, CleanTicket ticket, Taxonomy taxonomy, CancellationToken cancellationToken) =>
        local.UnderstandAsync(
            ticket with { Subject = text, Messages = [], Language = LanguageFinder.Find(text) }, taxonomy, cancellationToken);

    private static IEnumerable<string> LinesOf(CleanTicket ticket)
    {
        var messages = ticket.Messages.Where(message => message.IsFromCustomer).ToList();
        var files = messages.SelectMany(message => message.Attachments).Select(file => file.Text);
        string[] texts = [ticket.Subject, .. messages.Select(message => message.Text), .. files];
        var lines = texts.SelectMany(text => text.Split('\n')).Where(IsTelling).ToList();

        // Markup may have run the concern together with what is foreign to it.
        var parts = lines.SelectMany(line => HasForeignLetters(line) ? KeySentences.Split(line).Where(IsTelling) : [line]);
        return parts.OrderBy(line => line.Contains(InstructionFinder.Removed, StringComparison.Ordinal)).Take(MostLines);
    }

    private static bool HasForeignLetters(string line) =>
        line.Any(letter => letter is >= '\u0370' and < '\u1E00' && char.IsLetter(letter));

    private static bool IsTelling(string line) => line.Count(char.IsLetter) >= FewestLetters && KeySentences.IsTelling(line);
}
