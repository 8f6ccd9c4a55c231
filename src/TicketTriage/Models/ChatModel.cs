using System.ClientModel;
using System.ClientModel.Primitives;
using System.Text;
using Azure.Core;
using Azure.Identity;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;
using OpenAI.Chat;
using Polly;
using Polly.CircuitBreaker;
using Polly.Timeout;
using TicketTriage.Reading;

namespace TicketTriage.Models;

/// <summary>The model behind Azure OpenAI or a server that speaks OpenAI's dialect. Only redacted text reaches it.</summary>
public sealed partial class ChatModel : IDisposable
{
    private readonly ModelOptions options;
    private readonly ITokenLedger ledger;
    private readonly ModelMeter meter;
    private readonly TimeProvider clock;
    private readonly ILogger<ChatModel> logger;
    private readonly HttpClient http;
    private readonly ChatClient client;
    private readonly ResiliencePipeline<ChatAnswer> patience;

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
        this.ledger = ledger;
        this.meter = meter;
        this.clock = clock;
        this.logger = logger;
        http = new HttpClient(wire) { Timeout = System.Threading.Timeout.InfiniteTimeSpan };
        client = Connect(options, credential, http);
        patience = ModelPatience.Build<ChatAnswer>(options, clock, pause => LeftAlone(Name, pause), () => Returned(Name));
    }

    /// <summary>The provider's name in decision records.</summary>
    public string Name => options.Provider == ModelProvider.AzureOpenAI ? "azure-openai" : "openai";

    /// <summary>How much of a ticket may be sent, by <see cref="TokenCount"/>.</summary>
    public int MaxTicketTokens => options.MaxTicketTokens;

    /// <exception cref="ModelFailedException">No usable answer came within the budget, or the model is left alone.</exception>
    public async Task<ChatAnswer> AskAsync(ChatQuestion question, CancellationToken cancellationToken)
    {
        try
        {
            return await AskPatientlyAsync(question, cancellationToken);
        }
        catch (ModelFailedException exception)
        {
            meter.Failed(Name, exception.Failure);
            throw;
        }
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

    public void Dispose() => http.Dispose();

    private static ChatClient Connect(ModelOptions options, TokenCredential credential, HttpClient http)
    {
        var settings = ModelConnection.Settings(options, http);
        if (!string.IsNullOrWhiteSpace(options.ApiKey))
        {
            return new ChatClient(options.Deployment, new ApiKeyCredential(options.ApiKey), settings);
        }

#pragma warning disable OPENAI001 // The only way to hand the client a token instead of a key, and Azure's documented one.
        return new ChatClient(options.Deployment, new BearerTokenPolicy(credential, ModelConnection.EntraScope), settings);
#pragma warning restore OPENAI001
    }

    private async Task<ChatAnswer> AskPatientlyAsync(ChatQuestion question, CancellationToken cancellationToken)
    {
        try
        {
            return await patience.ExecuteAsync(async token => await AskOnAccountAsync(question, token), cancellationToken);
        }
        catch (BrokenCircuitException exception)
        {
            throw new ModelFailedException(
                "The model failed again and again and is left alone for a while.",
                ModelFailure.Away,
                innerException: exception);
        }
        catch (TimeoutRejectedException exception)
        {
            throw new ModelFailedException(
                $"The model gave no answer within {exception.Timeout}.",
                ModelFailure.Away,
                innerException: exception);
        }
    }

    // Each attempt costs tokens of its own. One whose end nobody knows stays booked with the most that it can have cost.
    private async Task<ChatAnswer> AskOnAccountAsync(ChatQuestion question, CancellationToken cancellationToken)
    {
        if (await ledger.ReserveAsync(question.Helpdesk, question.MostInputTokens + options.MaxAnswerTokens, cancellationToken)
            is not { } reservation)
        {
            return await AskOnceAsync(question, cancellationToken);
        }

        try
        {
            var answer = await AskOnceAsync(question, cancellationToken);
            await ledger.SettleAsync(reservation, answer.InputTokens + answer.OutputTokens, cancellationToken);
            return answer;
        }
        catch (ModelFailedException exception)
            when (exception.Failure is ModelFailure.Busy or ModelFailure.Rejected or ModelFailure.Misconfigured)
        {
            await ledger.SettleAsync(reservation, 0, cancellationToken);
            throw;
        }
    }

    private async Task<ChatAnswer> AskOnceAsync(ChatQuestion question, CancellationToken cancellationToken)
    {
        try
        {
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
            meter.Answered(Name, completion.Value.Usage?.InputTokenCount ?? 0, completion.Value.Usage?.OutputTokenCount ?? 0);
            return Read(completion.Value);
        }
        catch (ClientResultException exception)
        {
            throw ModelRefusals.Explain(exception, clock);
        }
        catch (AuthenticationFailedException exception)
        {
            throw ModelRefusals.Explain(exception);
        }
        catch (HttpRequestException exception)
        {
            throw new ModelFailedException("The model's server could not be reached.", ModelFailure.Away, innerException: exception);
        }
        catch (IOException exception)
        {
            throw new ModelFailedException("The connection to the model broke.", ModelFailure.Away, innerException: exception);
        }
        catch (Exception exception) when (ModelRefusals.IsUnreadable(exception))
        {
            throw new ModelFailedException(
                "The model's server answered with something that is no chat answer.",
                ModelFailure.Nonsense,
                innerException: exception);
        }
    }

    private static IEnumerable<ChatMessage> MessagesOf(ChatQuestion question)
    {
        yield return new SystemChatMessage(question.Instructions);
        if (question.Published is { } published)
        {
            yield return new UserChatMessage(string.Join('\n', PlainText.BreakLines(published).Select(line => $"# {line}")));
        }

        yield return new UserChatMessage(Fence(question.Text));
    }

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

    [LoggerMessage(LogLevel.Warning, "The model {Model} keeps failing and is left alone for {Pause}; tickets are understood locally.")]
    private partial void LeftAlone(string model, TimeSpan pause);

    [LoggerMessage(LogLevel.Information, "The model {Model} answers again.")]
    private partial void Returned(string model);
}
