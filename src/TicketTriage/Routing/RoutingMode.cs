namespace TicketTriage.Routing;

/// <summary>How far this service goes in a helpdesk when it has found where a ticket belongs.</summary>
public enum RoutingMode
{
    /// <summary>The group is set, and the people of the group take what they like.</summary>
    Group = 0,

    /// <summary>Only the note says it.</summary>
    Suggest,

    /// <summary>The group is set, and an agent as soon as one is free.</summary>
    Agent,

    /// <summary>The group and the required skills are set; the helpdesk's own router picks the agent.</summary>
    Skills,
}
