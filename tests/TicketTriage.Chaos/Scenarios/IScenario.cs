using TicketTriage.Chaos.Sites;

namespace TicketTriage.Chaos.Scenarios;

/// <summary>A mishap, or several, on an otherwise working day. It has to end with everything at rest; then the judge looks.</summary>
internal interface IScenario
{
    string Name { get; }

    /// <summary>One sentence, for the list.</summary>
    string Story { get; }

    /// <summary>How much of all deliveries falls to it where several are played, the usual being 1.</summary>
    double Share => 1;

    /// <summary>Whether the site opens with an earlier version of the product.</summary>
    bool BeginsEarlier => false;

    /// <summary>What time it is for the product and its helpdesk as it begins; <see langword="null"/> for the world's.</summary>
    DateTimeOffset? BeginsAt => null;

    Task PlayAsync(Site site, CancellationToken cancellationToken);
}
