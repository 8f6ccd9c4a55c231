using TicketTriage.Helpdesks;
using TicketTriage.Prioritisation;
using TicketTriage.ServiceLevels;

namespace TicketTriage.Tests.ServiceLevels;

public sealed class The_tightest_promise
{
    private static readonly DateTimeOffset Now = new(2026, 11, 23, 12, 0, 0, TimeSpan.Zero);

    [Test]
    public void Is_the_one_of_which_most_is_used_up() => Assert.That(
        Promises.FindTightest(
            [Running(ServiceLevelMetric.ResolutionTime, 480, used: 120), Running(ServiceLevelMetric.FirstReplyTime, 60, used: 45)], Now),
        Is.EqualTo(new RunningPromise("first reply", 0.75, Now.AddMinutes(15))));

    [Test]
    public void Is_none_where_all_are_kept_or_rest() => Assert.That(
        Promises.FindTightest(
            [
                Running(ServiceLevelMetric.FirstReplyTime, 60, used: 45) with { Stage = ServiceLevelStage.Achieved, EndedAt = Now },
                Running(ServiceLevelMetric.ResolutionTime, 60, used: 45) with { Stage = ServiceLevelStage.Paused, DueAt = null },
            ],
            Now),
        Is.Null);

    [Test]
    public void That_is_nearly_missed_is_not_missed() => Assert.That(
        Promises.FindTightest([Running(ServiceLevelMetric.FirstReplyTime, 100_000, used: 99_999)], Now)?.Used, Is.EqualTo(0.999));

    [Test]
    public void That_ran_out_at_closing_time_is_missed_though_no_working_time_has_passed_since() => Assert.That(
        Promises.FindTightest(
            [Running(ServiceLevelMetric.FirstReplyTime, 60, used: 60) with { Stage = ServiceLevelStage.Breached, DueAt = Now.AddHours(-10) }], Now)?.Used,
        Is.EqualTo(1));

    [Test]
    public void Of_a_helpdesk_that_tells_only_when_it_is_due_goes_by_the_clock() => Assert.That(
        Promises.FindTightest(
            [
                Running(ServiceLevelMetric.FirstReplyTime, 0, used: 0) with
                {
                    Source = ServiceLevelSource.OfTicket, Target = null, Elapsed = null, StartedAt = Now.AddHours(-3), DueAt = Now.AddHours(-1),
                },
            ],
            Now)?.Used,
        Is.EqualTo(1.5));

    private static TicketClock Running(ServiceLevelMetric metric, int target, int used) => new()
    {
        Metric = metric,
        Stage = ServiceLevelStage.Active,
        Source = ServiceLevelSource.None,
        StartedAt = Now.AddMinutes(-used),
        RunningSince = Now.AddMinutes(-used),
        DueAt = Now.AddMinutes(target - used),
        Target = TimeSpan.FromMinutes(target),
        Elapsed = TimeSpan.FromMinutes(used),
    };
}
