using System.Collections.Concurrent;
using Microsoft.Extensions.Options;
using TicketTriage.Helpdesks;

namespace TicketTriage.Routing;

/// <summary>
/// Finds the helpdesk's own skills for what a ticket needs, where the helpdesk's router goes by them. In mode <c>skills</c> alone.
/// </summary>
public sealed class SkillDesk(HelpdeskDirectory helpdesks, IOptions<RoutingOptions> options, TimeProvider clock)
{
    /// <summary>They change rarely, and every ticket needs them.</summary>
    private static readonly TimeSpan GoodFor = TimeSpan.FromMinutes(5);

    private readonly ConcurrentDictionary<string, Known> known = new(StringComparer.Ordinal);

    /// <summary>A skill that the helpdesk doesn't have is named in the reasons, and holds nothing up.</summary>
    public async Task<Route> FindAsync(string helpdesk, Route route, CancellationToken cancellationToken)
    {
        if (options.Value.ModeOf(helpdesk) != RoutingMode.Skills
            || route.SkillNames is not { Count: > 0 } wanted
            || helpdesks.Find(helpdesk) is not { } connected
            || !(await connected.Helpdesk.FindAbilitiesAsync(cancellationToken)).TakesSkills)
        {
            return route;
        }

        var skills = await ListAsync(helpdesk, connected.People, cancellationToken);
        var found = new List<HelpdeskSkill>();
        var reasons = new List<string>(route.Reasons);
        foreach (var name in wanted)
        {
            switch (Fitting(skills, name))
            {
                case [var only]:
                    found.Add(only);
                    break;
                case []:
                    reasons.Add($"The helpdesk has no skill {name}, so its router is not told of it.");
                    break;
                case var several:
                    var names = string.Join(", ", several.Select(skill => $"“{skill.Name}”"));
                    reasons.Add($"The helpdesk has several skills {name} ({names}), so its router is told of none until the rule says which.");
                    break;
            }
        }

        return route with { Skills = [.. found.DistinctBy(skill => skill.Id)], Reasons = reasons };
    }

    /// <summary>By the whole name, or, as most people call it, without the word in front that skills are sorted by.</summary>
    private static IReadOnlyList<HelpdeskSkill> Fitting(IReadOnlyList<HelpdeskSkill> skills, string name)
    {
        bool IsIt(string other) => other.Trim().Equals(name.Trim(), StringComparison.OrdinalIgnoreCase);

        bool EndsInIt(string whole) => whole.IndexOf(": ", StringComparison.Ordinal) is > 0 and var end && IsIt(whole[(end + 1)..]);

        return skills.FirstOrDefault(skill => IsIt(skill.Name)) is { } whole ? [whole] : [.. skills.Where(skill => EndsInIt(skill.Name))];
    }

    private async Task<IReadOnlyList<HelpdeskSkill>> ListAsync(
        string helpdesk, IHelpdeskPeople people, CancellationToken cancellationToken)
    {
        if (known.TryGetValue(helpdesk, out var skills) && clock.GetUtcNow() < skills.GoodUntil)
        {
            return skills.Skills;
        }

        var asked = await people.ListSkillsAsync(cancellationToken);
        known[helpdesk] = new Known(asked, clock.GetUtcNow() + GoodFor);
        return asked;
    }

    private sealed record Known(IReadOnlyList<HelpdeskSkill> Skills, DateTimeOffset GoodUntil);
}
