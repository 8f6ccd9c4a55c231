using System.Globalization;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging.Abstractions;
using TicketTriage.Agents;
using TicketTriage.Helpdesks;
using TicketTriage.Journey;
using TicketTriage.Routing;
using TicketTriage.Sandbox;
using TicketTriage.Sandbox.Desk;
using TicketTriage.Sandbox.Faults;
using TicketTriage.Testing;

namespace TicketTriage.Host.Tests.Journey;

/// <summary>
/// What an absent agent has not begun waits for others within a minute. The watch goes by a clock that only the test moves, from the worst
/// moment on: right after a look.
/// </summary>
[CancelAfter(120_000)]
internal sealed class Agents_who_go_away
{
    private const string Availability = "GET /api/v2/agent_availabilities";

    private static readonly TimeSpan Minute = TimeSpan.FromMinutes(1);

    private static readonly TriageSetUp ByAgents = new()
    {
        Settings = new Dictionary<string, string?> { [$"Routing:Modes:{TriageUnderTest.Helpdesk}"] = "Agent" },
        Sandbox = new SandboxOptions { HasAvailability = true },
    };

    [Test]
    public async Task By_the_helpdesks_word_lose_within_a_minute_what_they_have_not_begun(CancellationToken cancellationToken)
    {
        await using var triage = await TriageUnderTest.StartAsync(cancellationToken, ByAgents);
        var (ticket, first) = await GiveAsync(triage, cancellationToken);
        await using var watch = await WatchUnderTest.StartAsync(triage, cancellationToken);

        triage.Sandbox.ChangePerson(first with { IsAvailable = false });
        var took = await watch.UntilAsync(() => HasLostAsync(triage, ticket, first, cancellationToken), cancellationToken);
        await triage.WhenQuietAsync(cancellationToken);

        using (Assert.EnterMultipleScope())
        {
            Assert.That(took, Is.LessThanOrEqualTo(Minute));
            Assert.That(
                triage.Sandbox.GetTicket(ticket.Number).AssigneeId, Is.Not.Null.And.Not.EqualTo(first.Id), "another has it already");
        }
    }

    [Test]
    public async Task By_an_absence_entered_here_lose_it_too_though_the_helpdesk_says_nothing(CancellationToken cancellationToken)
    {
        await using var triage = await TriageUnderTest.StartAsync(cancellationToken, ByAgents);
        var (ticket, first) = await GiveAsync(triage, cancellationToken);
        await using var watch = await WatchUnderTest.StartAsync(triage, cancellationToken);
        triage.Sandbox.Faults.Add(new() { Method = "GET", Path = "/api/v2/agent_availabilities", Kind = FaultKind.Status, Status = 403 });

        var book = triage.Services.GetRequiredService<AgentBook>();
        var sheet = await book.FindAsync(TriageUnderTest.Helpdesk, $"{first.Id}", cancellationToken)
            ?? throw new AssertionException("The agent has no sheet.");
        var now = TimeProvider.System.GetUtcNow();
        var days = string.Create(CultureInfo.InvariantCulture, $"{now.AddDays(-1):yyyy-MM-dd}..{now.AddDays(1):yyyy-MM-dd}");
        await book.ChangeAsync(
            TriageUnderTest.Helpdesk, sheet.Id, sheet.Roster with { Absences = [days] }, sheet.Mark, "Ada", cancellationToken);
        var took = await watch.UntilAsync(() => HasLostAsync(triage, ticket, first, cancellationToken), cancellationToken);

        Assert.That(took, Is.LessThanOrEqualTo(Minute));
    }

    [Test]
    public async Task Keep_what_they_have_begun(CancellationToken cancellationToken)
    {
        await using var triage = await TriageUnderTest.StartAsync(cancellationToken, ByAgents);
        var writes = triage.Sandbox.TeamLead;
        foreach (var other in triage.Sandbox.Staff.Where(person => person.Id != writes.Id && person.Id != triage.Sandbox.Integration.Id))
        {
            triage.Sandbox.ChangePerson(other with { GroupIds = [] });
        }

        var (ticket, first) = await GiveAsync(triage, cancellationToken);
        triage.Sandbox.EditAsPerson(ticket.Number, new() { Comment = new() { Body = "I am on it.", IsPublic = false } });
        await triage.WhenQuietAsync(cancellationToken);
        await using var watch = await WatchUnderTest.StartAsync(triage, cancellationToken);

        triage.Sandbox.ChangePerson(first with { IsAvailable = false });
        await watch.UntilAsync(
            async () => await triage.AskAsync<bool>($"select not is_available from agents where id = '{first.Id}'", cancellationToken),
            cancellationToken);
        await watch.PassAsync(Minute, cancellationToken);

        Assert.That((first.Id, triage.Sandbox.GetTicket(ticket.Number).AssigneeId), Is.EqualTo((writes.Id, writes.Id)));
    }

