namespace TicketTriage.Helpdesks.Zendesk;

internal sealed record ZendeskUser
{
    /// <summary>Sees and comments, and can't have tickets.</summary>
    public const int LightAgent = 1;

    /// <summary>Comes from Chat alone, and can't have tickets either.</summary>
    public const int Contributor = 3;

    public long? Id { get; init; }

    public string? Name { get; init; }

    public string? Email { get; init; }

    public string? Role { get; init; }

    /// <summary>What kind of agent; <see langword="null"/> for users who are none.</summary>
    public int? RoleType { get; init; }

    public bool? Active { get; init; }

    public bool? Suspended { get; init; }

    public string? Locale { get; init; }

    public string? IanaTimeZone { get; init; }

    public string? TimeZone { get; init; }
}

internal sealed record ZendeskUserAnswer(ZendeskUser? User);

internal sealed record ZendeskUsersPage(IReadOnlyList<ZendeskUser?>? Users, ZendeskPageMeta? Meta) : IZendeskPage;

internal sealed record ZendeskMembershipsPage(IReadOnlyList<ZendeskMembership?>? GroupMemberships, ZendeskPageMeta? Meta) : IZendeskPage;

internal sealed record ZendeskMembership(long? UserId, long? GroupId);

/// <param name="AttributeValues">Beside the attributes where they were asked for.</param>
internal sealed record ZendeskAttributesAnswer(
    IReadOnlyList<ZendeskAttribute?>? Attributes, IReadOnlyList<ZendeskAttributeValue?>? AttributeValues);

/// <summary>What skills are sorted by, such as the language.</summary>
internal sealed record ZendeskAttribute(string? Id, string? Name);

internal sealed record ZendeskAttributeValue(string? Id, string? AttributeId, string? Name);

internal sealed record ZendeskAttributeValuesAnswer(IReadOnlyList<ZendeskAttributeValue?>? AttributeValues);

internal sealed record ZendeskSkillsPage(IReadOnlyList<ZendeskAgentSkill?>? InstanceValues, ZendeskPageMeta? Meta) : IZendeskPage;

internal sealed record ZendeskAgentSkill(long? AgentId, string? AttributeValueId);

/// <summary>A compound document: agents, and beside them the channels on which they work.</summary>
internal sealed record ZendeskAvailabilityPage(
    IReadOnlyList<ZendeskAvailability?>? Data, IReadOnlyList<ZendeskChannel?>? Included, ZendeskPageMeta? Meta) : IZendeskPage;

internal sealed record ZendeskAvailability(ZendeskAvailabilityAttributes? Attributes, ZendeskAvailabilityRelationships? Relationships);

internal sealed record ZendeskAvailabilityAttributes(long? AgentId, ZendeskAgentStatus? AgentStatus);

internal sealed record ZendeskAgentStatus(string? Name);

internal sealed record ZendeskAvailabilityRelationships(ZendeskChannelNames? Channels);

internal sealed record ZendeskChannelNames(IReadOnlyList<ZendeskChannelName?>? Data);

internal sealed record ZendeskChannelName(string? Id);

internal sealed record ZendeskChannel(string? Id, string? Type, ZendeskChannelAttributes? Attributes);

internal sealed record ZendeskChannelAttributes(string? Name, string? Status, int? MaxCapacity, int? WorkItemCount);

internal sealed record ZendeskCount(int? Count);
