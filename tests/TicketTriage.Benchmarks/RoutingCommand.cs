using System.CommandLine;
using System.Globalization;
using TicketTriage.Agents;
using TicketTriage.Benchmarks.Reports;
using TicketTriage.Helpdesks;
using TicketTriage.Routing.Matching;
using TicketTriage.Routing.Rules;

namespace TicketTriage.Benchmarks;

/// <summary>
/// <c>routing</c>: how long one decision, a batch and the rules take. Within this process: nothing of it waits for anybody.
/// </summary>
internal static class RoutingCommand
{
    private const int Agents = 500;
    private const int Skills = 40;

    private static readonly TimeSpan WarmUp = TimeSpan.FromSeconds(2);

    public static Command Create()
    {
        var options = new BenchmarkOptions();
        var command = new Command("routing", "One decision among 500 agents and 5,000 waiting tickets, a batch of 500 by 500, 200 rules.");
        options.AddTo(command);
        command.SetAction(async (parsed, cancellationToken) =>
        {
            var load = Circumstances.ReadLoad();
            var rounds = options.Rounds(parsed, usual: 101);
            var staff = NewStaff();
            var pool = NewPool(5_000);
            var busy = NowWithFree(5);
            var some = NowWithFree(50);
            var free = NowWithFree(Agents);
            var few = pool.Take(500).ToArray();
            var rules = NewRules(200);
            var facts = Facts();
            var decision = Measure(rounds, () => AgentRouter.Match(pool, busy, staff, RouterTuning.Default));
            var arrival = Measure(rounds, () => AgentChoice.Of(2_500, pool, busy, staff, RouterTuning.Default));
            var fifty = Measure(rounds, () => AgentRouter.Match(pool, some, staff, RouterTuning.Default));
            var all = Measure(Math.Min(rounds, 21), () => AgentRouter.Match(pool, free, staff, RouterTuning.Default));
            var batch = Measure(Math.Min(rounds, 21), () => AgentRouter.Match(few, free, staff, RouterTuning.Default));
            var rule = Measure(rounds, () =>
            {
                foreach (var one in facts)
                {
                    rules.Decide(one);
                }
            });
            var report = new Report(
                "routing",
                string.Create(CultureInfo.InvariantCulture,
                    $"{rounds} rounds in this process; {Circumstances.Describe(database: "none", load)}"),
                [
                    Figure.AtMost("500 agents of whom 5 are free × 5,000 waiting, p95", decision.P95, "ms", 10),
                    Figure.AtMost("the same for one ticket with its reasons, p95", arrival.P95, "ms", 10),
                    Figure.AtMost("500 agents of whom 50 are free × 5,000 waiting, p95", fifty.P95, "ms", 10),
                    new Figure("500 agents who are all free × 5,000 waiting, p95", all.P95, "ms"),
                    Figure.AtMost("500 free agents × 500 waiting, p95", batch.P95, "ms", 250),
                    Figure.AtMost("200 rules, a ticket, p95", rule.P95 * 1000 / facts.Length, "µs", 50),
                ]);
            return await options.PublishAsync(parsed, report, cancellationToken);
        });
        return command;
    }

    private static Latencies Measure(int rounds, Action work)
    {
        // What is asked often is compiled anew, and better, while it is asked: a service is measured that has run for a while.
        var warming = TimeProvider.System.GetTimestamp();
        for (var warmUp = 0; warmUp < 10 || TimeProvider.System.GetElapsedTime(warming) < WarmUp; warmUp++)
        {
            work();
        }

        var times = new List<double>();
        for (var round = 0; round < rounds; round++)
        {
            var began = TimeProvider.System.GetTimestamp();
            work();
            times.Add(TimeProvider.System.GetElapsedTime(began).TotalMilliseconds);
        }

        times.Sort();
        return new Latencies(times[times.Count * 95 / 100]);
    }

    private static AgentNow[] NowWithFree(int free) =>
        [.. Enumerable.Range(0, Agents).Select(agent => new AgentNow(true, agent % (Agents / free) == 0 ? 0 : 1, 1))];

    private static Staff NewStaff() => new([.. Enumerable.Range(0, Agents).Select(agent => new Agent
    {
        Id = agent.ToString("D3", CultureInfo.InvariantCulture),
        Skills = Enumerable.Range(0, 3).Select(skill => (agent + (skill * 7)) % Skills).Distinct()
            .ToDictionary(SkillName, skill => 3 + (skill % 3)),
    })]);

    private static PoolTicket[] NewPool(int tickets) => [.. Enumerable.Range(0, tickets).Select(ticket => new PoolTicket
    {
        Id = ticket.ToString("D5", CultureInfo.InvariantCulture),
        Demand = new TicketDemand { RequiredSkills = [new SkillNeed(SkillName(ticket % Skills), 1)] },
        Priority = (TicketPriority)(1 + (ticket % 4)),
        MinutesLeft = (ticket * 37 % 900) - 100,
        TargetMinutes = 480,
        ExpectedMinutes = 10 + (ticket * 13 % 60),
    })];

    private static CompiledRules NewRules(int count) => CompiledRules.Compile(new RoutingPolicy
    {
        FallbackGroup = "Support",
        Rules = [.. Enumerable.Range(0, count).Select(rule => new TicketRule
        {
            Name = string.Create(CultureInfo.InvariantCulture, $"rule {rule}"),
            When = new AllOf(
            [
                Asks(RuleField.Language, "de", "en"),
                new AnyOf(
                [
                    Asks(RuleField.Intent, string.Create(CultureInfo.InvariantCulture, $"branch-{rule}/*")),
                    Asks(RuleField.Tags, string.Create(CultureInfo.InvariantCulture, $"tag-{rule}")),
                ]),
                new NoneOf([Asks(RuleField.Segment, "gold")]),
            ]),
            Then = new RuleActions { Group = "Group" },
        })],
    });

    private static FieldTest Asks(RuleField field, params string[] values) => new(field, null, RuleOperator.Is) { Values = values };

    private static RuleFacts[] Facts() => [.. Enumerable.Range(0, 100).Select(ticket => new RuleFacts
    {
        // The last rule fits at most: each ticket goes through all of them.
        Intent = ticket % 2 == 0 ? "branch-199/refund" : "other/thing",
        IntentConfidence = 0.9,
        Language = "de",
        Priority = TicketPriority.Normal,
        Tags = ["spring", "vip", "web"],
        At = DateTimeOffset.UnixEpoch,
    })];

    private static string SkillName(int skill) => string.Create(CultureInfo.InvariantCulture, $"skill {skill}");

    private sealed record Latencies(double P95);
}