    [Test]
    public async Task Are_not_asked_for_while_nobody_has_a_ticket(CancellationToken cancellationToken)
    {
        await using var triage = await TriageUnderTest.StartAsync(cancellationToken, ByAgents);
        await triage.Services.GetRequiredService<AgentDispatch>().RunAsync(cancellationToken);
        var before = triage.Sandbox.Journal.CallsByEndpoint[Availability];
        await using var watch = await WatchUnderTest.StartAsync(triage, cancellationToken);

        await watch.PassAsync(5 * Minute, cancellationToken);

        Assert.That(triage.Sandbox.Journal.CallsByEndpoint[Availability], Is.EqualTo(before));
    }

    private static async Task<(SandboxTicket Ticket, SandboxPerson Agent)> GiveAsync(
        TriageUnderTest triage, CancellationToken cancellationToken)
    {
        await triage.Services.GetRequiredService<AgentDispatch>().RunAsync(cancellationToken);
        var ticket = await triage.TriageAsync(Mail.WrongInvoice, cancellationToken);
        return (ticket, triage.Sandbox.Staff.Single(person => person.Id == ticket.AssigneeId));
    }

    private static async Task<bool> HasLostAsync(
        TriageUnderTest triage, SandboxTicket ticket, SandboxPerson agent, CancellationToken cancellationToken) =>
        await triage.AskAsync<bool>(
            $"select agent_id is distinct from '{agent.Id}' from assignments where number = '{ticket.Number}'", cancellationToken);

    /// <summary>The watch as every worker has it, by a clock of its own.</summary>
    private sealed class WatchUnderTest(AbsenceWatch watch, ManualClock clock) : IAsyncDisposable
    {
        public static async Task<WatchUnderTest> StartAsync(TriageUnderTest triage, CancellationToken cancellationToken)
        {
            // Far from today, so that this process' own watch, which goes by today's clock, is none of its.
            var clock = new ManualClock(new DateTimeOffset(2031, 3, 3, 10, 0, 0, TimeSpan.Zero));
            var services = triage.Services;
            var watch = new AbsenceWatch(
                services.GetRequiredService<HelpdeskDirectory>(), services.GetRequiredService<AgentDesk>(),
                services.GetRequiredService<AgentRefresh>(), services.GetRequiredService<AgentDispatch>(),
                services.GetRequiredService<CapacityLedger>(), clock, NullLogger<AbsenceWatch>.Instance);
            await watch.StartAsync(cancellationToken);
            var started = new WatchUnderTest(watch, clock);
            await started.UntilLookedAsync(cancellationToken);
            return started;
        }

        /// <summary>Lets time pass, a look at a time, until it is so.</summary>
        /// <returns>How much time that was.</returns>
        public async Task<TimeSpan> UntilAsync(Func<Task<bool>> isSo, CancellationToken cancellationToken)
        {
            var from = clock.GetUtcNow();
            while (!await isSo())
            {
                await PassAsync(await clock.UntilTimerAsync(Minute, cancellationToken), cancellationToken);
            }

            return clock.GetUtcNow() - from;
        }

        public async Task PassAsync(TimeSpan time, CancellationToken cancellationToken)
        {
            var end = clock.GetUtcNow() + time;
            while (clock.GetUtcNow() < end)
            {
                var next = await clock.UntilTimerAsync(Minute, cancellationToken);
                clock.Advance(next < end - clock.GetUtcNow() ? next : end - clock.GetUtcNow());
                await UntilLookedAsync(cancellationToken);
            }
        }

        public async ValueTask DisposeAsync()
        {
            await watch.StopAsync(CancellationToken.None);
            watch.Dispose();
        }

        /// <summary>The wait for the next look begins when one has ended.</summary>
        private Task<TimeSpan> UntilLookedAsync(CancellationToken cancellationToken) => clock.UntilTimerAsync(Minute, cancellationToken);
    }
}
