using Microsoft.Extensions.Options;
using TicketTriage.Policies;
using TicketTriage.Prioritisation;
using TicketTriage.Routing;
using TicketTriage.ServiceLevels;
using TicketTriage.Triages;
using TicketTriage.Understanding;

namespace TicketTriage.Journey;

/// <summary>The policy documents by which tickets are decided now, and their versions.</summary>
public sealed class PoliciesInForce
{
    private const string Configuration = "configuration";
    private const string Shipped = "shipped";

    private static readonly string Product =
        typeof(PoliciesInForce).Assembly.GetName().Version?.ToString(3) ?? throw new InvalidOperationException("The assembly has no version.");

    private readonly PolicyBook book;
    private readonly TaxonomyInForce taxonomy;
    private readonly RulesInForce rules;
    private readonly NamesAtHelpdesks names;
    private readonly ServiceLevelsInForce serviceLevels;
    private readonly bool isTaxonomyOwn;
    private readonly bool isPriorityOwn;

    public PoliciesInForce(
        PolicyBook book,
        TaxonomyInForce taxonomy,
        PolicyDocument<PriorityPolicy> priority,
        RulesInForce rules,
        NamesAtHelpdesks names,
        ServiceLevelsInForce serviceLevels,
        IOptions<PolicyOptions> options)
    {
        this.book = book;
        this.rules = rules;
        this.names = names;
        this.serviceLevels = serviceLevels;
        isTaxonomyOwn = !string.IsNullOrWhiteSpace(options.Value.TaxonomyFile);
        isPriorityOwn = !string.IsNullOrWhiteSpace(options.Value.PriorityFile);
        this.taxonomy = taxonomy;
        Priority = priority;
    }

    /// <summary>To be asked once for each decision: a lead may publish another meanwhile.</summary>
    public PolicyDocument<Taxonomy> Taxonomy => taxonomy.Current;

    public PolicyDocument<PriorityPolicy> Priority { get; }

    /// <summary>To be asked once for each decision: the rules may change meanwhile.</summary>
    public RulesAtWork Routing => rules.Current;

    /// <inheritdoc cref="Routing"/>
    public ServiceLevelHours ServiceLevels => serviceLevels.Hours;

    /// <summary>Keeps the text of each, before the first decision names it.</summary>
    public async Task KeepAsync(CancellationToken cancellationToken)
    {
        var (author, note) = isTaxonomyOwn ? (Configuration, "The taxonomy as configured.") : (Shipped, "The taxonomy of this version.");
        await book.KeepAsync(Taxonomy.Kind, Taxonomy.Version, Taxonomy.Json, author, note, cancellationToken);
        (author, note) = isPriorityOwn ? (Configuration, "The priorities as configured.") : (Shipped, "The priorities of this version.");
        await book.KeepAsync(Priority.Kind, Priority.Version, Priority.Json, author, note, cancellationToken);
        await rules.BeginAsync(names.AskAsync, cancellationToken);
    }

    /// <summary>The versions of what a decision was made by.</summary>
    public Versions VersionsWith(TicketUnderstanding understanding, PolicyDocument<Taxonomy> usedTaxonomy, RulesAtWork routing) => new(
        Product,
        understanding.Provider,
        understanding.ModelVersion,
        understanding.PromptVersion,
        usedTaxonomy.Version,
        Priority.Version,
        routing.Document.Version)
    {
        ServiceLevels = ServiceLevels.Version,
    };
}
