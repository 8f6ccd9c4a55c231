using TicketTriage.Helpdesks;
using TicketTriage.ServiceLevels;
using TicketTriage.ServiceLevels.Risk;

namespace TicketTriage.Tests.ServiceLevels.Risk;

public sealed class Learning_risk
{
    private static readonly DateTimeOffset Start = new(2026, 1, 5, 0, 0, 0, TimeSpan.Zero);

    [Test]
    public void A_log_of_unlike_teams_is_foretold_and_calibrated()
    {
        var report = RiskReport.Measure(Log(8_000));

        using (Assert.EnterMultipleScope())
        {
            Assert.That(report.Auc, Is.GreaterThan(0.75).And.GreaterThan(report.AucOfKind));
            Assert.That(report.Ece, Is.LessThan(0.05));
            Assert.That((report.Learned, report.Reported), Is.EqualTo((5_600, 2_400)));
        }
    }

    [Test]
    public void The_end_of_a_ticket_is_not_known_before_it_came()
    {
        var log = Log(1_000);
        var late = log.ConvertAll(past => past with { EndedAt = past.OpenedAt.AddYears(1) });

        // With nothing that ended there are no targets, so nothing can be foretold.
        Assert.That(RiskReport.Measure(late).Auc, Is.EqualTo(0.5));
    }

    [Test]
    public void A_team_that_has_become_slow_is_known_within_days()
    {
        var log = Log(4_000, slowFrom: 2_800);

        var report = RiskReport.Measure(log);

        Assert.That(report.Ece, Is.LessThan(report.EceOfFirstTable));
    }

    [Test]
    public void The_last_weeks_count_alone_where_they_are_enough()
    {
        var kind = new TicketKind(TicketPriority.High, "standard", null);
        PastDuration Past(int day, double share) =>
            new(Start.AddDays(day), ServiceLevelMetric.ResolutionTime, kind, "1", TeamLoad.Usual, share);

        PastDuration[] old = [.. Enumerable.Range(0, 300).Select(_ => Past(0, share: 0.5))];
        var many = new DurationTable([.. old, .. Enumerable.Range(0, 200).Select(_ => Past(60, share: 2))], Start.AddDays(61));
        var few = new DurationTable([.. old, .. Enumerable.Range(0, 100).Select(_ => Past(60, share: 2))], Start.AddDays(61));

        using (Assert.EnterMultipleScope())
        {
            Assert.That(many.Find(ServiceLevelMetric.ResolutionTime, kind, "1", TeamLoad.Usual, 0)?.Chance, Is.EqualTo(1).Within(0.01));
            Assert.That(few.Find(ServiceLevelMetric.ResolutionTime, kind, "1", TeamLoad.Usual, 0)?.Chance, Is.EqualTo(0.25).Within(0.01));
        }
    }

    [Test]
    public void A_group_is_busy_by_what_it_mostly_has()
    {
        var queues = new OpenQueues();
        int[] open = [queues.Enter("1", Start, Start.AddHours(2)), queues.Enter("1", Start.AddHours(1), null), queues.Enter("1", Start.AddHours(3), null)];
        var loads = new TeamLoads([("1", 9), ("1", 10), ("1", 30)]);

        using (Assert.EnterMultipleScope())
        {
            Assert.That(open, Is.EqualTo([0, 1, 1]));
            Assert.That(
                ((int[])[6, 7, 15, 16]).Select(count => loads.Of("1", count)),
                Is.EqualTo([TeamLoad.Low, TeamLoad.Usual, TeamLoad.Usual, TeamLoad.High]));
            Assert.That(loads.Of("2", 100), Is.EqualTo(TeamLoad.Usual), "nothing is known of it");
        }
    }

    [Test]
    public void A_perfect_order_has_the_whole_area_and_ties_half()
    {
        using (Assert.EnterMultipleScope())
        {
            Assert.That(RiskFigures.Auc([0.1, 0.2, 0.8], [false, false, true]), Is.EqualTo(1));
            Assert.That(RiskFigures.Auc([0.8, 0.2, 0.1], [false, false, true]), Is.Zero);
            Assert.That(RiskFigures.Auc([0.5, 0.5, 0.5], [false, false, true]), Is.EqualTo(0.5));
            Assert.That(RiskFigures.Ece([0.5, 0.5], [true, false], 15), Is.Zero);
            Assert.That(RiskFigures.Ece([1, 1], [true, false], 15), Is.EqualTo(0.5));
        }
    }

