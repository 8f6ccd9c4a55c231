using System.Numerics.Tensors;
using Azure.Core;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;
using OpenAI.Embeddings;
using TicketTriage.Reading;

namespace TicketTriage.Models;

/// <summary>Turns texts into vectors that are near where they mean the same, on the server of the chat model.</summary>
public sealed class EmbeddingModel : IDisposable
{
    private readonly ModelMeter meter;
    private readonly ModelLine<IReadOnlyList<float[]>> line;
    private readonly EmbeddingClient client;
    private readonly TimeProvider clock;

    /// <param name="options">With an <see cref="ModelOptions.EmbeddingDeployment"/>.</param>
    /// <param name="credential">Gives Entra ID tokens where the options hold no key; asked for nothing otherwise.</param>
    public EmbeddingModel(
        IOptions<ModelOptions> options,
        TokenCredential credential,
        ITokenLedger ledger,
        ModelMeter meter,
        TimeProvider clock,
        ILogger<EmbeddingModel> logger)
    {
        this.meter = meter;
        this.clock = clock;
        Name = options.Value.EmbeddingDeployment ?? throw new ArgumentException("Model:EmbeddingDeployment is missing.", nameof(options));
        line = new ModelLine<IReadOnlyList<float[]>>(
            Name, "The embedding model", options.Value, ledger, meter, clock, logger, ModelConnection.Wire());
#pragma warning disable OPENAI001 // The only way to hand the client a token instead of a key, and Azure's documented one.
        client = line.Connect(
            credential,
            (key, settings) => new EmbeddingClient(Name, key, settings),
            (token, settings) => new EmbeddingClient(Name, token, settings));
#pragma warning restore OPENAI001
    }

    /// <summary>The deployment: vectors of two models can't be compared.</summary>
    public string Name { get; }

    /// <param name="published">What the team has published; each no longer than a passage.</param>
    /// <returns>A vector of length 1 for each text, in their order.</returns>
    /// <exception cref="ModelFailedException">No usable answer came within the budget, or the model is left alone.</exception>
    public Task<IReadOnlyList<float[]>> EmbedAsync(IReadOnlyList<string> published, CancellationToken cancellationToken) =>
        AskAsync(published, helpdesk: null, cancellationToken);

    /// <param name="helpdesk">Whose budget pays for it; <see langword="null"/> for nobody's.</param>
    /// <returns>A vector of length 1.</returns>
    /// <exception cref="ModelFailedException">No usable answer came within the budget, or the model is left alone.</exception>
    public async Task<float[]> EmbedAsync(RedactedText question, string? helpdesk, CancellationToken cancellationToken) =>
        (await AskAsync([question.Text], helpdesk, cancellationToken))[0];

    public void Dispose() => line.Dispose();

    private Task<IReadOnlyList<float[]>> AskAsync(IReadOnlyList<string> texts, string? helpdesk, CancellationToken cancellationToken)
    {
        var note = ModelTranscript.Note(new SentCall { Purpose = SentCall.Search, Model = Name, Text = string.Join('\n', texts) });
        return line.AskAsync(
            new ModelCall<IReadOnlyList<float[]>>(
                helpdesk, MostTokens(texts), (use, token) => AskOnceAsync(texts, note, use, token)),
            cancellationToken);
    }

    private static int MostTokens(IReadOnlyList<string> texts) => texts.Sum(text => TokenCount.Of(text));

    private async Task<IReadOnlyList<float[]>> AskOnceAsync(
        IReadOnlyList<string> texts, ModelTranscript.SentNote note, TokenUse use, CancellationToken cancellationToken)
    {
        note.Sent(clock.GetUtcNow());
        var answer = await client.GenerateEmbeddingsAsync(texts, options: null, cancellationToken);
        var tokens = answer.Value.Usage?.InputTokenCount ?? 0;
        if (!use.Note(tokens, output: 0))
        {
            // As in the budget: the most that it can have cost.
            tokens = MostTokens(texts);
        }

        meter.Embedded(Name, tokens);
        note.Answered(tokens, 0);
        var vectors = answer.Value.OrderBy(embedding => embedding.Index).Select(embedding => ToLengthOne(embedding.ToFloats())).ToList();
        return vectors.Count == texts.Count && vectors.TrueForAll(vector => vector.Length > 0 && vector.Length == vectors[0].Length)
            ? vectors
            : throw new ModelFailedException("The model's server gave other vectors than were asked for.", ModelFailure.Nonsense);
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
}
