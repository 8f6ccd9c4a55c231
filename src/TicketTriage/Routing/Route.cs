using System.Text.Json.Serialization;
using TicketTriage.Helpdesks;
using TicketTriage.Routing.Rules;

namespace TicketTriage.Routing;

/// <summary>Where the ticket goes, and why.</summary>
/// <param name="Group">The group's name as the helpdesk has it.</param>
/// <param name="Agent">The agent's id in the helpdesk; <see langword="null"/> where the group decides, or the ticket waits for
/// someone.</param>
/// <param name="Rule">The name of the rule that decided; <c>fallback</c> where none did.</param>
/// <param name="Reasons">In short sentences.</param>
public sealed record Route(string Group, string? Agent, string Rule, IReadOnlyList<string> Reasons)
{
    /// <summary>The triage group of the rules that decided: gets what would be in no group else.</summary>
    public string? FallbackGroup { get; init; }

    // What older records lack is null to the JSON generator, hence "value ?? []" here and below.
    public IReadOnlyList<SkillNeed> RequiredSkills { get; init => field = value ?? []; } = [];

    public IReadOnlyList<string> PreferredSkills { get; init => field = value ?? []; } = [];

    /// <summary>What the taxonomy says that the intent needs, where no rule that applies says anything of skills.</summary>
    public string? UsualSkill { get; init; }

    /// <summary>What the helpdesk has of <see cref="SkillNames"/>, where its own router goes by skills.</summary>
    public IReadOnlyList<HelpdeskSkill> Skills { get; init => field = value ?? []; } = [];

    /// <summary>What whoever gets it has to be able to do: by the rules, or where none says any, by the intent.</summary>
    [JsonIgnore]
    public IReadOnlyList<string> SkillNames =>
        [.. RequiredSkills.Select(need => need.Skill), .. UsualSkill is { } usual ? [usual] : (string[])[]];

    /// <summary>The agent that a rule names, by id or name.</summary>
    public string? WantedAgent { get; init; }

    /// <summary>What the rules raised the priority to; <see langword="null"/> where they did not.</summary>
    public TicketPriority? PriorityAtLeast { get; init; }

    /// <summary>A person looks first: no agent is chosen.</summary>
    public bool IsHeld { get; init; }

    /// <summary>Without the service's prefix.</summary>
    public IReadOnlyList<string> Tags { get; init => field = value ?? []; } = [];
}
