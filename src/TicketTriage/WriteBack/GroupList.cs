using System.Collections.Concurrent;
using TicketTriage.Helpdesks;

namespace TicketTriage.WriteBack;

/// <summary>The groups of each helpdesk, asked for again every few minutes: they change rarely, and every ticket needs them.</summary>
public sealed class GroupList(TimeProvider clock)
{
    private static readonly TimeSpan GoodFor = TimeSpan.FromMinutes(5);

    private readonly ConcurrentDictionary<string, Known> known = new();

    public async Task<IReadOnlyList<HelpdeskGroup>> OfAsync(IHelpdesk helpdesk, CancellationToken cancellationToken)
    {
        if (known.TryGetValue(helpdesk.Name, out var groups) && clock.GetUtcNow() < groups.GoodUntil)
        {
            return groups.Groups;
        }

        var asked = await helpdesk.ListGroupsAsync(cancellationToken);
        known[helpdesk.Name] = new Known(asked, clock.GetUtcNow() + GoodFor);
        return asked;
    }

    private sealed record Known(IReadOnlyList<HelpdeskGroup> Groups, DateTimeOffset GoodUntil);
}
