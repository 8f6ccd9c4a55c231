using Microsoft.Extensions.Logging;
using TicketTriage.Agents;
using TicketTriage.Helpdesks;
using TicketTriage.Routing;
using TicketTriage.Tickets;

namespace TicketTriage.Journey;

/// <summary>
/// Late binding: the tickets of the pool are given to agents as these become free, and taken back from those who went away before they
/// began. Setting an agent twice is setting him once, so that a lost answer needs no search: the ticket is looked at again.
/// </summary>
public sealed partial class AgentDispatch(
    HelpdeskDirectory helpdesks,
    AgentRefresh refresh,
    AgentDesk desk,
    CapacityLedger capacity,
    TimeProvider clock,
    ILogger<AgentDispatch> logger)
{
    /// <summary>A claim that the helpdesk doesn't have after this long was left by a process that died.</summary>
    private static readonly TimeSpan ForgottenAfter = TimeSpan.FromMinutes(5);

    private const int MostComments = 50;

    /// <summary>Tickets of absent agents that are looked at together.</summary>
    private const int MostAtOnce = 4;

    /// <summary>In a round each agent gets one ticket. Who has room for more than this gets the rest with the next beat.</summary>
    private const int MostRounds = 20;

    /// <returns>One sentence with figures.</returns>
    public async Task<string> RunAsync(CancellationToken cancellationToken)
    {
        // Side by side: one that is slow leaves the others' agents no longer unlooked at.
        var done = await Task.WhenAll(helpdesks.Names.Where(desk.Chooses).Select(name => RunAsync(name, cancellationToken)));
        return $"{done.Sum(one => one.Given)} tickets were given to agents, {done.Sum(one => one.Returned)} wait again, "
            + $"{done.Sum(one => one.Begun)} are begun and with agents who are away";
    }

    private async Task<(int Given, int Returned, int Begun)> RunAsync(string name, CancellationToken cancellationToken)
    {
        var (given, returned, begun) = (0, 0, 0);
        try
        {
            await refresh.RunAsync(name, cancellationToken);
            returned = await SettleForgottenAsync(name, cancellationToken);
            var (back, kept) = await TakeBackAsync(name, await capacity.ListOfAbsentAsync(name, cancellationToken), cancellationToken);
            (returned, begun) = (returned + back, kept);
            given = await GiveAsync(name, cancellationToken);
        }
        catch (Exception e) when (e is HelpdeskAwayException or HelpdeskRefusedException)
        {
            // The other helpdesks are no worse for it, and a minute later it is tried again.
            NotNow(name, e.Message);
        }

        return (given, returned, begun);
    }

    /// <summary>Takes back what agents had who have just gone away, and gives it to others where these have room.</summary>
    /// <returns>How many tickets wait again, or are with others by now.</returns>
    public async Task<int> PassOnAsync(string name, IReadOnlyList<string> gone, CancellationToken cancellationToken)
    {
        var held = await capacity.ListOfAbsentAsync(name, cancellationToken);
        var (returned, _) = await TakeBackAsync(name, [.. held.Where(one => gone.Contains(one.AgentId))], cancellationToken);
        if (returned > 0)
        {
            await GiveAsync(name, cancellationToken);
        }

        return returned;
    }

    /// <summary>A change without an answer may be in the helpdesk: only there is to be seen whether the agent has the ticket.</summary>
    private async Task<int> SettleForgottenAsync(string name, CancellationToken cancellationToken)
    {
        var returned = 0;
        var before = await capacity.AskTimeAsync(cancellationToken) - ForgottenAfter;
        foreach (var (number, agent) in await capacity.ListForgottenAsync(name, before, cancellationToken))
        {
            if ((await helpdesks.GetForBackground(name).FindTicketAsync(number, cancellationToken))?.AssigneeId == agent)
            {
                await capacity.ConfirmAsync(name, number, agent, cancellationToken);
            }
            else if (await capacity.ReturnAsync(name, number, cancellationToken))
            {
                returned++;
            }
        }

        return returned;
    }

    /// <summary>
    /// Several at once, as an absence may be that of many. Another process may do the same: what it has passed on by now is another agent's,
    /// and stays so.
    /// </summary>
    private async Task<(int Returned, int Begun)> TakeBackAsync(
        string name, IReadOnlyList<(string Number, string AgentId)> held, CancellationToken cancellationToken)
    {
        var (returned, begun) = (0, 0);
        var atOnce = new ParallelOptions { MaxDegreeOfParallelism = MostAtOnce, CancellationToken = cancellationToken };
        await Parallel.ForEachAsync(held, atOnce, async (one, cancellationToken) =>
        {
            switch (await TakeBackAsync(name, one.Number, one.AgentId, cancellationToken))
            {
                case true:
                    Interlocked.Increment(ref returned);
                    break;
                case false:
                    Interlocked.Increment(ref begun);
                    break;
            }
        });
        return (returned, begun);
    }

    /// <returns>True where it waits again, false where the agent has begun with it.</returns>
    private async Task<bool?> TakeBackAsync(string name, string number, string agent, CancellationToken cancellationToken)
    {
        var helpdesk = helpdesks.GetForBackground(name);
        if (await helpdesk.FindTicketAsync(number, cancellationToken)
            is not { Status: HelpdeskStatus.New or HelpdeskStatus.Open } ticket
            || ticket.AssigneeId != agent)
        {
            await capacity.EndOfAsync(name, number, agent, cancellationToken);
            return null;
        }

        var comments = await helpdesk.ListCommentsAsync(number, MostComments, cancellationToken);
        if (comments.Any(comment => comment.AuthorId == agent))
        {
            Begun(new TicketId(name, number), agent);
            return false;
        }

        return await capacity.ReturnOfAsync(name, number, agent, cancellationToken) ? true : null;
    }

    private async Task<int> GiveAsync(string name, CancellationToken cancellationToken)
    {
        var given = 0;
        var groups = await helpdesks.GetForBackground(name).ListGroupsAsync(cancellationToken);
        for (var round = 0; round < MostRounds; round++)
        {
            if (await GiveOnceAsync(name, groups, cancellationToken) is not (> 0 and var more))
            {
                break;
            }

            given += more;
        }

        return given;
    }

    private async Task<int> GiveOnceAsync(string name, IReadOnlyList<HelpdeskGroup> groups, CancellationToken cancellationToken)
    {
        var given = 0;
        foreach (var (number, agent) in await desk.ClaimForAllAsync(name, cancellationToken))
        {
            var id = new TicketId(name, number);
            try
            {
                given += await GiveAsync(id, agent, groups, cancellationToken) ? 1 : 0;
            }
            catch (HelpdeskRefusedException e) when (e.IsFieldRefused)
            {
                await desk.RefuseAsync(id, agent, e.Message, CancellationToken.None);
                Refused(id, agent, e.Message);
            }
            catch (HelpdeskAwayException e) when (e.MayHaveArrived)
            {
                // The agent may have it, so the unit stays taken until it is looked at again.
                Unheard(id, agent, e.Message);
            }
            catch (Exception e) when (e is HelpdeskConflictException or HelpdeskAwayException or HelpdeskRefusedException)
            {
                await capacity.ReturnAsync(name, number, CancellationToken.None);
                NotGiven(id, agent, e.Message);
            }
        }

        return given;
    }

    private async Task<bool> GiveAsync(
        TicketId id, string agent, IReadOnlyList<HelpdeskGroup> groups, CancellationToken cancellationToken)
    {
        var helpdesk = helpdesks.GetForBackground(id.Helpdesk);
        var held = await capacity.FindAsync(id.Helpdesk, id.Number, cancellationToken);
        if (await helpdesk.FindTicketAsync(id.Number, cancellationToken) is not { Status: HelpdeskStatus.New or HelpdeskStatus.Open } ticket
            || (ticket.AssigneeId is { } present && present != held?.LastAgentId && present != agent)
            || groups.FirstOrDefault(group => group.Id == ticket.GroupId) is not { } group
            || !group.Name.Equals(held?.Group, StringComparison.OrdinalIgnoreCase))
        {
            // Solved, gone, or with an agent or a group of a person's choice.
            await capacity.EndAsync(id.Helpdesk, id.Number, cancellationToken);
            return false;
        }

        if (ticket.AssigneeId != agent)
        {
            await helpdesk.ApplyAsync(
                new HelpdeskChange
                {
                    Number = id.Number,
                    TriageId = Guid.CreateVersion7(clock.GetUtcNow()),
                    Stamp = ticket.Stamp,
                    AssigneeId = agent,
                },
                cancellationToken);
        }

        await capacity.ConfirmAsync(id.Helpdesk, id.Number, agent, CancellationToken.None);
        return true;
    }

    [LoggerMessage(LogLevel.Information, "Ticket {Ticket}: agent {Agent} is away and has begun with it; it stays with them.")]
    private partial void Begun(TicketId ticket, string agent);

    [LoggerMessage(LogLevel.Warning, "Ticket {Ticket}: the helpdesk refused agent {Agent}, and it waits for another. {Message}")]
    private partial void Refused(TicketId ticket, string agent, string message);

    [LoggerMessage(LogLevel.Warning, "Ticket {Ticket}: no answer says whether agent {Agent} has it; it is looked at again. {Message}")]
    private partial void Unheard(TicketId ticket, string agent, string message);

    [LoggerMessage(LogLevel.Warning, "Ticket {Ticket} could not be given to agent {Agent} and waits again. {Message}")]
    private partial void NotGiven(TicketId ticket, string agent, string message);

    [LoggerMessage(LogLevel.Warning, "The agents of {Helpdesk} could not be looked at; it is tried again in a minute. {Message}")]
    private partial void NotNow(string helpdesk, string message);
}
