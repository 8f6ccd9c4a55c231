using TicketTriage.Chaos.Judging;
using TicketTriage.Chaos.Reports;
using TicketTriage.Chaos.Scenarios;
using TicketTriage.Testing;

namespace TicketTriage.Host.Tests.Deploy;

/// <summary>A run of the chaos program fails where a promise is missed, also when nothing was lost.</summary>
[CancelAfter(60_000)]
internal sealed class What_the_chaos_program_promises
{
    private static readonly Verdict Clean = new(10, []);

    [Test]
    public void A_scenario_that_misses_a_goal_has_failed_though_nothing_was_lost()
    {
        var kept = Played(new Figure("longest stop in good order", 29, "s", Most: 30));
        var missed = Played(new Figure("longest stop in good order", 31, "s", Most: 30));
        var tooFew = Played(new Figure("2 workers, times half as many", 1.7, "") { Least = 1.9 });
        var unmeasured = Played(new Figure("rise of p95", double.NaN, "%", Most: 20));

        using (Assert.EnterMultipleScope())
        {
            Assert.That(kept.IsGood, Is.True);
            Assert.That(missed.IsGood, Is.False);
            Assert.That(tooFew.IsGood, Is.False);
            Assert.That(unmeasured.IsGood, Is.False, "what could not be measured was not kept");
            Assert.That(OutcomeTable.Line(missed), Does.EndWith("FAILED"));
            Assert.That(OutcomeTable.Write([missed]), Does.Contain("Missed: longest stop in good order: 31 s (wanted <= 30, MISSED)"));
        }
    }

    [Test]
    public void A_value_without_a_goal_only_informs()
    {
        var outcome = Played(new Figure("memory of the web process, last", 4000, "MB"));

        Assert.That((outcome.IsGood, OutcomeTable.Line(outcome)), Is.EqualTo((true, OutcomeTable.Line(Played()))));
    }

    [Test]
    public void What_the_machine_shows_in_is_promised_of_a_scenario_that_is_played_alone()
    {
        var figure = new Figure("rise of p95", 60, "%", Most: 20) { NeedsQuiet = true };

        using (Assert.EnterMultipleScope())
        {
            Assert.That(Played(figure).IsGood, Is.False);
            Assert.That((Played(figure) with { IsCrowded = true }).IsGood, Is.True);
            Assert.That(figure.Say(isCrowded: true), Does.EndWith("missed beside other scenarios)"));
        }
    }

    [Test]
    public void A_finding_of_the_judge_fails_it_whatever_was_measured()
    {
        var outcome = Played() with { Verdict = new Verdict(10, [new Finding(Fault.Lost, "a letter")]), IsCrowded = true };

        Assert.That(outcome.IsGood, Is.False);
    }

    [Test]
    public async Task Its_page_tells_of_each_scenario_in_the_order_of_the_program(CancellationToken cancellationToken)
    {
        var lines = await File.ReadAllLinesAsync(Path.Combine(Repository.Root, "docs", "chaos.md"), cancellationToken);

        var told = lines.SkipWhile(line => !line.StartsWith("| scenario |", StringComparison.Ordinal)).Skip(2)
            .TakeWhile(line => line.StartsWith('|')).Select(line => line.Split('`')[1]);

        Assert.That(told, Is.EqualTo(ScenarioList.Known.Select(known => known.Name)));
        Assert.That(ScenarioList.OfAll, Has.Count.EqualTo(12), "the page says how many of them `all` plays");
    }

    private static Outcome Played(params Figure[] figures) => new("storm", 10, 12, 3, Clean, figures, TimeSpan.FromSeconds(1), "/tmp/logs");
}
