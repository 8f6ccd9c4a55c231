using TicketTriage.Models;
using TicketTriage.Policies;
using TicketTriage.Reading;
using TicketTriage.Tickets;

namespace TicketTriage.Understanding;

/// <summary>
/// Understands a ticket by asking a model once. The ticket can change what the answer says within its closed lists, and nothing else.
/// Its confidence is the model's own number, uncalibrated: it says which of two findings is surer, not how often it is right.
/// </summary>
public sealed class ModelUnderstanding : IUnderstandingProvider
{
    private readonly ChatModel model;
    private readonly Func<IReadOnlyList<string>, Redactor> makeRedactor;

    public ModelUnderstanding(ChatModel model)
        : this(model, names => new Redactor(names))
    {
    }

    internal ModelUnderstanding(ChatModel model, Func<IReadOnlyList<string>, Redactor> makeRedactor)
    {
        this.model = model;
        this.makeRedactor = makeRedactor;
    }

    public string Name => model.Name;

    public async Task<TicketUnderstanding> UnderstandAsync(CleanTicket ticket, Taxonomy taxonomy, CancellationToken cancellationToken)
    {
        var redactor = makeRedactor(ticket.Names);
        var question = new ChatQuestion
        {
            Instructions = UnderstandingPrompt.Build(taxonomy),
            Text = Redact(ticket, redactor),
            AnswerName = AnswerSchema.Name,
            AnswerSchema = AnswerSchema.Build(taxonomy),
        };

        var answer = await AskAsync(question, cancellationToken);
        return Understand(answer, ModelAnswer.Read(answer.Json, taxonomy), taxonomy, redactor);
    }

    private RedactedText Redact(CleanTicket ticket, Redactor redactor)
    {
        var text = ticket.CustomerText(model.MaxTicketCharacters);
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
            Intent = Find(read.Intent, answer),
            Product = Find(read.Product, answer),
            Sentiment = Find(read.Sentiment, answer),
            Language = Find(read.Language, answer),
            Summary = ModelSummary.Tidy(read.Summary, redactor),
            Missing = [.. read.Missing.Where(needs.Contains)],
            Signals = read.Signals,
            Provider = Name,
            ModelVersion = Version(answer),
            PromptVersion = UnderstandingPrompt.Version,
            InputTokens = answer.InputTokens,
            OutputTokens = answer.OutputTokens,
        };
    }

    private static string Version(ChatAnswer answer) => PlainText.OneLine(answer.Model, 80);

    // The reasons are ours: a reason in the model's words could carry the customer's.
    private static Finding Find(ModelAnswer.Choice choice, ChatAnswer answer) =>
        new(choice.Value, choice.Confidence, [$"The model {Version(answer)} read it so."]);
}
