using TicketTriage.Helpdesks;
using TicketTriage.Policies;
using TicketTriage.Routing;
using TicketTriage.Tickets;
using TicketTriage.Triages;

namespace TicketTriage.WriteBack;

/// <summary>Decides what may be written: everything that is new, nothing that a person has set.</summary>
public static class ChangePlan
{
    private const string Intent = "intent_";
    private const string Sentiment = "sentiment_";
    private const string Language = "lang_";
    private const string Product = "product_";
    private const string Skill = "skill_";

    /// <summary>Says that a ticket is for people alone: what a helpdesk's own rules and bots can be kept away by.</summary>
    private const string HighRisk = "risk_high";

    /// <summary>Says that a ticket was triaged: what a helpdesk's own rules may ask for.</summary>
    private const string Done = "done";

    /// <param name="ticket">The ticket as the decision saw it.</param>
    /// <param name="abilities">What the helpdesk has room for beside tags, priority and group.</param>
    /// <param name="summary">For agents to read, within the helpdesk.</param>
    /// <param name="groups">The helpdesk's groups, to find the route's by name.</param>
    /// <param name="routing">Knows the groups where tickets only arrive: being there is nobody's decision.</param>
    /// <param name="skills">The ids of those that the ticket asks for; <see langword="null"/> where they are not to be touched.</param>
    /// <param name="last">What this service changed before; <see langword="null"/> for a first triage.</param>
    public static PlannedChange Make(
        HelpdeskTicket ticket,
        Triage triage,
        HelpdeskAbilities abilities,
        string summary,
        IReadOnlyList<HelpdeskGroup> groups,
        RoutingOptions routing,
        IReadOnlyList<string>? skills,
        AppliedChange? last,
        WriteBackOptions options)
    {
        var kept = new List<string>();
        var mode = routing.ModeOf(triage.Ticket.Helpdesk);
        var groupId = options.SetGroup && mode != RoutingMode.Suggest ? ChooseGroup(ticket, triage, groups, routing, last, kept) : null;
        var change = new HelpdeskChange
        {
            Number = ticket.Number,
            TriageId = triage.Id,
            Stamp = ticket.Stamp,
            Tags = AddRouteTags(
                mode, MergeTags(ticket.Tags, triage, abilities, last, options.TagPrefix, kept), triage.Route, last, options.TagPrefix),
            Priority = options.SetPriority ? ChoosePriority(ticket, triage, last, kept) : null,
            GroupId = groupId,
            AssigneeId = mode == RoutingMode.Agent ? ChooseAssignee(ticket, triage, groups, groupId, kept) : null,
            Skills = ChooseSkills(triage.Route, skills, last, kept),
            Fields = options.SetFields ? FieldPlan.Choose(ticket, triage, abilities, last, summary, kept) : null,
        };
        return new PlannedChange(change, kept);
    }

    /// <summary>A name as a tag: small letters, digits and _.</summary>
    public static string Slug(string name) =>
        string.Create(name.Length, name, static (tag, from) =>
        {
            for (var i = 0; i < from.Length; i++)
            {
                tag[i] = char.IsAsciiLetterOrDigit(from[i]) ? char.ToLowerInvariant(from[i]) : '_';
            }
        });

    private static List<string> MergeTags(
        IReadOnlyList<string> present, Triage triage, HelpdeskAbilities abilities, AppliedChange? last, string prefix, List<string> kept)
    {
        var tags = new List<string>(present);
        List<(string Family, string Value)> wanted =
        [
            (Intent, triage.Understanding.Intent.Value),
            (Sentiment, triage.Understanding.Sentiment.Value),
            (Language, triage.Understanding.Language.Value),
        ];

        // Where the product is a choice field, its value is a tag too, and the two have to say the same.
        if (triage.Understanding.Product.Value is var product and not Finding.Unclear && abilities.Fields.Contains(TriageField.Product))
        {
            wanted.Add((Product, product));
        }

        foreach (var (family, value) in wanted)
        {
            var begin = prefix + family;
            var there = tags.FindAll(tag => tag.StartsWith(begin, StringComparison.Ordinal));
            var ours = last?.Tags.Where(tag => tag.StartsWith(begin, StringComparison.Ordinal)).ToList() ?? [];
            if (there.Except(ours, StringComparer.Ordinal).Any() || (ours.Count > 0 && there.Count == 0))
            {
                kept.Add($"The tag {begin}… was changed by a person and stays as it is.");
                continue;
            }

            tags.RemoveAll(there.Contains);
            var tag = begin + Slug(value);
            if (tag.Length <= abilities.MostTagLetters)
            {
                tags.Add(tag);
            }
            else if (family != Intent || !abilities.Fields.Contains(TriageField.Intent))
            {
                kept.Add($"The tag {tag} was left out: the helpdesk takes {abilities.MostTagLetters} letters.");
            }
        }

        MarkRisk(tags, triage, last, prefix + HighRisk, kept);
        if (!tags.Contains(prefix + Done))
        {
            tags.Add(prefix + Done);
        }

        return tags;
    }

