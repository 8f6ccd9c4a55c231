namespace TicketTriage.Routing.Simulation;

/// <summary>Who decides in a simulation.</summary>
public enum PolicyKind
{
    /// <summary>This product's router.</summary>
    This = 0,

    /// <summary>Who had none for the longest time.</summary>
    RoundRobin,

    /// <summary>Who has the fewest: the usual helpdesk's default.</summary>
    LeastLoaded,

    /// <summary>Who has been without work for the longest time.</summary>
    LongestIdle,

    /// <summary>The first on the list.</summary>
    FirstMatch,
}