    [Test]
    public void Tickets_that_have_not_ended_make_nothing_look_quicker_than_it_is()
    {
        var kind = new TicketKind(TicketPriority.High, "standard", null);
        PastDuration Past(double share, bool isOpen) =>
            new(Start, ServiceLevelMetric.ResolutionTime, kind, "1", TeamLoad.Usual, share) { IsOpen = isOpen };

        // Half of them were quick; the other half is open still, some already beyond the target and some hardly begun.
        PastDuration[] ended = [.. Enumerable.Range(0, 60).Select(_ => Past(0.5, isOpen: false))];
        var table = new DurationTable([.. ended, .. Enumerable.Range(0, 60).Select(_ => Past(2, isOpen: true))], Start);
        var young = new DurationTable([.. ended, .. Enumerable.Range(0, 60).Select(_ => Past(0.1, isOpen: true))], Start);

        using (Assert.EnterMultipleScope())
        {
            Assert.That(table.Find(ServiceLevelMetric.ResolutionTime, kind, "1", TeamLoad.Usual, 0)?.Chance, Is.EqualTo(0.5).Within(0.01));
            Assert.That(table.Find(ServiceLevelMetric.ResolutionTime, kind, "1", TeamLoad.Usual, 0.6)?.Chance, Is.EqualTo(1).Within(0.01));
            Assert.That(young.Find(ServiceLevelMetric.ResolutionTime, kind, "1", TeamLoad.Usual, 0)?.Chance, Is.Zero, "nothing is known of them");
        }
    }

    [Test]
    public void A_small_kind_leans_on_the_larger_one_and_an_unknown_metric_says_nothing()
    {
        var kind = new TicketKind(TicketPriority.High, "standard", "billing/refund");
        var table = new DurationTable(
        [
            .. Enumerable.Range(0, 100).Select(i => new PastDuration(
                Start, ServiceLevelMetric.FirstReplyTime, new TicketKind(TicketPriority.Low, "standard", null), "1", TeamLoad.Usual, i < 20 ? 1.5 : 0.3)),
            .. Enumerable.Range(0, 40).Select(_ => new PastDuration(Start, ServiceLevelMetric.FirstReplyTime, kind, "1", TeamLoad.Usual, 1.2)),
        ], Start);

        using (Assert.EnterMultipleScope())
        {
            Assert.That(table.Find(ServiceLevelMetric.FirstReplyTime, kind, "1", TeamLoad.Usual, 0)?.Chance, Is.GreaterThan(0.9));
            Assert.That(
                table.Find(ServiceLevelMetric.FirstReplyTime, kind with { Priority = TicketPriority.Low, Intent = null }, "1", TeamLoad.Usual, 0)?.Chance,
                Is.LessThan(0.35));
            Assert.That(
                table.Find(ServiceLevelMetric.FirstReplyTime, kind with { Priority = TicketPriority.Low }, "1", TeamLoad.Usual, 0.5)?.Chance,
                Is.GreaterThan(0.9), "those that were quick are gone by then");
            Assert.That(table.Find(ServiceLevelMetric.ResolutionTime, kind, "1", TeamLoad.Usual, 0), Is.Null);
        }
    }

    /// <param name="slowFrom">From which ticket on one team in five misses nearly all.</param>
    private static List<PastCase> Log(int count, int slowFrom = int.MaxValue)
    {
        var chance = new Random(3);
        return [.. Enumerable.Range(0, count).Select(i =>
        {
            var (team, intent) = (chance.Next(5), chance.Next(4));
            var isBreached = chance.NextDouble() < (i >= slowFrom && team == 0 ? 0.95 : 1 / (1 + Math.Exp(3 - team - (0.7 * intent))));
            return new PastCase
            {
                OpenedAt = Start.AddMinutes(i * 20),
                EndedAt = Start.AddMinutes(i * 20).AddHours(isBreached ? chance.Next(25, 60) : chance.Next(1, 24)),
                IsBreached = isBreached,
                Kind = new TicketKind(TicketPriority.Low + (i % 3), "standard", $"{intent}"),
                GroupId = $"{team}",
            };
        })];
    }
}
