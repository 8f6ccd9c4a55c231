using System.Text;
using Azure.Core;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;
using OpenAI.Chat;
using TicketTriage.Reading;

namespace TicketTriage.Models;

/// <summary>The model behind Azure OpenAI or a server that speaks OpenAI's dialect. Only redacted text reaches it.</summary>
public sealed class ChatModel : IDisposable
{
    private readonly ModelOptions options;
    private readonly ModelMeter meter;
    private readonly ModelLine<ChatAnswer> line;
    private readonly ChatClient client;
    private readonly TimeProvider clock;

    /// <param name="options">Any provider but <see cref="ModelProvider.Local"/>.</param>
    /// <param name="credential">Gives Entra ID tokens where the options hold no key; asked for nothing otherwise.</param>
    public ChatModel(
        IOptions<ModelOptions> options,
        TokenCredential credential,
        ITokenLedger ledger,
        ModelMeter meter,
        TimeProvider clock,
        ILogger<ChatModel> logger)
        : this(options.Value, credential, ledger, meter, clock, logger, ModelConnection.Wire())
    {
    }

    internal ChatModel(
        ModelOptions options,
        TokenCredential credential,
        ITokenLedger ledger,
        ModelMeter meter,
        TimeProvider clock,
        ILogger<ChatModel> logger,
        HttpMessageHandler wire)
    {
        this.options = options;
        this.meter = meter;
        this.clock = clock;
        line = new ModelLine<ChatAnswer>(Name, "The model", options, ledger, meter, clock, logger, wire);
#pragma warning disable OPENAI001 // The only way to hand the client a token instead of a key, and Azure's documented one.
        client = line.Connect(
            credential,
            (key, settings) => new ChatClient(options.Deployment, key, settings),
            (token, settings) => new ChatClient(options.Deployment, token, settings));
#pragma warning restore OPENAI001
    }

    /// <summary>The provider's name in decision records.</summary>
    public string Name => NameOf(options.Provider) ?? throw new InvalidOperationException("No model is configured.");

    /// <summary>How much of a ticket may be sent, by <see cref="TokenCount"/>.</summary>
    public int MaxTicketTokens => options.MaxTicketTokens;

    /// <exception cref="ModelFailedException">No usable answer came within the budget, or the model is left alone.</exception>
    public Task<ChatAnswer> AskAsync(ChatQuestion question, CancellationToken cancellationToken)
    {
        var note = ModelTranscript.Note(CallOf(question));
        return line.AskAsync(
            new ModelCall<ChatAnswer>(
                question.Helpdesk, question.MostInputTokens + options.MaxAnswerTokens, (use, token) => AskOnceAsync(question, note, use, token)),
            cancellationToken);
    }

    /// <summary>Asks the model for one word, to see whether address, key and deployment are right.</summary>
    /// <exception cref="ModelFailedException">They aren't, or the model is away.</exception>
    public Task<ChatAnswer> CheckAsync(CancellationToken cancellationToken) => AskAsync(
        new ChatQuestion
        {
            Instructions = "Answer with the word ok.",
            Text = new Redactor().Redact("ok"),
            AnswerName = "check",
            AnswerSchema = BinaryData.FromString(
                """{"type":"object","properties":{"word":{"type":"string"}},"required":["word"],"additionalProperties":false}"""),
        },
        cancellationToken);

    public void Dispose() => line.Dispose();

    /// <returns><see langword="null"/> for <see cref="ModelProvider.Local"/>.</returns>
    internal static string? NameOf(ModelProvider provider) => provider switch
    {
        ModelProvider.Local => null,
        ModelProvider.AzureOpenAI => "azure-openai",
        ModelProvider.OpenAI => "openai",
    };

