using System.Text;
using TicketTriage.Drafting.Style;
using TicketTriage.Escalations;
using TicketTriage.Host.Policies.Parts;
using TicketTriage.Policies;
using TicketTriage.Rehearsals;
using TicketTriage.Routing;
using TicketTriage.Routing.Rules;

namespace TicketTriage.Host.Policies;

/// <summary>The kinds of policy documents that leads edit, each with where it is edited and how it is read, linted and tried.</summary>
internal sealed class PolicyPlaces(
    RulesInForce rules, EscalationPolicies matrix, TaxonomyInForce taxonomy, StyleGuides style, TimeProvider clock)
{
    /// <summary>More rules than this nobody keeps an eye on, and the lint compares each with each.</summary>
    public const int MostRules = 1_000;

    private const int MostCharacters = 2_000_000;

    public PolicyPlace Rules => new(RuleFile.Kind, "/rules", "Rules")
    {
        VersionInForce = rules.Current.Document.Version,
        JsonInForce = Encoding.UTF8.GetString(RuleWriter.Write(rules.Current.Document.Content)),
        Look = LookAtRules,
        Try = TryRules,
    };

    public PolicyPlace Matrix => new(EscalationMatrix.Kind, "/matrix", "Escalation matrix")
    {
        VersionInForce = matrix.Matrix.Version,
        JsonInForce = Encoding.UTF8.GetString(matrix.Matrix.Matrix.ToJson()),
        Look = json => LookAt(json, bytes => EscalationMatrix.Parse(bytes).Content.ToJson()),
        Try = TryMatrix,
        Parts = PolicyParts.Matrix,
    };

    public PolicyPlace Taxonomy => new(taxonomy.Kind, "/taxonomy", "Taxonomy")
    {
        VersionInForce = taxonomy.Current.Version,
        JsonInForce = Encoding.UTF8.GetString(taxonomy.Current.Content.ToJson()),
        Look = LookAtTaxonomy,
        Try = _ => TryTaxonomy(),
        Understand = Pair,
        Parts = PolicyParts.Taxonomy(taxonomy.Current.Content),
    };

    public PolicyPlace Style => new(style.Kind, "/style", "Style guide")
    {
        VersionInForce = style.Current.Version,
        JsonInForce = Encoding.UTF8.GetString(style.Current.Content.ToJson()),
        Look = json => LookAt(json, bytes => StyleGuide.Parse(bytes).Content.ToJson()),
        Try = TryStyle,
        Parts = PolicyParts.Style(style.Current.Content),
    };

    public PolicyPlace? Find(string kind) => ((PolicyPlace[])[Rules, Matrix, Taxonomy, Style]).FirstOrDefault(place => place.Kind == kind);

    private PolicyLook LookAtRules(string json)
    {
        if (TooLong(json) is { } tooLong)
        {
            return tooLong;
        }

        // Counted before it is linted: the lint compares each rule with each.
        if (RuleDocument.CountRules(json) is > MostRules and var count)
        {
            return PolicyLook.Refuse($"These are {count} rules and {MostRules} are the most: put what they have in common into one rule.");
        }

        var read = RuleFile.Read(Encoding.UTF8.GetBytes(json), rules.Names, DateOnly.FromDateTime(clock.GetUtcNow().UtcDateTime));
        var canonical = read.Policy is { } policy ? Encoding.UTF8.GetString(RuleWriter.Write(policy)) : null;
        return new PolicyLook(canonical, [.. read.Faults.Select(fault => new PolicyFault(fault.Line, fault.Reason, fault.IsWarning))]);
    }

    // A rule that names an intent which the new taxonomy lacks would never fire again.
    private PolicyLook LookAtTaxonomy(string json)
    {
        Taxonomy? read = null;
        var look = LookAt(json, bytes => (read = TaxonomyInForce.Read(bytes).Content).ToJson());
        if (read is not { } candidate || look.HasFaults)
        {
            return look;
        }

        var names = new KnownNames
        {
            Intents = [.. candidate.Intents.Select(intent => intent.Name)],
            Products = [.. candidate.Products.Select(product => product.Name)],
        };
        var found = RuleLint.Find(rules.Current.Document.Content, names, DateOnly.FromDateTime(clock.GetUtcNow().UtcDateTime));
        return look with
        {
            Faults = [.. found.Where(fault => !fault.IsWarning).Select(fault => new PolicyFault(0, fault.Reason, IsWarning: true))],
        };
    }

    private static PolicyLook LookAt(string json, Func<byte[], byte[]> canonicalOf)
    {
        if (TooLong(json) is { } tooLong)
        {
            return tooLong;
        }

        try
        {
            return new PolicyLook(Encoding.UTF8.GetString(canonicalOf(Encoding.UTF8.GetBytes(json))), []);
        }
        catch (PolicyFaultyException e)
        {
            return new PolicyLook(null, [.. e.Faults.Select(fault => new PolicyFault(0, fault, IsWarning: false))]);
        }
    }

    private static PolicyLook? TooLong(string json) => json.Length > MostCharacters
        ? PolicyLook.Refuse($"The text has {json.Length} characters and {MostCharacters} are the most.")
        : null;

    private Func<IReadOnlyList<PastDecision>, Action<int>, CancellationToken, TrialFigures> TryRules(string json)
    {
        var candidate = CompiledRules.Compile(RuleFile.Get(Encoding.UTF8.GetBytes(json), new KnownNames(), DateOnly.MinValue).Content);
        var inForce = rules.Current.Compiled;
        return (past, tell, cancellationToken) =>
            TrialFigures.Of(Backtest.Run(past, inForce, candidate, tell, cancellationToken));
    }

    /// <summary>The same rules for what both taxonomies make of each ticket.</summary>
    private Func<IReadOnlyList<PastDecision>, Action<int>, CancellationToken, TrialFigures> TryTaxonomy()
    {
        var inForce = rules.Current.Compiled;
        return (past, tell, cancellationToken) => TrialFigures.Of(Backtest.Run(past, inForce, inForce, tell, cancellationToken));
    }

    private TaxonomyPair Pair(string json) => new(taxonomy.Current.Content, TaxonomyInForce.Read(Encoding.UTF8.GetBytes(json)).Content);

    private Func<IReadOnlyList<PastDecision>, Action<int>, CancellationToken, TrialFigures> TryMatrix(string json)
    {
        var candidate = EscalationMatrix.Parse(Encoding.UTF8.GetBytes(json)).Content;
        var inForce = matrix.Matrix.Matrix;
        return (past, tell, cancellationToken) => MatrixTrial.Run(past, inForce, candidate, tell, cancellationToken);
    }

    private Func<IReadOnlyList<PastDecision>, Action<int>, CancellationToken, TrialFigures> TryStyle(string json)
    {
        var candidate = StyleGuide.Parse(Encoding.UTF8.GetBytes(json)).Content;
        var inForce = style.Current.Content;
        return (past, tell, cancellationToken) => StyleTrial.Run(past, inForce, candidate, tell, cancellationToken);
    }
}

