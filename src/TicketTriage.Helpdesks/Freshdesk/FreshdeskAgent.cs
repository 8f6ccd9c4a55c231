using System.Text.Json;

namespace TicketTriage.Helpdesks.Freshdesk;

internal sealed record FreshdeskAgent
{
    public long? Id { get; init; }

    public string? Type { get; init; }

    /// <summary>1 all tickets, 2 those of the agent's groups, 3 the agent's own.</summary>
    public int? TicketScope { get; init; }

    public bool? Available { get; init; }

    public bool? Deactivated { get; init; }

    public IReadOnlyList<long>? GroupIds { get; init; }

    public IReadOnlyList<long>? SkillIds { get; init; }

    public FreshdeskContact? Contact { get; init; }

    /// <summary>With <c>only=availability</c>, where the account keeps it.</summary>
    public FreshdeskAvailability? Availability { get; init; }
}

internal sealed record FreshdeskContact(string? Name, string? Email, string? Language, string? TimeZone);

internal sealed record FreshdeskAvailability(IReadOnlyList<FreshdeskChannel?>? ChannelAvailability);

/// <param name="Channel">The queue's name, such as <c>Email queue</c> or <c>freshdesk</c>.</param>
internal sealed record FreshdeskChannel(string? Channel, bool? Available, int? AssignmentLimit, int? CurrentAssignmentLoad);

/// <param name="AutoTicketAssign">A number from 1 on names the way; some accounts say only whether there is one.</param>
internal sealed record FreshdeskGroup(long? Id, string? Name, JsonElement? AutoTicketAssign)
{
    public bool AssignsByItself => AutoTicketAssign is { } way
        && (way.ValueKind == JsonValueKind.True || (way.ValueKind == JsonValueKind.Number && way.TryGetInt32(out var number) && number > 0));
}

internal sealed record FreshdeskSkill(long? Id, string? Name);

/// <param name="Name">As in a ticket's JSON; Freshdesk makes it from the label.</param>
/// <param name="Choices">A list of words, of objects, or an object from words to ids, by the field's type and the endpoint.</param>
internal sealed record FreshdeskField(long? Id, string? Name, string? Label, string? Type, JsonElement? Choices);
