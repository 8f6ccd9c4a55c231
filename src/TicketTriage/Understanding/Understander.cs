using Microsoft.Extensions.Logging;
using TicketTriage.Policies;
using TicketTriage.Reading;
using TicketTriage.Tickets;
using TicketTriage.Understanding.Local;

namespace TicketTriage.Understanding;

/// <summary>Understands every ticket: in this process, by the model, or by both, as <see cref="UnderstandingMode"/> says.</summary>
/// <param name="local">Needs nothing from outside.</param>
/// <param name="model"><see langword="null"/> where none is configured.</param>
public sealed partial class Understander(
    IUnderstandingProvider local, IUnderstandingProvider? model, UnderstandingOptions options, ILogger<Understander> logger)
{
    private const int MostCharactersForFields = 20_000;

    private readonly ModelClaims claims = new(local);

    /// <summary>The service key of the provider that works in this process.</summary>
    public const string Local = "local";

    /// <summary>How the model's confidence and the local one's become one.</summary>
    public JointConfidence Confidence { get; init; } = JointConfidence.Unmeasured;

    /// <summary>ISO 639-1: the only languages that customers write in, whatever a model takes theirs for; empty for all.</summary>
    public IReadOnlyCollection<string> Languages { get; init; } = [];

    /// <exception cref="UnderstandingFailedException">The local provider failed.</exception>
    public async Task<TicketUnderstanding> UnderstandAsync(CleanTicket ticket, Taxonomy taxonomy, CancellationToken cancellationToken)
    {
        // Even where the model decides, the local model is its second witness; it costs less than a millisecond.
        var locally = await local.UnderstandAsync(ticket, taxonomy, cancellationToken);
        var understanding = model is null || IsEnough(locally)
            ? locally
            : await AskModelAsync(model, locally, ticket, taxonomy, cancellationToken);

        if (understanding.Provider != local.Name)
        {
            understanding = await claims.WeighAsync(understanding, ticket, taxonomy, cancellationToken);
        }

        var fields = FieldsOf(ticket, understanding, taxonomy);
        return understanding with
        {
            Language = ChooseLanguage(ticket.Language, understanding.Language),
            Risk = taxonomy.FindIntent(understanding.Intent.Value)?.Risk,
            Fields = fields,

            // A number that stands in a file is not missing, whoever looked for it in the messages alone.
            Missing = [.. understanding.Missing.Where(field => !fields.ContainsKey(field))],
            Mood = MoodReader.Read(ticket),
            Summary = ModelSummary.WithoutLinks(understanding.Summary),
            OwnWords = understanding.Provider == local.Name ? null : ModelSummary.WithoutLinks(locally.Summary),
            Signals =
            [
                .. understanding.Signals.Concat(PersonWish.In(locally)).Concat(ticket.Warnings).Concat(FileSignals.In(ticket)).Distinct(),
            ],
        };
    }

    /// <summary>A pattern that fits is sure; a model finds what no pattern does, such as a device.</summary>
    private static Dictionary<string, string> FieldsOf(CleanTicket ticket, TicketUnderstanding understanding, Taxonomy taxonomy)
    {
        var needs = taxonomy.FindIntent(understanding.Intent.Value)?.Needs ?? [];
        var fields = new Dictionary<string, string>(taxonomy.ReadFields(ticket.CustomerText(MostCharactersForFields), needs));
        foreach (var (name, value) in understanding.Fields.Where(field => needs.Contains(field.Key)))
        {
            fields.TryAdd(name, value);
        }

        return fields;
    }

    private bool IsEnough(TicketUnderstanding locally) => options.ModeInForce switch
    {
        UnderstandingMode.Local => true,
        UnderstandingMode.Cascade => Cascade.WhyToAsk(locally, options) is null,
        _ => false,
    };

    private async Task<TicketUnderstanding> AskModelAsync(
        IUnderstandingProvider asked, TicketUnderstanding locally, CleanTicket ticket, Taxonomy taxonomy, CancellationToken cancellationToken)
    {
        try
        {
            var understanding = await asked.UnderstandAsync(ticket, taxonomy, cancellationToken);
            return understanding with { Intent = Weigh(understanding.Intent, locally.Intent) };
        }
        catch (UnderstandingFailedException exception)
        {
            StandsIn(ticket.Id, local.Name, asked.Name, exception.Message);
            return locally with { StandsInBecause = exception.Message };
        }
    }

    private Finding Weigh(Finding choice, Finding locally)
    {
        if (choice.Value == Finding.Unclear)
        {
            return choice;
        }

        var second = locally.Value == choice.Value ? "The local model agrees."
            : locally.Value == Finding.Unclear ? "The local model finds none that fits."
            : $"The local model would have said {locally.Value}.";
        return choice with { Confidence = Confidence.Of(choice, locally), Reasons = [.. choice.Reasons, second] };
    }

    // Words counted here are a better witness of the language than a guess from afar, unless there were too few of them.
    private Finding ChooseLanguage(Finding counted, Finding guessed)
    {
        var isSure = counted.Value != Finding.Unclear && counted.Confidence >= LanguageFinder.Unsure;
        var mayBe = guessed.Value != Finding.Unclear && (Languages.Count == 0 || Languages.Contains(guessed.Value));
        return isSure || !mayBe ? counted : guessed;
    }

    [LoggerMessage(LogLevel.Warning, "Ticket {Ticket} is understood by {StandIn} in place of {Asked}: {Reason}")]
    private partial void StandsIn(TicketId ticket, string standIn, string asked, string reason);
}
