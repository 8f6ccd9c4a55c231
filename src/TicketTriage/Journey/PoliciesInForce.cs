using System.Text.Json;
using System.Text.Json.Serialization;
using Microsoft.Extensions.Options;
using TicketTriage.Policies;
using TicketTriage.Prioritisation;
using TicketTriage.Routing;
using TicketTriage.Triages;
using TicketTriage.Understanding;

namespace TicketTriage.Journey;

/// <summary>The policy documents by which tickets are decided now, and their versions.</summary>
public sealed class PoliciesInForce
{
    private static readonly string Product =
        typeof(PoliciesInForce).Assembly.GetName().Version?.ToString(3) ?? throw new InvalidOperationException("The assembly has no version.");

    private readonly PolicyBook book;
    private readonly bool isTaxonomyOwn;

    public PoliciesInForce(
        PolicyBook book,
        PolicyDocument<Taxonomy> taxonomy,
        PolicyDocument<PriorityPolicy> priority,
        IOptions<RoutingOptions> routing,
        IOptions<PolicyOptions> options)
    {
        this.book = book;
        isTaxonomyOwn = !string.IsNullOrWhiteSpace(options.Value.TaxonomyFile);
        Taxonomy = taxonomy;
        Priority = priority;
        var rules = JsonSerializer.SerializeToUtf8Bytes(routing.Value, PolicyJson.Default.RoutingOptions);
        Routing = new PolicyDocument<RoutingOptions>(
            "routing", PolicyDocuments.VersionOf(rules), routing.Value, System.Text.Encoding.UTF8.GetString(rules));
    }

    public PolicyDocument<Taxonomy> Taxonomy { get; }

    public PolicyDocument<PriorityPolicy> Priority { get; }

    public PolicyDocument<RoutingOptions> Routing { get; }

    /// <summary>Keeps the text of each, before the first decision names it.</summary>
    public async Task KeepAsync(CancellationToken cancellationToken)
    {
        var (author, note) = isTaxonomyOwn ? ("configuration", "The taxonomy as configured.") : ("shipped", "The taxonomy of this version.");
        await book.KeepAsync(Taxonomy.Kind, Taxonomy.Version, Taxonomy.Json, author, note, cancellationToken);
        await book.KeepAsync(Priority.Kind, Priority.Version, Priority.Json, "shipped", "The priorities of this version.", cancellationToken);
        await book.KeepAsync(Routing.Kind, Routing.Version, Routing.Json, "configuration", "The rules as configured.", cancellationToken);
    }

    public Versions VersionsWith(TicketUnderstanding understanding) => new(
        Product,
        understanding.Provider,
        understanding.ModelVersion,
        understanding.PromptVersion,
        Taxonomy.Version,
        Priority.Version,
        Routing.Version);
}

[JsonSourceGenerationOptions(PropertyNamingPolicy = JsonKnownNamingPolicy.CamelCase, UseStringEnumConverter = true)]
[JsonSerializable(typeof(RoutingOptions))]
internal sealed partial class PolicyJson : JsonSerializerContext;
