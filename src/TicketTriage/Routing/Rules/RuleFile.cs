using System.Text;
using System.Text.Json;
using TicketTriage.Agents;
using TicketTriage.Policies;

namespace TicketTriage.Routing.Rules;

/// <summary>The rules of a file or a page, read and looked through.</summary>
/// <param name="Document"><see langword="null"/> where a fault keeps it from being used.</param>
/// <param name="Faults">In the order of their lines, warnings among them.</param>
public sealed record RuleFile(PolicyDocument<RoutingPolicy>? Document, IReadOnlyList<RuleFault> Faults)
{
    public const string Kind = "routing";

    /// <summary>What was read, also where the lint finds faults in it; <see langword="null"/> where it is no rule file at all.</summary>
    public RoutingPolicy? Policy { get; init; }

    /// <param name="json">UTF-8, with or without the mark that some editors put at the beginning.</param>
    /// <param name="known">Names that exist; a list that is <see langword="null"/> is not looked at.</param>
    /// <param name="today">For rules whose time is over.</param>
    public static RuleFile Read(ReadOnlySpan<byte> json, KnownNames known, DateOnly today)
    {
        json = json.StartsWith(Encoding.UTF8.Preamble) ? json[Encoding.UTF8.Preamble.Length..] : json;
        LinedJson document;
        try
        {
            document = LinedJson.Parse(json);
        }
        catch (JsonException e)
        {
            var end = e.Message.IndexOf(" LineNumber:", StringComparison.Ordinal);
            return new RuleFile(null, [new RuleFault((int)(e.LineNumber ?? -1) + 1, end < 0 ? e.Message : e.Message[..end])]);
        }

        var reader = new RuleReader();
        var policy = reader.Read(document);
        IReadOnlyList<RuleFault> faults = policy is null ? reader.Faults : [.. reader.Faults, .. RuleLint.Find(policy, known, today)];
        var sorted = faults.OrderBy(fault => fault.Line).ToList();
        return policy is null || sorted.Exists(fault => !fault.IsWarning)
            ? new RuleFile(null, sorted) { Policy = policy }
            : new RuleFile(new PolicyDocument<RoutingPolicy>(Kind, PolicyDocuments.VersionOf(json), policy, Encoding.UTF8.GetString(json)),
                sorted)
            { Policy = policy };
    }

    /// <exception cref="PolicyFaultyException">It has a fault that is no mere warning.</exception>
    public static PolicyDocument<RoutingPolicy> Get(ReadOnlySpan<byte> json, KnownNames known, DateOnly today)
    {
        var file = Read(json, known, today);
        return file.Document ?? throw new PolicyFaultyException(
            Kind, [.. file.Faults.Where(fault => !fault.IsWarning).Select(fault => fault.ToString())]);
    }

    /// <summary>A policy that came from no file, as a document of its own text.</summary>
    public static PolicyDocument<RoutingPolicy> Of(RoutingPolicy policy)
    {
        var json = RuleWriter.Write(policy);
        return new PolicyDocument<RoutingPolicy>(Kind, PolicyDocuments.VersionOf(json), policy, Encoding.UTF8.GetString(json));
    }
}

/// <summary>The names that rules may use; <see langword="null"/> where nobody knows them now, and they are not looked at.</summary>
public sealed record KnownNames
{
    public IReadOnlyCollection<string>? Groups { get; init; }

    public IReadOnlyCollection<string>? Intents { get; init; }

    public IReadOnlyCollection<string>? Products { get; init; }

    public IReadOnlyCollection<string>? Skills { get; init; }

    /// <summary>Ids and names.</summary>
    public IReadOnlyCollection<string>? Agents { get; init; }

    /// <summary>The same agents with what they can do.</summary>
    public IReadOnlyList<Agent>? Staff { get; init; }
}
