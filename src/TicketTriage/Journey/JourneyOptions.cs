using TicketTriage.Tickets;

namespace TicketTriage.Journey;

/// <summary>How tickets are worked on in one process.</summary>
public sealed class JourneyOptions
{
    public const string Section = "Journey";

    /// <summary>Tickets under way at once in this process. With a model that takes seconds, this is the throughput.</summary>
    public int Workers { get; set; } = 16;

    /// <summary>How often waiting tickets are looked for when nothing rings.</summary>
    public TimeSpan LookEvery { get; set; } = TimeSpan.FromSeconds(2);

    /// <summary>
    /// How long a claim holds; work that takes four fifths of it is given up and tried again. What a killed process has had goes on after
    /// it: shorter is sooner, and has to leave room for the model's and the helpdesk's time-outs.
    /// </summary>
    public TimeSpan Lease { get; set; } = ClaimOrder.ShippedLease;

    /// <summary>Messages of a ticket that are read at most: the first and the newest.</summary>
    public int MostComments { get; set; } = 200;

    /// <summary>The wait after a first failure; it doubles with each further one.</summary>
    public TimeSpan FirstRetry { get; set; } = TimeSpan.FromSeconds(2);
}
