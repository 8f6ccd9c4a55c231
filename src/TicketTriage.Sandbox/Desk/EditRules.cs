namespace TicketTriage.Sandbox.Desk;

/// <summary>What the helpdesk allows, and what an edit turns a ticket into.</summary>
internal static class EditRules
{
    /// <summary>The vendor's own limit; further comments are refused while other edits still work.</summary>
    public const int MostComments = 5_000;

    private static readonly string[] Statuses = ["new", "open", "pending", "hold", "solved", "closed"];
    private static readonly string[] Priorities = ["low", "normal", "high", "urgent"];
    private static readonly string[] Types = ["problem", "incident", "question", "task"];

    public static IReadOnlyList<FieldFault> FindFaults(SandboxTicket ticket, int comments, TicketEdit edit, DeskPeople people)
    {
        if (ticket.Status == "closed")
        {
            return [new("status", "Status: closed prevents ticket update", "ClosedTicket")];
        }

        var faults = new List<FieldFault>();
        RequireOneOf(faults, "status", edit.Status?.Value, Statuses);
        RequireOneOf(faults, "priority", edit.Priority?.Value, Priorities);
        RequireOneOf(faults, "type", edit.Type?.Value, Types);

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

        return faults;
    }

    public static SandboxTicket Apply(SandboxTicket ticket, TicketEdit edit, DeskPeople people)
    {
        var groupId = GroupAfter(ticket, edit);
        var assigneeId = edit.AssigneeId is { } assignee ? assignee.Value : ticket.AssigneeId;
        if (assigneeId is { } kept && !MayAssign(people.FindPerson(kept), groupId))
        {
            assigneeId = null;
        }

        var status = edit.Status?.Value ?? ticket.Status;
        return ticket with
        {
            Subject = edit.Subject?.Value ?? ticket.Subject,
            Status = status == "new" && assigneeId is not null ? "open" : status,
            Priority = edit.Priority is { } priority ? priority.Value : ticket.Priority,
            Type = edit.Type is { } type ? type.Value : ticket.Type,
            GroupId = groupId,
            AssigneeId = assigneeId,
            Tags = edit.Tags is { } tags ? NormaliseTags(tags) : ticket.Tags,
        };
    }

    /// <summary>Tags as the vendor keeps them: lower case, no spaces within, each once, sorted.</summary>
    public static IReadOnlyList<string> NormaliseTags(IEnumerable<string> tags) =>
    [
        .. tags
            .SelectMany(tag => tag.ToLowerInvariant().Split((char[]?)null, StringSplitOptions.RemoveEmptyEntries))
            .Distinct()
            .Order(StringComparer.Ordinal),
    ];

    public static IReadOnlyList<FieldChange> Compare(SandboxTicket before, SandboxTicket after)
    {
        var changes = new List<FieldChange>();
        AddIfChanged(changes, "subject", before.Subject, after.Subject);
        AddIfChanged(changes, "status", before.Status, after.Status);
        AddIfChanged(changes, "priority", before.Priority, after.Priority);
        AddIfChanged(changes, "type", before.Type, after.Type);
        AddIfChanged(changes, "group_id", Text(before.GroupId), Text(after.GroupId));
        AddIfChanged(changes, "assignee_id", Text(before.AssigneeId), Text(after.AssigneeId));
        AddIfChanged(changes, "tags", string.Join(' ', before.Tags), string.Join(' ', after.Tags));
        return changes;
    }

    private static long? GroupAfter(SandboxTicket ticket, TicketEdit edit) => edit.GroupId is { } group ? group.Value : ticket.GroupId;

    private static bool MayAssign(SandboxPerson? person, long? groupId) =>
        person is { IsStaff: true } && (groupId is not { } id || person.GroupIds.Contains(id));

    private static void RequireOneOf(List<FieldFault> faults, string field, string? value, string[] allowed)
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

    private static string? Text(long? id) => id?.ToString(System.Globalization.CultureInfo.InvariantCulture);
}
