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

    private readonly ChatModel model;
    private readonly Func<IReadOnlyList<string>, Redactor> makeRedactor;
    private readonly IReadOnlyList<MaskedExample> shown;

    /// <param name="examples">Corrected tickets of the team, shown beside each question; what is personal in them is masked first.</param>
    public ModelUnderstanding(ChatModel model, IReadOnlyList<TeachingExample> examples)
        : this(model, examples, names => new Redactor(names))
    {
    }

    internal ModelUnderstanding(
        ChatModel model, IReadOnlyList<TeachingExample> examples, Func<IReadOnlyList<string>, Redactor> makeRedactor)
    {
        this.model = model;
        this.makeRedactor = makeRedactor;
        shown = [.. examples.Select(example => new MaskedExample(new Redactor().Redact(example.Text), example.Intent))];
    }

    public string Name => model.Name;

    /// <summary>Of the summary: <c>de</c>, or <c>en</c> for any other.</summary>
    public string TeamLanguage { get; init; } = "en";

    public async Task<TicketUnderstanding> UnderstandAsync(CleanTicket ticket, Taxonomy taxonomy, CancellationToken cancellationToken)
    {
        var redactor = makeRedactor(ticket.Names);
        var question = new ChatQuestion
        {
            Helpdesk = ticket.Id.Helpdesk,
            Instructions = UnderstandingPrompt.Build(taxonomy, shown, TeamLanguage),
            Text = Redact(ticket, redactor),
            AnswerName = AnswerSchema.Name,
            AnswerSchema = AnswerSchema.Build(taxonomy),
        };

        var answer = await AskAsync(question, cancellationToken);
        return Understand(answer, ModelAnswer.Read(answer.Json, taxonomy), taxonomy, redactor);
    }

    private RedactedText Redact(CleanTicket ticket, Redactor redactor)
    {
        var text = TicketExcerpt.Take(ticket, model.MaxTicketTokens);
        if (string.IsNullOrWhiteSpace(text))
        {
            throw new UnderstandingFailedException("The ticket has no text to ask the model about.");
        }

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

    private static string Version(ChatAnswer answer) => PlainText.OneLine(answer.Model, 80);

    // The reasons are ours: a reason in the model's words could carry the customer's.
    private static Finding Find(ModelAnswer.Choice choice, string property, ChatAnswer answer) => new(
        choice.Value,
        Math.Min(TokenChances.OfValue(answer, property) ?? choice.Confidence, Surest),
        [$"The model {Version(answer)} read it so."]);
}
