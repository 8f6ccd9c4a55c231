namespace TicketTriage.Chaos;

/// <summary>What is spoilt on purpose, to see that the judge says so.</summary>
internal enum Sabotage
{
    None = 0,

    /// <summary>A delivery is booked as accepted, and the product never gets it.</summary>
    Lose,

    /// <summary>A change is made in the helpdesk once more.</summary>
    Double,

    /// <summary>A change that is in the helpdesk is called superseded in the ledger.</summary>
    Misfile,
}
