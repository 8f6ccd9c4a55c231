using System.Text.Json.Serialization;
using TicketTriage.Routing.Rules;

namespace TicketTriage.Routing.Matching;

/// <summary>What a ticket asks of whoever gets it. Many tickets ask the same, and are looked at as one kind.</summary>
public sealed record TicketDemand
{
    // What a kept demand leaves out is null to the JSON generator, hence "value ?? []" here and below.
    public IReadOnlyList<SkillNeed> RequiredSkills { get; init => field = value ?? []; } = [];

    public IReadOnlyList<string> PreferredSkills { get; init => field = value ?? []; } = [];

    /// <summary>ISO 639-1; <see langword="null"/> for any.</summary>
    public string? Language { get; init; }

    public string? Product { get; init; }

    /// <summary>The group's name; <see langword="null"/> for any.</summary>
    public string? Group { get; init; }

    /// <summary>The only agent who may have it, by id or name.</summary>
    public string? Agent { get; init; }

    /// <summary>The same for two tickets that ask the same.</summary>
    [JsonIgnore]
    public string Key => field ??= string.Join(
        '\n',
        string.Join(',', RequiredSkills.OrderBy(need => need.Skill, StringComparer.Ordinal).Select(need => $"{need.Skill}:{need.Level}")),
        string.Join(',', PreferredSkills.Order(StringComparer.Ordinal)),
        Language,
        Product,
        Group,
        Agent);
}
