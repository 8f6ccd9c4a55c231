using System.Globalization;

namespace TicketTriage.Sandbox.Desk;

/// <summary>What the helpdesk allows, and what an edit turns a ticket into.</summary>
internal sealed class EditRules(DeskPeople people, DeskFields fields, DeskHabits habits)
{
    /// <summary>Zendesk's own limit; further comments are refused while other edits still work.</summary>
    public const int MostComments = 5_000;

    private static readonly string[] Statuses = ["new", "open", "pending", "hold", "solved", "closed"];
    private static readonly string[] Priorities = ["low", "normal", "high", "urgent"];

    public IReadOnlyList<FieldFault> FindFaults(SandboxTicket ticket, int comments, TicketEdit edit)
    {
        if (ticket.Status == "closed" && habits.ClosesForGood)
        {
            return [new("status", "Status: closed prevents ticket update", "ClosedTicket")];
        }

        var faults = new List<FieldFault>();
        RequireOneOf(faults, "status", edit.Status?.Value, Statuses);
        RequireOneOf(faults, "priority", edit.Priority?.Value, Priorities);
        RequireOneOf(faults, "type", edit.Type?.Value, habits.Types);

        if (edit.GroupId?.Value is { } groupId && people.FindGroup(groupId) is null)
        {
            faults.Add(new("group", $"Group: {groupId} is not a group of this account", "InvalidValue"));
        }

        if (edit.AssigneeId?.Value is { } assigneeId && !MayAssign(people.FindPerson(assigneeId), GroupAfter(ticket, edit)))
        {
            faults.Add(new("assignee", $"Assignee: {assigneeId} is not an agent of this group", "InvalidValue"));
        }

        if (edit.Comment is not null && comments >= MostComments)
        {
            faults.Add(new("comment", "Comment: this ticket can't take any more comments", "TooManyComments"));
        }

        faults.AddRange(edit.CustomFields.Select(field => FindFault(field.Key, field.Value)).OfType<FieldFault>());
        return faults;
    }

    public SandboxTicket Apply(SandboxTicket ticket, TicketEdit edit)
    {
        var groupId = GroupAfter(ticket, edit);
        var assigneeId = edit.AssigneeId is { } assignee ? assignee.Value : ticket.AssigneeId;
        if (assigneeId is { } kept && !MayAssign(people.FindPerson(kept), groupId))
        {
            assigneeId = null;
        }

        var status = edit.Status?.Value ?? ticket.Status;
        var (tags, values) = ApplyTagsAndFields(ticket, edit);
        return ticket with
        {
            Subject = edit.Subject?.Value ?? ticket.Subject,
            Status = status == "new" && assigneeId is not null ? "open" : status,
            Priority = edit.Priority is { } priority ? priority.Value : ticket.Priority,
            Type = edit.Type is { } type ? type.Value : ticket.Type,
            GroupId = groupId,
            AssigneeId = assigneeId,
            Tags = tags,
            CustomFields = values,
            ProblemId = edit.ProblemId is { } problem ? problem.Value : ticket.ProblemId,
            Skills = edit.Skills is { } skills ? [.. skills.Distinct().Order(StringComparer.Ordinal)] : ticket.Skills,
        };
    }

    /// <summary>Tags as the vendor keeps them: each once and sorted; at Zendesk in lower case, with a space as the end of a tag.</summary>
    public IReadOnlyList<string> NormaliseTags(IEnumerable<string> tags)
    {
        var words = habits.TagsAreNormalised
            ? tags.SelectMany(tag => tag.ToLowerInvariant().Split((char[]?)null, StringSplitOptions.RemoveEmptyEntries))
            : tags.Select(tag => tag.Trim()).Where(tag => tag.Length > 0);
        return [.. words.Distinct().Order(StringComparer.Ordinal)];
    }

    public static IReadOnlyList<FieldChange> Compare(SandboxTicket before, SandboxTicket after)
    {
        var changes = new List<FieldChange>();
        AddIfChanged(changes, "subject", before.Subject, after.Subject);
        AddIfChanged(changes, "status", before.Status, after.Status);
        AddIfChanged(changes, "priority", before.Priority, after.Priority);
        AddIfChanged(changes, "type", before.Type, after.Type);
        AddIfChanged(changes, "group_id", Text(before.GroupId), Text(after.GroupId));
        AddIfChanged(changes, "assignee_id", Text(before.AssigneeId), Text(after.AssigneeId));
        AddIfChanged(changes, "problem_id", Text(before.ProblemId), Text(after.ProblemId));
        AddIfChanged(changes, "tags", string.Join(' ', before.Tags), string.Join(' ', after.Tags));
        AddIfChanged(changes, "skills", string.Join(' ', before.Skills), string.Join(' ', after.Skills));
        AddIfChanged(changes, "summary", before.Summary?.Html, after.Summary?.Html);
        foreach (var name in before.CustomFields.Keys.Union(after.CustomFields.Keys))
        {
            var (from, to) = (before.CustomFields.GetValueOrDefault(name), after.CustomFields.GetValueOrDefault(name));
            AddIfChanged(changes, FieldChange.CustomPrefix + name, from, to);
        }

        return changes;
    }

