using System.ClientModel;
using System.ClientModel.Primitives;
using System.Numerics.Tensors;
using Azure.Core;
using Azure.Identity;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;
using OpenAI.Embeddings;
using Polly;
using Polly.CircuitBreaker;
using Polly.Timeout;
using TicketTriage.Reading;

namespace TicketTriage.Models;

/// <summary>Turns texts into vectors that are near where they mean the same, on the server of the chat model.</summary>
public sealed partial class EmbeddingModel : IDisposable
{
    private readonly ModelMeter meter;
    private readonly TimeProvider clock;
    private readonly ILogger<EmbeddingModel> logger;
    private readonly HttpClient http;
    private readonly EmbeddingClient client;
    private readonly ResiliencePipeline<IReadOnlyList<float[]>> patience;

    /// <param name="options">With an <see cref="ModelOptions.EmbeddingDeployment"/>.</param>
    /// <param name="credential">Gives Entra ID tokens where the options hold no key; asked for nothing otherwise.</param>
    public EmbeddingModel(
        IOptions<ModelOptions> options, TokenCredential credential, ModelMeter meter, TimeProvider clock, ILogger<EmbeddingModel> logger)
    {
        this.meter = meter;
        this.clock = clock;
        this.logger = logger;
        Name = options.Value.EmbeddingDeployment ?? throw new ArgumentException("Model:EmbeddingDeployment is missing.", nameof(options));
        http = new HttpClient(ModelConnection.Wire()) { Timeout = System.Threading.Timeout.InfiniteTimeSpan };
        client = Connect(Name, options.Value, credential, http);
        patience = ModelPatience.Build<IReadOnlyList<float[]>>(options.Value, clock, pause => LeftAlone(Name, pause), () => Returned(Name));
    }

    /// <summary>The deployment: vectors of two models can't be compared.</summary>
    public string Name { get; }

    /// <param name="published">What the team has published; each no longer than a passage.</param>
    /// <returns>A vector of length 1 for each text, in their order.</returns>
    /// <exception cref="ModelFailedException">No usable answer came within the budget, or the model is left alone.</exception>
    public Task<IReadOnlyList<float[]>> EmbedAsync(IReadOnlyList<string> published, CancellationToken cancellationToken) =>
        AskAsync(published, cancellationToken);

    /// <returns>A vector of length 1.</returns>
    /// <exception cref="ModelFailedException">No usable answer came within the budget, or the model is left alone.</exception>
    public async Task<float[]> EmbedAsync(RedactedText question, CancellationToken cancellationToken) =>
        (await AskAsync([question.Text], cancellationToken))[0];

    public void Dispose() => http.Dispose();

    private static EmbeddingClient Connect(string name, ModelOptions options, TokenCredential credential, HttpClient http)
    {
        var settings = ModelConnection.Settings(options, http);
        if (!string.IsNullOrWhiteSpace(options.ApiKey))
        {
            return new EmbeddingClient(name, new ApiKeyCredential(options.ApiKey), settings);
        }

#pragma warning disable OPENAI001 // The only way to hand the client a token instead of a key, and Azure's documented one.
        return new EmbeddingClient(name, new BearerTokenPolicy(credential, ModelConnection.EntraScope), settings);
#pragma warning restore OPENAI001
    }

    private async Task<IReadOnlyList<float[]>> AskAsync(IReadOnlyList<string> texts, CancellationToken cancellationToken)
    {
        try
        {
            return await AskPatientlyAsync(texts, cancellationToken);
        }
        catch (ModelFailedException exception)
        {
            meter.Failed(Name, exception.Failure);
            throw;
        }
    }

    private async Task<IReadOnlyList<float[]>> AskPatientlyAsync(IReadOnlyList<string> texts, CancellationToken cancellationToken)
    {
        try
        {
            return await patience.ExecuteAsync(async token => await AskOnceAsync(texts, token), cancellationToken);
        }
        catch (BrokenCircuitException exception)
        {
            throw new ModelFailedException(
                "The embedding model failed again and again and is left alone for a while.", ModelFailure.Away, innerException: exception);
        }
        catch (TimeoutRejectedException exception)
        {
            throw new ModelFailedException(
                $"The embedding model gave no answer within {exception.Timeout}.", ModelFailure.Away, innerException: exception);
        }
    }

    private async Task<IReadOnlyList<float[]>> AskOnceAsync(IReadOnlyList<string> texts, CancellationToken cancellationToken)
    {
        try
        {
            var answer = await client.GenerateEmbeddingsAsync(texts, options: null, cancellationToken);
            meter.Embedded(Name, answer.Value.Usage?.InputTokenCount ?? 0);
            var vectors = answer.Value.OrderBy(embedding => embedding.Index).Select(embedding => ToLengthOne(embedding.ToFloats())).ToList();
            return vectors.Count == texts.Count && vectors.TrueForAll(vector => vector.Length > 0 && vector.Length == vectors[0].Length)
                ? vectors
                : throw new ModelFailedException("The model's server gave other vectors than were asked for.", ModelFailure.Nonsense);
        }
        catch (ClientResultException exception)
        {
            throw ModelRefusals.Explain(exception, clock);
        }
        catch (AuthenticationFailedException exception)
        {
            throw ModelRefusals.Explain(exception);
        }
        catch (Exception exception) when (exception is HttpRequestException or IOException)
        {
            throw new ModelFailedException("The model's server could not be reached.", ModelFailure.Away, innerException: exception);
        }
        catch (Exception exception) when (ModelRefusals.IsUnreadable(exception))
        {
            throw new ModelFailedException(
                "The model's server answered with something that is no vector.", ModelFailure.Nonsense, innerException: exception);
        }
    }

    private static float[] ToLengthOne(ReadOnlyMemory<float> vector)
    {
        var made = vector.ToArray();
        var length = TensorPrimitives.Norm<float>(made);
        if (length is > 0 and < float.PositiveInfinity)
        {
            TensorPrimitives.Divide(made, length, made);
        }

        return made;
    }

    [LoggerMessage(LogLevel.Warning, "The embedding model {Model} keeps failing and is left alone for {Pause}; articles are found without it.")]
    private partial void LeftAlone(string model, TimeSpan pause);

    [LoggerMessage(LogLevel.Information, "The embedding model {Model} answers again.")]
    private partial void Returned(string model);
}
