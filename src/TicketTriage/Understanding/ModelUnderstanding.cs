using TicketTriage.Models;
using TicketTriage.Policies;
using TicketTriage.Reading;
using TicketTriage.Tickets;

namespace TicketTriage.Understanding;

/// <summary>
/// Understands a ticket by asking a model once. The ticket can change what the answer says within its closed lists, and nothing else.
/// Its confidence is the chance of the words it chose where the model tells that, else the model's own number; the
/// <see cref="Understander"/> makes something of it that can be held against a bar.
/// </summary>
public sealed class ModelUnderstanding : IUnderstandingProvider
{
    private const double Surest = 0.99;
    private const int MostOfField = 80;

    private readonly ChatModel model;
    private readonly ICorrectedTickets corrected;
    private readonly int tokensOfCorrected;
    private readonly IReadOnlyList<MaskedExample> shown;

    /// <param name="examples">Tickets that the configuration names, shown beside each question; they are masked first.</param>
    public ModelUnderstanding(ChatModel model, IReadOnlyList<TeachingExample> examples)
        : this(model, examples, new NoCorrectedTickets(), tokens: 0)
    {
    }

    /// <param name="examples">Tickets that the configuration names, shown beside each question; they are masked first.</param>
    /// <param name="corrected">Those that people have corrected; the ones most like the ticket are shown beside it.</param>
    /// <param name="tokens">For these together, by <see cref="TokenCount"/>; 0 shows none.</param>
    public ModelUnderstanding(ChatModel model, IReadOnlyList<TeachingExample> examples, ICorrectedTickets corrected, int tokens)
    {
        this.model = model;
        this.corrected = corrected;
        tokensOfCorrected = tokens;
        shown = [.. examples.Select(example => new MaskedExample(new Redactor().Redact(example.Text), example.Intent))];
    }

    /// <summary>For the names that are known to a ticket.</summary>
    internal Func<IReadOnlyList<string>, Redactor> MakeRedactor { get; init; } = names => new Redactor(names);

    public string Name => model.Name;

    /// <summary>Of the summary: <c>de</c>, or <c>en</c> for any other.</summary>
    public string TeamLanguage { get; init; } = "en";

    public async Task<TicketUnderstanding> UnderstandAsync(CleanTicket ticket, Taxonomy taxonomy, CancellationToken cancellationToken)
    {
        var redactor = MakeRedactor(ticket.Names);
        var text = Redact(ticket, redactor);
        var examples = await ChooseExamplesAsync(ticket, taxonomy, cancellationToken);
        var question = new ChatQuestion
        {
            Helpdesk = ticket.Id.Helpdesk,
            Instructions = UnderstandingPrompt.Build(taxonomy, shown, TeamLanguage),
            Examples =
            [
                .. examples.Select(example => new ChatExample(Mask(example.Text, MakeRedactor([])), $"intent: {example.Intent}")
                {
                    Source = example.TriageId,
                }),
            ],
            Text = text,
            AnswerName = AnswerSchema.Name,
            AnswerSchema = AnswerSchema.Build(taxonomy),
        };

        var answer = await AskAsync(question, cancellationToken);
        var read = ModelAnswer.Read(answer.Json, taxonomy);
        var fields = FieldsIn(text, read, taxonomy);
        var understanding = Understand(answer, read, taxonomy, redactor);
        return understanding with
        {
            Fields = fields,
            Missing = [.. understanding.Missing.Where(field => !fields.ContainsKey(field))],
            Examples = [.. examples.Select(example => example.TriageId)],
        };
    }

    private async Task<IReadOnlyList<(Guid TriageId, string Text, string Intent)>> ChooseExamplesAsync(
        CleanTicket ticket, Taxonomy taxonomy, CancellationToken cancellationToken) => tokensOfCorrected == 0
        ? []
        : ExampleChoice.Choose(ticket, await corrected.ListAsync(ticket.Id.Helpdesk, cancellationToken), taxonomy, tokensOfCorrected);

    private RedactedText Redact(CleanTicket ticket, Redactor redactor)
    {
        var text = TicketExcerpt.Take(ticket, model.MaxTicketTokens);
        if (string.IsNullOrWhiteSpace(text))
        {
            throw new UnderstandingFailedException("The ticket has no text to ask the model about.");
        }

        return Mask(text, redactor);
    }

    private static RedactedText Mask(string text, Redactor redactor)
    {
        try
        {
            return redactor.Redact(text);
        }
        catch (Exception exception)
        {
            // Whatever went wrong: what could not be masked doesn't leave.
            throw new UnderstandingFailedException("Personal data could not be masked, so the model was not asked.", exception);
        }
    }

    private async Task<ChatAnswer> AskAsync(ChatQuestion question, CancellationToken cancellationToken)
    {
        try
        {
            return await model.AskAsync(question, cancellationToken);
        }
        catch (ModelFailedException exception)
        {
            throw new UnderstandingFailedException(exception.Message, exception);
        }
    }

    private TicketUnderstanding Understand(ChatAnswer answer, ModelAnswer read, Taxonomy taxonomy, Redactor redactor)
    {
        var needs = taxonomy.FindIntent(read.Intent.Value)?.Needs ?? [];
        return new TicketUnderstanding
        {
            Intent = Find(read.Intent, "intent", answer),
            Product = Find(read.Product, "product", answer),
            Sentiment = Find(read.Sentiment, "sentiment", answer),
            Language = Find(read.Language, "language", answer),
            Summary = ModelSummary.Tidy(read.Summary, redactor),
            Missing = [.. read.Missing.Where(needs.Contains)],
            Signals = read.Signals,
            Provider = Name,
            ModelVersion = Version(answer),
            PromptVersion = UnderstandingPrompt.VersionWith(shown, TeamLanguage),
            InputTokens = answer.InputTokens,
            OutputTokens = answer.OutputTokens,
        };
    }

    // A value is the customer's own words or none: what doesn't stand in the ticket letter for letter was made up, or slipped in.
    private static Dictionary<string, string> FieldsIn(RedactedText text, ModelAnswer read, Taxonomy taxonomy)
    {
        var needs = taxonomy.FindIntent(read.Intent.Value)?.Needs ?? [];
        return read.Fields
            .Where(field => needs.Contains(field.Key)
                && field.Value.Length <= MostOfField
                && !field.Value.Contains('\n', StringComparison.Ordinal)
                && text.Text.Contains(field.Value, StringComparison.Ordinal)
                && ModelSummary.WithoutLinks(field.Value) == field.Value)
            .ToDictionary();
    }

    private static string Version(ChatAnswer answer) => PlainText.OneLine(answer.Model, 80);

    // The reasons are ours: a reason in the model's words could carry the customer's.
    private static Finding Find(ModelAnswer.Choice choice, string property, ChatAnswer answer) => new(
        choice.Value,
        Math.Min(TokenChances.OfValue(answer, property) ?? choice.Confidence, Surest),
        [$"The model {Version(answer)} read it so."]);
}