    private (IReadOnlyList<string> Tags, IReadOnlyDictionary<string, string> Values) ApplyTagsAndFields(
        SandboxTicket ticket, TicketEdit edit)
    {
        if (edit is { Tags: null, AddedTags.Count: 0, RemovedTags.Count: 0, CustomFields.Count: 0 })
        {
            return (ticket.Tags, ticket.CustomFields);
        }

        var tags = NormaliseTags((edit.Tags ?? ticket.Tags).Concat(edit.AddedTags)).ToHashSet();
        tags.ExceptWith(NormaliseTags(edit.RemovedTags));
        var values = new Dictionary<string, string>(ticket.CustomFields);
        if (habits.ChoicesAreTags)
        {
            foreach (var (name, value) in ticket.CustomFields.Where(field => IsChoice(field.Key) && !tags.Contains(field.Value)))
            {
                values.Remove(name);
            }
        }

        foreach (var (name, value) in edit.CustomFields)
        {
            if (IsTagged(name) && ticket.CustomFields.TryGetValue(name, out var old))
            {
                tags.Remove(old);
            }

            values.Remove(name);
            if (value is { Length: > 0 })
            {
                values.Add(name, value);
                if (IsTagged(name))
                {
                    tags.Add(value);
                }
            }
        }

        return ([.. tags.Order(StringComparer.Ordinal)], values);
    }

    private bool IsTagged(string field) => habits.ChoicesAreTags && IsChoice(field);

    private bool IsChoice(string field) => fields.Find(field) is { Kind: SandboxFieldKind.Choice };

    private FieldFault? FindFault(string name, string? value)
    {
        if (fields.Find(name) is not { } field)
        {
            return new(FieldChange.CustomPrefix + name, $"{name} is not a field of this account", "InvalidValue");
        }

        var key = FieldChange.CustomPrefix + name;
        return field switch
        {
            { IsActive: false } => new(key, $"{field.Title}: the field is inactive", "InvalidField"),
            _ when string.IsNullOrEmpty(value) => null,
            { Kind: SandboxFieldKind.Choice } when !field.Choices.Contains(value) =>
                new(key, $"{field.Title}: {value} is not one of its options", "InvalidValue"),
            { Kind: SandboxFieldKind.Number } when !decimal.TryParse(value, NumberStyles.Number, CultureInfo.InvariantCulture, out _) =>
                new(key, $"{field.Title}: {value} is not a number", "InvalidFormat"),
            { Kind: SandboxFieldKind.Checkbox } when value is not ("true" or "false") =>
                new(key, $"{field.Title}: {value} is neither true nor false", "InvalidFormat"),
            { Kind: SandboxFieldKind.Date } when !IsDate(value) =>
                new(key, $"{field.Title}: {value} is not a date", "InvalidFormat"),
            _ => null,
        };
    }

    private static bool IsDate(string text) =>
        DateOnly.TryParseExact(text, "yyyy-MM-dd", CultureInfo.InvariantCulture, DateTimeStyles.None, out _);

    private static long? GroupAfter(SandboxTicket ticket, TicketEdit edit) => edit.GroupId is { } group ? group.Value : ticket.GroupId;

    private bool MayAssign(SandboxPerson? person, long? groupId) =>
        person is { IsStaff: true } && (!habits.AgentsStayInTheirGroup || groupId is not { } id || person.GroupIds.Contains(id));

    private static void RequireOneOf(List<FieldFault> faults, string field, string? value, IReadOnlyList<string> allowed)
    {
        if (value is not null && !allowed.Contains(value))
        {
            var name = char.ToUpperInvariant(field[0]) + field[1..];
            faults.Add(new(field, $"{name}: {value} is not one of {string.Join(", ", allowed)}", "InvalidValue"));
        }
    }

    private static void AddIfChanged(List<FieldChange> changes, string field, string? before, string? after)
    {
        if (before != after)
        {
            changes.Add(new(field, before, after));
        }
    }

    private static string? Text(long? id) => id?.ToString(CultureInfo.InvariantCulture);
}
