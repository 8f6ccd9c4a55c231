using Microsoft.Extensions.DependencyInjection;
using TicketTriage.Agents;
using TicketTriage.Escalations;
using TicketTriage.Helpdesks;
using TicketTriage.ServiceLevels;
using TicketTriage.Tickets;

namespace TicketTriage.Host.Tests.Escalations;

[CancelAfter(120_000)]
internal sealed class Who_is_at_work
{
    [Test]
    public async Task Counts_in_the_chance_of_a_breach_and_stands_in_its_reasons(CancellationToken cancellationToken)
    {
        await using var triage = await TriageUnderTest.StartAsync(cancellationToken);
        var billing = $"{triage.Sandbox.Groups.Single(group => group.Name == "Billing").Id}";
        var roster = RosterFile.Read("id,name,groups\n1,Anna,Billing\n2,Ben,Billing\n3,Cleo,Billing");
        await triage.Services.GetRequiredService<RosterDesk>().ReplaceAsync(TriageUnderTest.Helpdesk, roster.Agents, seen: null, "Ada", cancellationToken);
        await triage.AskAsync<string>("update agents set is_available = (id = '1') returning id", cancellationToken);
        await triage.AskAsync<string>(
            $"""
            insert into past_tickets (helpdesk, number, stamp, status, priority, group_id, tags, fields, language, subject, messages,
                                      created_at, first_reply_at, solved_at, updated_at)
            select 'acme', n::text, '', 'solved', 'urgent', '{billing}', array[]::text[], jsonb_build_object(), 'en', '', '[]',
                   at, at + n * interval '1 minute', at + interval '1 hour', at
            from generate_series(1, 60) n, lateral (select timestamptz '2026-11-02T08:00:00Z' + n * interval '2 hours' as at) begun
            returning number
            """,
            cancellationToken);
        var risks = triage.Services.GetRequiredService<BreachRisks>();
        var now = DateTimeOffset.Parse("2026-11-23T10:00:00Z", System.Globalization.CultureInfo.InvariantCulture);
        var hours = triage.Services.GetRequiredService<ServiceLevelsInForce>().Hours;

        await risks.RefreshAsync(hours, now, cancellationToken);
        var thin = risks.Find(TicketOf(billing, now), ClockOf(now), now);
        await triage.AskAsync<string>("update agents set is_available = true returning id", cancellationToken);
        await risks.RefreshAsync(hours, now.AddMinutes(10), cancellationToken);
        var full = risks.Find(TicketOf(billing, now), ClockOf(now), now);

        using (Assert.EnterMultipleScope())
        {
            Assert.That(thin?.Reasons, Has.Some.EqualTo("Only 1 of the group's 3 agents are at work."));
            Assert.That(full?.Reasons, Has.None.Contains("at work"));
            Assert.That(full?.Chance, Is.InRange(0.4, 0.8), "Of 50 like tickets that were open this long, 30 were missed.");
        }
    }

    private static WatchedTicket TicketOf(string group, DateTimeOffset now) => new()
    {
        Id = new TicketId(TriageUnderTest.Helpdesk, "1"),
        CreatedAt = now.AddMinutes(-10),
        Status = HelpdeskStatus.New,
        Priority = TicketPriority.Urgent,
        Segment = CustomerSegment.Standard,
        GroupId = group,
    };

    private static TicketClock ClockOf(DateTimeOffset now) => new()
    {
        Metric = ServiceLevelMetric.FirstReplyTime,
        Stage = ServiceLevelStage.Active,
        Source = ServiceLevelSource.None,
        StartedAt = now.AddMinutes(-10),
        RunningSince = now.AddMinutes(-10),
        DueAt = now.AddMinutes(20),
        Target = TimeSpan.FromMinutes(30),
        Elapsed = TimeSpan.FromMinutes(10),
    };
}
