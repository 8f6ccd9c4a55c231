using System.Collections.Concurrent;
using System.Text.Json;
using System.Text.Json.Serialization;
using TicketTriage.Policies;

namespace TicketTriage.Models;

/// <summary>Keeps what models are told, each wording once, so that a decision can name it instead of carrying it.</summary>
public sealed class ModelPrompts(PolicyBook book)
{
    public const string Kind = "prompt";

    private readonly ConcurrentDictionary<string, bool> kept = new(StringComparer.Ordinal);

    /// <summary>Keeps the prompts of these calls where they aren't yet.</summary>
    /// <returns>The same calls.</returns>
    public async Task<SentToModel> KeepAsync(SentToModel sent, CancellationToken cancellationToken)
    {
        foreach (var words in sent.Calls.Select(call => call.Words).OfType<ModelPrompt>().Where(words => !kept.ContainsKey(words.Version)))
        {
            var json = JsonSerializer.Serialize(words, ModelPromptJson.Default.ModelPrompt);
            await book.KeepAsync(Kind, words.Version, json, "shipped", "What a model was told.", cancellationToken);
            kept[words.Version] = true;
        }

        return sent;
    }

    /// <returns><see langword="null"/> where it was never kept.</returns>
    public async Task<ModelPrompt?> FindAsync(string version, CancellationToken cancellationToken) =>
        await book.FindAsync(Kind, version, cancellationToken) is { } json
            ? JsonSerializer.Deserialize(json, ModelPromptJson.Default.ModelPrompt)
            : null;
}

[JsonSourceGenerationOptions(PropertyNamingPolicy = JsonKnownNamingPolicy.CamelCase)]
[JsonSerializable(typeof(ModelPrompt))]
internal sealed partial class ModelPromptJson : JsonSerializerContext;