    private static void MarkRisk(List<string> tags, Triage triage, AppliedChange? last, string tag, List<string> kept)
    {
        var wasOurs = last?.Tags.Contains(tag) == true;
        if (triage.Understanding.Risk != IntentRisk.High)
        {
            tags.RemoveAll(present => wasOurs && present == tag);
        }
        else if (!tags.Contains(tag))
        {
            if (wasOurs)
            {
                kept.Add($"The tag {tag} was taken away by a person and stays away.");
                return;
            }

            tags.Add(tag);
        }
    }

    /// <summary>
    /// What the rules want on the ticket, unless routing shall only say what it would do. In mode <c>skills</c> the required skills too, or
    /// the usual one of the intent where no rule says any; one that is no longer asked for is taken away.
    /// </summary>
    private static List<string> AddRouteTags(RoutingMode mode, List<string> tags, Route route, AppliedChange? last, string prefix)
    {
        if (mode != RoutingMode.Suggest)
        {
            tags.AddRange(route.Tags.Select(tag => prefix + Slug(tag)).Except(tags, StringComparer.Ordinal).ToList());
        }

        if (mode != RoutingMode.Skills)
        {
            return tags;
        }

        var begin = prefix + Skill;
        var wanted = route.SkillNames.Select(skill => begin + Slug(skill)).ToList();
        tags.RemoveAll(tag => tag.StartsWith(begin, StringComparison.Ordinal) && last?.Tags.Contains(tag) == true);
        tags.AddRange(wanted.Except(tags, StringComparer.Ordinal).ToList());
        return tags;
    }

    /// <summary>
    /// What others gave the ticket stays, what is no longer asked for and was given here is taken back, and what a person took off isn't
    /// given again.
    /// </summary>
    private static SkillChange? ChooseSkills(Route route, IReadOnlyList<string>? present, AppliedChange? last, List<string> kept)
    {
        if (present is null)
        {
            return null;
        }

        var wanted = route.Skills.Select(skill => skill.Id).ToList();
        var own = last?.Skills ?? [];
        var takenOff = own.Except(present).ToList();
        foreach (var skill in route.Skills.Where(skill => takenOff.Contains(skill.Id)))
        {
            kept.Add($"The skill {skill.Name} was taken off by a person and stays off.");
        }

        List<string> all = [.. present.Except(own.Except(wanted)).Union(wanted.Except(takenOff))];
        return all.ToHashSet().SetEquals(present)
            ? null
            : new SkillChange(all, [.. takenOff.Union(wanted.Intersect(own)).Union(wanted.Except(present))]);
    }

    /// <summary>Never over a person's choice, and only where the ticket is, or comes, to the group by which the agent was chosen.</summary>
    private static string? ChooseAssignee(
        HelpdeskTicket ticket, Triage triage, IReadOnlyList<HelpdeskGroup> groups, string? groupId, List<string> kept)
    {
        if (triage.Route.Agent is not { } agent || ticket.AssigneeId == agent)
        {
            return null;
        }

        var group = groups.FirstOrDefault(known => known.Id == (groupId ?? ticket.GroupId));
        if (ticket.AssigneeId is null && string.Equals(group?.Name, triage.Route.Group, StringComparison.OrdinalIgnoreCase))
        {
            return agent;
        }

        kept.Add($"The agent {agent} was found; the ticket stays with whom it is.");
        return null;
    }

    private static TicketPriority? ChoosePriority(HelpdeskTicket ticket, Triage triage, AppliedChange? last, List<string> kept)
    {
        if (ticket.Priority == triage.Priority.Value)
        {
            return null;
        }

        if (ticket.Priority == (last?.Priority ?? TicketPriority.None))
        {
            return triage.Priority.Value;
        }

        kept.Add($"The priority {ticket.Priority} was set by a person and stays; {triage.Priority.Value} was found.");
        return null;
    }

    private static string? ChooseGroup(
        HelpdeskTicket ticket,
        Triage triage,
        IReadOnlyList<HelpdeskGroup> groups,
        RoutingOptions routing,
        AppliedChange? last,
        List<string> kept)
    {
        HelpdeskGroup? Find(string? name) =>
            groups.FirstOrDefault(group => string.Equals(group.Name, name, StringComparison.OrdinalIgnoreCase));

        var wanted = Find(triage.Route.Group);
        if (wanted is null && ticket.GroupId is null && Find(triage.Route.FallbackGroup) is { } fallback)
        {
            kept.Add($"The helpdesk has no group {triage.Route.Group}; {fallback.Name} gets the ticket, which was in none.");
            wanted = fallback;
        }

        if (wanted is null)
        {
            kept.Add($"The helpdesk has no group {triage.Route.Group}; the ticket stays where it is.");
            return null;
        }

        if (ticket.GroupId == wanted.Id)
        {
            return null;
        }

        if (ticket.AssigneeId is not null)
        {
            kept.Add($"An agent has the ticket, so it stays with its group; {wanted.Name} was found.");
            return null;
        }

        var present = groups.FirstOrDefault(group => group.Id == ticket.GroupId);
        var onlyArrived = ticket.GroupId is null ? last?.GroupId is null
            : ticket.GroupId == last?.GroupId
                || (present is not null && GroupRouter.MayMoveFrom(present.Name, routing));
        if (onlyArrived)
        {
            return wanted.Id;
        }

        kept.Add($"The group {present?.Name ?? "that it is with"} was chosen by a person and stays; {wanted.Name} was found.");
        return null;
    }
}
