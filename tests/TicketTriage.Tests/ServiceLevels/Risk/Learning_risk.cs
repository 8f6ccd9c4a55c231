using TicketTriage.Helpdesks;
using TicketTriage.ServiceLevels;
using TicketTriage.ServiceLevels.Risk;

namespace TicketTriage.Tests.ServiceLevels.Risk;

public sealed class Learning_risk
{
    private static readonly DateTimeOffset Start = new(2026, 1, 5, 0, 0, 0, TimeSpan.Zero);

    [Test]
    public void A_log_with_telling_features_is_foretold_and_calibrated()
    {
        var report = RiskReport.Measure(Log(4_000));

        using (Assert.EnterMultipleScope())
        {
            Assert.That(report.Auc, Is.GreaterThan(0.75).And.GreaterThan(report.AucOfKind));
            Assert.That(report.Ece, Is.LessThan(0.05));
            Assert.That((report.Learned, report.Reported), Is.EqualTo((2_800, 1_200)));
        }
    }

    [Test]
    public void Nothing_of_the_rest_is_learned_from()
    {
        var log = Log(1_000);
        var cut = 700;
        List<PastCase> other = [.. log[..cut], .. log[cut..].Select(past => past with { IsBreached = !past.IsBreached })];

        Assert.That(RiskReport.Measure(other).EceBeforeCalibration, Is.GreaterThan(RiskReport.Measure(log).EceBeforeCalibration));
    }

    [Test]
    public void What_is_still_open_counts_by_its_age()
    {
        var open = new OpenCases(
            [Case(hours: 1, isBreached: false), Case(hours: 2, isBreached: false), Case(hours: 30, isBreached: true), Case(hours: 40, isBreached: true)],
            Start.AddDays(10));

        Assert.That(open.ChanceAt(TimeSpan.FromHours(10)), Is.GreaterThan(open.ChanceAt(TimeSpan.Zero)));
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
            new(ServiceLevelMetric.ResolutionTime, kind, "1", TeamLoad.Usual, share) { IsOpen = isOpen };

        // Half of them were quick; the other half is open still, some already beyond the target and some hardly begun.
        PastDuration[] ended = [.. Enumerable.Range(0, 60).Select(_ => Past(0.5, isOpen: false))];
        var table = new DurationTable([.. ended, .. Enumerable.Range(0, 60).Select(_ => Past(2, isOpen: true))]);
        var young = new DurationTable([.. ended, .. Enumerable.Range(0, 60).Select(_ => Past(0.1, isOpen: true))]);

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
                ServiceLevelMetric.FirstReplyTime, new TicketKind(TicketPriority.Low, "standard", null), "1", TeamLoad.Usual, i < 20 ? 1.5 : 0.3)),
            .. Enumerable.Range(0, 40).Select(_ => new PastDuration(ServiceLevelMetric.FirstReplyTime, kind, "1", TeamLoad.Usual, 1.2)),
        ]);

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

    private static List<PastCase> Log(int count)
    {
        var chance = new Random(3);
        return [.. Enumerable.Range(0, count).Select(i =>
        {
            var (team, product) = (chance.Next(5), chance.Next(4));
            var isBreached = chance.NextDouble() < 1 / (1 + Math.Exp(3 - team - (0.7 * product)));
            return new PastCase
            {
                OpenedAt = Start.AddMinutes(i * 20),
                EndedAt = Start.AddMinutes(i * 20).AddHours(isBreached ? chance.Next(25, 60) : chance.Next(1, 24)),
                IsBreached = isBreached,
                Kind = $"{i % 3}",
                Features = [$"team={team}", $"product={product}", $"noise={chance.Next(20)}"],
            };
        })];
    }

    private static PastCase Case(int hours, bool isBreached) => new()
    {
        OpenedAt = Start, EndedAt = Start.AddHours(hours), IsBreached = isBreached, Kind = "1", Features = [],
    };
}
