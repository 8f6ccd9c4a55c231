using Microsoft.Extensions.Options;
using NodaTime;
using TicketTriage.Agents;
using TicketTriage.Helpdesks;
using TicketTriage.Prioritisation;
using TicketTriage.Routing.Matching;
using TicketTriage.ServiceLevels;
using TicketTriage.Tickets;
using TicketTriage.Understanding;

namespace TicketTriage.Routing;

/// <summary>Loads who is there and what waits, lets the router decide, and claims what it gave. In mode <c>agent</c> alone.</summary>
public sealed class AgentDesk(
    AgentBook book,
    CapacityLedger capacity,
    AssignmentPool pool,
    ChoiceLedger choices,
    DueTimes dueTimes,
    HandlingTimes handling,
    ServiceLevelsInForce serviceLevels,
    IOptions<RoutingOptions> options,
    TimeProvider clock)
{
    /// <summary>Tickets that are looked at together: the most pressing of a pool that is longer.</summary>
    private const int MostWaiting = 5000;

    /// <summary>Somebody else may claim between the look and the claim; then it is looked at again.</summary>
    private const int MostTries = 3;

    /// <summary>A language or product less sure than this keeps no agent away.</summary>
    private const double SureEnough = 0.8;

    /// <summary>Work that was given longer ago makes nobody wait for more.</summary>
    private static readonly TimeSpan WorkCountsFor = TimeSpan.FromDays(1);

    /// <summary>At work within that time, where the roster says no hours.</summary>
    private static readonly TimeSpan UsualDay = TimeSpan.FromHours(8);

    /// <summary>Somebody who has only just come was not at work for nothing.</summary>
    private static readonly TimeSpan LeastAtWork = TimeSpan.FromHours(1);

    public bool Chooses(string helpdesk) => options.Value.ModeOf(helpdesk) == RoutingMode.Agent;

    /// <summary>Chooses an agent for a ticket that has none, or lets it wait in the pool.</summary>
    /// <param name="events">The ticket's, until now: its clocks are computed from them.</param>
    /// <returns>The route with the agent, where there is one, and the reasons.</returns>
    public async Task<Route> ChooseAsync(
        TicketId id,
        HelpdeskTicket ticket,
        IReadOnlyList<TicketEvent> events,
        TicketUnderstanding understanding,
        PriorityChoice priority,
        Route route,
        CancellationToken cancellationToken)
    {
        if (!Chooses(id.Helpdesk) || route.IsHeld || ticket.AssigneeId is not null)
        {
            return route;
        }

        if (await capacity.FindAsync(id.Helpdesk, id.Number, cancellationToken) is { } held)
        {
            if (held is { AgentId: not null, IsConfirmed: true })
            {
                // It was given to somebody and has nobody now: a person took it away, and knows why.
                await capacity.EndAsync(id.Helpdesk, id.Number, cancellationToken);
                return With(route, null, ["A person took it from the agent who had it; the group decides."]);
            }

            await capacity.ReturnAsync(id.Helpdesk, id.Number, cancellationToken);
            route = With(route, null, held.Refusals);
        }

        if (route.WantedAgent is { } wanted
            && !(await book.ListAsync(id.Helpdesk, cancellationToken)).Any(one => one.Agent.IsCalled(wanted)))
        {
            route = With(route with { WantedAgent = null }, null,
                [$"The rule names agent {wanted}, who is not there any more; any may have it."]);
        }

        var due = await dueTimes.FindAsync(id, ticket, events, understanding, priority, cancellationToken);
        var expected = handling.Find(understanding.Intent.Known, priority.Value);
        route = With(route, null, [due.Reason, expected.Reason]);
        var own = Describe(id, ticket, understanding, priority, route, expected.Minutes);
        await pool.PutAsync(id.Helpdesk, id.Number, own, ticket.RequesterId, due, cancellationToken);
        for (var tries = 1; ; tries++)
        {
            var (waiting, now, staff) = await LookAsync(id.Helpdesk, cancellationToken);
            var place = waiting.ToList().FindIndex(one => one.Id == id.Number);
            if (place < 0)
            {
                return route;
            }

            var choice = AgentChoice.Of(place, waiting, now, staff, RouterTuning.Default);
            if (choice.Agent is not { } chosen)
            {
                return With(route, null, choice.Reasons);
            }

            var agent = staff.Agents[chosen].Id;
            if (await capacity.ClaimAsync(id.Helpdesk, id.Number, agent, choice.Reasons, cancellationToken))
            {
                return With(route, agent, choice.Reasons);
            }

            if (tries == MostTries)
            {
                return With(route, null, ["It waits: others were faster with those who were free."]);
            }
        }
    }

    /// <summary>Gives what waits to those who are free, as a whole. Each is claimed and has to be written next.</summary>
    public async Task<IReadOnlyList<(string Number, string Agent)>> ClaimForAllAsync(string helpdesk, CancellationToken cancellationToken)
    {
        var (waiting, now, staff) = await LookAsync(helpdesk, cancellationToken);
        var claimed = new List<(string, string)>();
        foreach (var (given, reasons) in AgentChoice.OfAll(waiting, now, staff, RouterTuning.Default))
        {
            var (number, agent) = (waiting[given.Ticket].Id, staff.Agents[given.Agent].Id);
            if (await capacity.ClaimAsync(helpdesk, number, agent, reasons, cancellationToken))
            {
                claimed.Add((number, agent));
            }
        }

        return claimed;
    }

    /// <summary>Settles a claim after the change was written.</summary>
    /// <param name="agent">Whom the change gave it to; <see langword="null"/> where it left the ticket as a person wanted it.</param>
    public Task SettleAsync(TicketId id, Route route, string? agent, CancellationToken cancellationToken) => route.Agent switch
    {
        null => Task.CompletedTask,
        var claimed when claimed == agent => capacity.ConfirmAsync(id.Helpdesk, id.Number, agent, cancellationToken),
        _ => capacity.EndAsync(id.Helpdesk, id.Number, cancellationToken),
    };

    /// <summary>The helpdesk would not give the ticket to the agent: it waits for another.</summary>
    /// <param name="why">What the helpdesk said.</param>
    public Task RefuseAsync(TicketId id, string agent, string why, CancellationToken cancellationToken) => capacity.RefuseAsync(
        id.Helpdesk, id.Number, agent, $"The helpdesk did not give it to agent {agent}. {why}".TrimEnd(), cancellationToken);

    /// <summary>The ticket is solved, gone, or a person's: it waits for nobody any more.</summary>
    public Task EndAsync(TicketId id, CancellationToken cancellationToken) =>
        Chooses(id.Helpdesk) ? capacity.EndAsync(id.Helpdesk, id.Number, cancellationToken) : Task.CompletedTask;

    private async Task<(IReadOnlyList<PoolTicket> Waiting, AgentNow[] Now, Staff Staff)> LookAsync(
        string helpdesk, CancellationToken cancellationToken)
    {
        var at = clock.GetUtcNow();
        var agents = await book.ListAsync(helpdesk, cancellationToken);
        var waiting = await pool.ListWaitingAsync(helpdesk, at, serviceLevels.Hours, MostWaiting, cancellationToken);
        var moment = Instant.FromDateTimeOffset(at);
        var given = await choices.ListMinutesAsync(helpdesk, at - WorkCountsFor, cancellationToken);
        var now = agents.Select(one => new AgentNow(
            one.IsAvailable && one.Agent.WorksAt(moment), one.ActiveUnits, one.Agent.MostUnits, one.Agent.LeavesAfter(moment).TotalMinutes,
            ShareOf(one, given.GetValueOrDefault(one.Agent.Id), moment)));
        return (waiting, [.. now], new Staff([.. agents.Select(one => one.Agent)]));
    }

    /// <summary>
    /// How much of the agent's time was taken: by what was given within a day, and, where that is more, by what is still there of before.
    /// </summary>
    private static double ShareOf(AgentAtWork one, double givenMinutes, Instant moment)
    {
        var atWork = one.Agent.Hours is { } hours
            ? BusinessTime.Measure(hours, moment - Duration.FromTimeSpan(WorkCountsFor), moment, []).TotalMinutes
            : UsualDay.TotalMinutes;
        var worked = Math.Min(1, givenMinutes / Math.Max(LeastAtWork.TotalMinutes, atWork));
        return one.Agent.MostUnits == 0 ? 1 : Math.Max(worked, Math.Min(1, one.ActiveUnits / (double)one.Agent.MostUnits));
    }

    private static PoolTicket Describe(
        TicketId id,
        HelpdeskTicket ticket,
        TicketUnderstanding understanding,
        PriorityChoice priority,
        Route route,
        double expectedMinutes) => new()
        {
            Id = id.Number,
            Demand = new TicketDemand
            {
                RequiredSkills = route.RequiredSkills,
                // A wish and no must: a team that has never given anybody this skill has people for the ticket all the same.
                PreferredSkills = route.UsualSkill is { } usual ? [usual] : route.PreferredSkills,
                Language = Sure(understanding.Language),
                Product = Sure(understanding.Product),
                Group = route.Group,
                Agent = route.WantedAgent,
            },
            Priority = priority.Value,
            ExpectedMinutes = expectedMinutes,
            Channel = ticket.Channel,
        };

    private static string? Sure(Finding finding) =>
        finding.Confidence >= SureEnough ? finding.Known : null;

    private static Route With(Route route, string? agent, IReadOnlyList<string> reasons) =>
        route with { Agent = agent, Reasons = [.. route.Reasons, .. reasons] };
}
