using TicketTriage.Sandbox.Desk;

namespace TicketTriage.Sandbox.Persons;

/// <summary>
/// An edit that a person makes at the moment of a call. Before the call that writes is after the call that read: so somebody comes between.
/// </summary>
public sealed record PersonEdit
{
    /// <summary>The method of the call it is tied to; <see langword="null"/> for every one.</summary>
    public string? Method { get; init; }

    /// <summary>The path of the call, as in <see cref="Faults.FaultRule.Path"/>. Default every ticket's own.</summary>
    public string Path { get; init; } = "/api/v2/tickets/*";

    /// <summary>Default before the call is carried out.</summary>
    public PersonMoment Moment { get; init; }

    /// <summary>How many calls of those it fits are let pass first.</summary>
    public int After { get; init; }

    /// <summary>How often the person edits; <see langword="null"/> for no end. Default once.</summary>
    public int? Times { get; init; } = 1;

    /// <summary>The ticket that is edited; <see langword="null"/> for the one that the call is about.</summary>
    public long? Ticket { get; init; }

    public required TicketEdit Edit { get; init; }
}

/// <summary>When a person edits, seen from a call.</summary>
public enum PersonMoment
{
    Before,
    After,
}