/// <summary>One kind of policy document as the console knows it.</summary>
/// <param name="Path">Of its pages.</param>
/// <param name="Title">In English.</param>
internal sealed record PolicyPlace(string Kind, string Path, string Title)
{
    public required string VersionInForce { get; init; }

    /// <summary>As people read and edit it.</summary>
    public required string JsonInForce { get; init; }

    public required Func<string, PolicyLook> Look { get; init; }

    public required Func<string, Func<IReadOnlyList<PastDecision>, Action<int>, CancellationToken, TrialFigures>> Try { get; init; }

    /// <summary>The taxonomies by which a trial understands tickets anew; <see langword="null"/> where none does.</summary>
    public Func<string, TaxonomyPair>? Understand { get; init; }

    /// <summary>What of it has a form of its own; rules have theirs elsewhere.</summary>
    public IReadOnlyList<PolicyPart> Parts { get; init; } = [];

    public PolicyPart? FindPart(string name) => Parts.FirstOrDefault(part => part.Name == name);
}

/// <summary>What the lint says of a text.</summary>
/// <param name="Canonical">The same in the form in which it is kept; <see langword="null"/> where it can't be read.</param>
public sealed record PolicyLook(string? Canonical, IReadOnlyList<PolicyFault> Faults)
{
    public bool HasFaults => Canonical is null || Faults.Any(fault => !fault.IsWarning);

    /// <summary>Of the kept form; empty where there is none.</summary>
    public string Version => Canonical is null ? "" : PolicyDocuments.VersionOf(Encoding.UTF8.GetBytes(Canonical));

    public static PolicyLook Refuse(string reason) => new(null, [new PolicyFault(0, reason, IsWarning: false)]);
}

/// <param name="Line">From 1; 0 where it concerns the whole.</param>
public sealed record PolicyFault(int Line, string Reason, bool IsWarning);
