using System.Diagnostics;
using TicketTriage.Sandbox;
using TicketTriage.Sandbox.Desk;
using TicketTriage.Sandbox.Faults;
using TicketTriage.Sandbox.Journal;

namespace TicketTriage.Helpdesks.Tests.Contract;

/// <summary>
/// A person changes tags, priority or assignee at a random moment of each write-back, from the first reading to the last answer. Each call
/// takes some milliseconds to arrive, as over a network, and deciding takes some more.
/// </summary>
[TestFixture(SandboxKind.Zendesk)]
[TestFixture(SandboxKind.Freshdesk)]
public class Persons_beside_the_service(SandboxKind kind)
{
    private static readonly TimeSpan OnTheWay = TimeSpan.FromMilliseconds(4);
    private static readonly TimeSpan Deciding = TimeSpan.FromMilliseconds(40);

    [Test]
    [CancelAfter(120_000)]
    public Task None_of_a_persons_changes_is_lost() => RunAsync(writeBacks: 100);

    [Test, Explicit("Takes minutes."), Category("Long")]
    [CancelAfter(1_800_000)]
    public Task None_of_a_persons_changes_is_lost_in_two_thousand() => RunAsync(writeBacks: 2_000);

    private async Task RunAsync(int writeBacks)
    {
        await using var desk = await ContractDesk.StartAsync(kind);
        desk.Sandbox.Faults.Add(new FaultRule { Path = "/api/v2/tickets/**", Kind = FaultKind.Slow, Delay = OnTheWay });
        var chance = new Random(20_261_122);
        var usual = await MeasureAsync(desk);

        var conflicts = 0;
        await Parallel.ForEachAsync(
            Enumerable.Range(0, writeBacks).Select(_ => (Moment: usual * chance.NextDouble(), Edit: RandomEdit(desk, chance))),
            new ParallelOptions { MaxDegreeOfParallelism = 4, CancellationToken = Patience() },
            async (person, cancellationToken) =>
            {
                var number = desk.Sandbox.AddTicket(new NewTicket { Subject = "s", Body = "b", Tags = ["vip"] }).Number;
                var editing = EditAsync(desk, number, person.Moment, person.Edit, cancellationToken);
                Interlocked.Add(ref conflicts, await WriteBackAsync(desk, number, cancellationToken));
                await editing;
            });

        var lost = desk.Sandbox.Journal.OverwrittenChanges;
        var inTheGap = lost.Where(change => IsInTheGap(desk, change)).ToList();
        await TestContext.Out.WriteLineAsync(
            $"{kind}: {writeBacks} write-backs of about {usual.TotalMilliseconds:0} ms, {conflicts} conflicts, {lost.Count} changes lost, "
            + $"{inTheGap.Count} of them between the second look and the change that follows it.");
        using (Assert.EnterMultipleScope())
        {
            Assert.That(lost.Except(inTheGap), Is.Empty, "Only where the vendor has no check can anything be lost, and only in that gap.");
            Assert.That(kind == SandboxKind.Zendesk ? lost.Count : 0, Is.Zero);
            Assert.That(conflicts, Is.GreaterThan(0), "Nobody came between: the test has tested nothing.");
        }
    }

    /// <summary>Reads, decides by what nobody has set, writes; again where somebody was faster.</summary>
    private static async Task<int> WriteBackAsync(ContractDesk desk, long number, CancellationToken cancellationToken)
    {
        for (var conflicts = 0; ; conflicts++)
        {
            var ticket = await desk.ReadAsync(number, cancellationToken);
            await desk.Helpdesk.ListCommentsAsync($"{number}", 200, cancellationToken);
            await Task.Delay(Deciding, TimeProvider.System, cancellationToken);
            var change = ContractDesk.WithNote(desk.Change(ticket) with
            {
                Priority = ticket.Priority == TicketPriority.None ? TicketPriority.High : null,
                GroupId = ticket is { GroupId: null, AssigneeId: null } ? $"{desk.Group("Billing")}" : null,
            });
            try
            {
                await desk.Helpdesk.ApplyAsync(change, cancellationToken);
                return conflicts;
            }
            catch (HelpdeskConflictException)
            {
                // Read and decided again.
            }
        }
    }

    private static TicketEdit RandomEdit(ContractDesk desk, Random chance) => chance.Next(4) switch
    {
        0 => new TicketEdit { AddedTags = ["by_hand"] },
        1 => new TicketEdit { RemovedTags = ["vip"] },
        2 => new TicketEdit { Priority = new("urgent") },
        _ => new TicketEdit { AssigneeId = new(desk.Sandbox.TeamLead.Id) },
    };

    private static async Task EditAsync(
        ContractDesk desk, long number, TimeSpan moment, TicketEdit edit, CancellationToken cancellationToken)
    {
        await Task.Delay(moment, TimeProvider.System, cancellationToken);
        desk.Sandbox.EditAsPerson(number, edit);
    }

    private static async Task<TimeSpan> MeasureAsync(ContractDesk desk)
    {
        var took = new List<TimeSpan>();
        for (var i = 0; i < 5; i++)
        {
            var began = Stopwatch.GetTimestamp();
            await WriteBackAsync(desk, desk.Sandbox.AddTicket("s", "b").Number, Patience());
            took.Add(Stopwatch.GetElapsedTime(began));
        }

        return took.Order().ElementAt(2);
    }

    // After the answer to the second look had left, before the change arrived.
    private static bool IsInTheGap(ContractDesk desk, OverwrittenChange lost)
    {
        var secondLook = desk.Sandbox.Journal.Calls.LastOrDefault(call =>
            call.At <= lost.ByApi.At && call.Endpoint.StartsWith("GET ", StringComparison.Ordinal)
            && call.Path == $"/api/v2/tickets/{lost.Ticket}");
        return desk.Sandbox.Kind == SandboxKind.Freshdesk && secondLook is not null && lost.ByPerson.At >= secondLook.At - OnTheWay;
    }

    private static CancellationToken Patience() => TestContext.CurrentContext.CancellationToken;
}
