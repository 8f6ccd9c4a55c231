using Microsoft.Extensions.Logging;
using TicketTriage.Policies;
using TicketTriage.Reading;
using TicketTriage.Tickets;
using TicketTriage.Understanding.Local;

namespace TicketTriage.Understanding;

/// <summary>Understands every ticket: by the model where one is configured and answers, else in this process.</summary>
/// <param name="local">Needs nothing from outside.</param>
/// <param name="model">Asked first; <see langword="null"/> where none is configured.</param>
public sealed partial class Understander(IUnderstandingProvider local, IUnderstandingProvider? model, ILogger<Understander> logger)
{
    private const int MostCharactersForFields = 20_000;

    private readonly ModelClaims claims = new(local);

    /// <summary>The service key of the provider that works in this process.</summary>
    public const string Local = "local";

    /// <exception cref="UnderstandingFailedException">The local provider failed too.</exception>
    public async Task<TicketUnderstanding> UnderstandAsync(CleanTicket ticket, Taxonomy taxonomy, CancellationToken cancellationToken)
    {
        var understanding = model is null
            ? await local.UnderstandAsync(ticket, taxonomy, cancellationToken)
            : await AskModelAsync(model, ticket, taxonomy, cancellationToken);

        if (understanding.Provider != local.Name)
        {
            understanding = await claims.WeighAsync(understanding, ticket, taxonomy, cancellationToken);
        }

        return understanding with
        {
            Language = ChooseLanguage(ticket.Language, understanding.Language),
            Fields = taxonomy.ReadFields(
                ticket.CustomerText(MostCharactersForFields), taxonomy.FindIntent(understanding.Intent.Value)?.Needs ?? []),
            Mood = MoodReader.Read(ticket),
            Summary = ModelSummary.WithoutLinks(understanding.Summary),
            Signals = [.. understanding.Signals.Concat(ticket.Warnings).Distinct()],
        };
    }

    private async Task<TicketUnderstanding> AskModelAsync(
        IUnderstandingProvider asked, CleanTicket ticket, Taxonomy taxonomy, CancellationToken cancellationToken)
    {
        try
        {
            return await asked.UnderstandAsync(ticket, taxonomy, cancellationToken);
        }
        catch (UnderstandingFailedException exception)
        {
            StandsIn(ticket.Id, local.Name, asked.Name, exception.Message);
            var understanding = await local.UnderstandAsync(ticket, taxonomy, cancellationToken);
            return understanding with { StandsInBecause = exception.Message };
        }
    }

    // Words counted here are a better witness of the language than a guess from afar, unless there were too few of them.
    private static Finding ChooseLanguage(Finding counted, Finding guessed)
    {
        var isSure = counted.Value != Finding.Unclear && counted.Confidence >= LanguageFinder.Unsure;
        return isSure || guessed.Value == Finding.Unclear ? counted : guessed;
    }

    [LoggerMessage(LogLevel.Warning, "Ticket {Ticket} is understood by {StandIn} in place of {Asked}: {Reason}")]
    private partial void StandsIn(TicketId ticket, string standIn, string asked, string reason);
}