    private async Task<ChatAnswer> AskOnceAsync(
        ChatQuestion question, ModelTranscript.SentNote note, TokenUse use, CancellationToken cancellationToken)
    {
        note.Sent(clock.GetUtcNow());
        var completion = await client.CompleteChatAsync(
            MessagesOf(question),
            new ChatCompletionOptions
            {
                ResponseFormat = ChatResponseFormat.CreateJsonSchemaFormat(
                    question.AnswerName, question.AnswerSchema, jsonSchemaIsStrict: true),
                MaxOutputTokenCount = options.MaxAnswerTokens,
                Temperature = options.Temperature,
                IncludeLogProbabilities = options.LogProbabilities ? true : null,
            },
            cancellationToken);
        var (input, output) = (completion.Value.Usage?.InputTokenCount ?? 0, completion.Value.Usage?.OutputTokenCount ?? 0);
        if (!use.Note(input, output))
        {
            // As in the budget: the most that it can have cost.
            (input, output) = (question.MostInputTokens, options.MaxAnswerTokens);
        }

        meter.Answered(Name, input, output);
        note.Answered(input, output);
        return Read(completion.Value);
    }

    private static IEnumerable<ChatMessage> MessagesOf(ChatQuestion question)
    {
        yield return new SystemChatMessage(question.Instructions);
        if (question.Published is { } published)
        {
            yield return new UserChatMessage(MarkPublished(published));
        }

        if (question.Examples.Count > 0)
        {
            yield return new UserChatMessage(Write(question.Examples));
        }

        yield return new UserChatMessage(Fence(question.Text));
    }

    /// <summary>The same words as go out, in the parts in which they are kept.</summary>
    private SentCall CallOf(ChatQuestion question)
    {
        var prompt = new ModelPrompt(question.Instructions, question.AnswerSchema.ToString());
        return new SentCall
        {
            Purpose = question.AnswerName,
            Model = options.Deployment ?? "",
            Prompt = prompt.Version,
            Words = prompt,
            Published = question.Published is { } published ? MarkPublished(published) : null,
            Examples =
            [
                .. question.Examples.Select(example =>
                    new SentExample(example.Source, SentExample.DigestOf(Fence(example.Text)), example.Answer)),
            ],
            Text = Fence(question.Text),
        };
    }

    private static string MarkPublished(string published) =>
        string.Join('\n', PlainText.BreakLines(published).Select(line => $"# {line}"));

    internal static string Write(IReadOnlyList<ChatExample> examples) =>
        string.Join("\n\n", examples.Select(example => $"{Fence(example.Text)}\n{example.Answer}"));

    /// <summary>Marks every line: whatever the text says, it can't begin a line of its own outside it.</summary>
    internal static string Fence(RedactedText text) => string.Join('\n', PlainText.BreakLines(text.Text).Select(line => $"| {line}"));

    private static ChatAnswer Read(ChatCompletion completion)
    {
        if (!string.IsNullOrEmpty(completion.Refusal) || completion.FinishReason == ChatFinishReason.ContentFilter)
        {
            throw new ModelFailedException("The model declined to answer.", ModelFailure.Refused);
        }

        if (completion.FinishReason == ChatFinishReason.Length)
        {
            throw new ModelFailedException("The model's answer was cut off: raise Model:MaxAnswerTokens.", ModelFailure.CutOff);
        }

        var text = completion.Content.FirstOrDefault()?.Text;
        if (string.IsNullOrWhiteSpace(text))
        {
            throw new ModelFailedException("The model answered with nothing.", ModelFailure.Nonsense);
        }

        var answer = new ChatAnswer(
            text,
            completion.Model ?? "",
            completion.Usage?.InputTokenCount ?? 0,
            completion.Usage?.OutputTokenCount ?? 0,
            completion.Usage?.InputTokenDetails?.CachedTokenCount ?? 0);
        return completion.ContentTokenLogProbabilities is { Count: > 0 } tokens ? answer with { Tokens = [.. tokens.Select(Read)] } : answer;
    }

    private static AnswerToken Read(ChatTokenLogProbabilityDetails token) => new(
        token.Utf8Bytes is { Length: > 0 } bytes ? bytes.Length : Encoding.UTF8.GetByteCount(token.Token), token.LogProbability);
}
