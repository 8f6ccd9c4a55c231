using System.CommandLine;
using System.Globalization;
using System.Text.Json.Nodes;
using TicketTriage.Routing.Matching;
using TicketTriage.Routing.Simulation;

namespace TicketTriage.Host.Commands;

/// <summary><c>simulate-routing</c>: one arrival trace through this product's router and the usual policies.</summary>
internal static class SimulateRoutingCommand
{
    public static Command Create()
    {
        var agents = new Option<int>("--agents") { Description = "How many agents.", DefaultValueFactory = _ => 24 };
        var load = new Option<double>("--load")
        {
            Description = "Work that comes in by work that can be done: 0.5 to 1.3.",
            DefaultValueFactory = _ => 0.95,
        };
        var days = new Option<int>("--days") { Description = "Working days.", DefaultValueFactory = _ => 20 };
        var seed = new Option<int>("--seed") { Description = "The first seed.", DefaultValueFactory = _ => 1 };
        var seeds = new Option<int>("--seeds") { Description = "How many seeds, from the first on.", DefaultValueFactory = _ => 10 };
        var policy = new Option<string?>("--policy")
        {
            Description = $"One policy alone: {string.Join(", ", SimulatedPolicy.Names)}, the latter ones also with a cap as in least-loaded-5.",
        };
        var trace = new Option<FileInfo>("--trace")
        {
            Description = "Replays this file (JSON Lines: arrived, skill, seen, priority, minutes, target) in place of drawn tickets.",
        };
        trace.AcceptExistingOnly();
        var stress = new Option<bool>("--stress")
        {
            Description = "Forty set-ups with trouble of eight kinds, at five loads; not together with --load, --policy or --trace.",
        };
        var json = new Option<FileInfo>("--json") { Description = "Also writes the figures to this file." };
        var command = new Command("simulate-routing", "Compares this product's router with the usual policies in simulated working days.")
        {
            agents, load, days, seed, seeds, policy, trace, stress, json,
        };
        command.SetAction(async (parsed, cancellationToken) =>
        {
            if (parsed.GetValue(stress)
                && ((Option[])[load, policy, trace]).FirstOrDefault(own => parsed.GetResult(own) is { Implicit: false }) is { } other)
            {
                throw new UsageException(
                    $"--stress has set-ups, loads and policies of its own; leave out {other.Name}, or leave out --stress. See --help.");
            }

            var plan = new SimulationPlan
            {
                Agents = InRange(parsed.GetValue(agents), 1, 5000, "--agents"),
                Days = InRange(parsed.GetValue(days), 1, 1000, "--days"),
                Load = InRange(parsed.GetValue(load), 0.01, 3, "--load"),
            };
            plan = plan with { Skills = Math.Min(plan.Skills, plan.Agents) };
            var range = Enumerable.Range(parsed.GetValue(seed), InRange(parsed.GetValue(seeds), 1, 1000, "--seeds")).ToList();
            var policies = PoliciesOf(parsed.GetValue(policy));
            if (parsed.GetValue(stress))
            {
                return await StressAsync(plan, range, parsed.GetValue(json), cancellationToken);
            }

            var tickets = parsed.GetValue(trace) is { } file ? await JsonLines.ReadAsync(file, RoutingTrace.Read, cancellationToken) : null;
            var draws = range.Select(one => tickets is null ? SimulationDraw.Draw(plan, one) : RoutingTrace.Draw(plan, one, tickets))
                .ToList();
            var compared = SimulationComparison.Compare(draws, policies, RouterTuning.Default, cancellationToken);
            await Console.Out.WriteLineAsync(Table(compared));
            if (parsed.GetValue(json) is { } output)
            {
                await File.WriteAllTextAsync(output.FullName, Json(plan, range.Count, compared).ToJsonString(), cancellationToken);
            }

            return 0;
        });
        return command;
    }

    private static IReadOnlyList<SimulatedPolicy> PoliciesOf(string? name)
    {
        if (name is null)
        {
            return SimulatedPolicy.All;
        }

        return SimulatedPolicy.Find(name) is { Count: > 0 } found
            ? found
            : throw new UsageException($"There is no policy {name}; known are {string.Join(", ", SimulatedPolicy.Names)}. See --help.");
    }

    private static async Task<int> StressAsync(SimulationPlan plan, List<int> seeds, FileInfo? json, CancellationToken cancellationToken)
    {
        var worst = double.NegativeInfinity;
        var cells = new JsonArray();
        foreach (var (name, cell) in StressCells.Of(plan))
        {
            var draws = seeds.Select(one => SimulationDraw.Draw(cell, one)).ToList();
            var own = SimulationComparison.Compare(draws, SimulatedPolicy.All, RouterTuning.Default, cancellationToken)[0];
            var difference = own.DifferenceToBest?.Mean ?? 0;
            worst = Math.Max(worst, difference);
            cells.Add(new JsonObject { ["cell"] = name, ["load"] = cell.Load, ["policies"] = new JsonArray(Json(own)) });
            await Console.Out.WriteLineAsync(string.Create(
                CultureInfo.InvariantCulture,
                $"{name,-22} load {cell.Load,4}: breaches {own.BreachRate,7:P2}, {own.BreachRate - difference,7:P2} with {own.Best?.Name}"));
        }

        await Console.Out.WriteLineAsync(string.Create(CultureInfo.InvariantCulture,
            $"At worst {100 * worst:F2} points over the best of the others."));
        if (json is not null)
        {
            var whole = new JsonObject { ["seeds"] = seeds.Count, ["worstDifference"] = worst, ["cells"] = cells };
            await File.WriteAllTextAsync(json.FullName, whole.ToJsonString(), cancellationToken);
        }

        return 0;
    }

    private static string Table(IReadOnlyList<ComparedPolicy> compared)
    {
        var table = new System.Text.StringBuilder(
            "policy            breaches   P1+P2    skill   gini  longest wait   mean wait   difference to the best other\n");
        foreach (var one in compared)
        {
            table.Append(
                CultureInfo.InvariantCulture,
                $"{one.Policy.Name,-16} {one.BreachRate,9:P2} {one.BreachRateP1P2,8:P2} {one.SkillMatch,7:P1}  {one.Gini,5:F3}");
            table.Append(CultureInfo.InvariantCulture, $" {one.MaxWaitOverTarget,8:F1} × target {one.MeanWaitMinutes,5:F0} min");
            if (one is { DifferenceToBest: { } difference, Best: { } best })
            {
                table.Append(
                    CultureInfo.InvariantCulture,
                    $"   {100 * difference.Mean,6:F2} points [{100 * difference.Low:F2}, {100 * difference.High:F2}] to {best.Name}");
            }

            table.Append('\n');
        }

        return table.ToString().TrimEnd();
    }

    private static JsonObject Json(SimulationPlan plan, int seeds, IReadOnlyList<ComparedPolicy> compared) => new()
    {
        ["load"] = plan.Load,
        ["seeds"] = seeds,
        ["agents"] = plan.Agents,
        ["days"] = plan.Days,
        ["policies"] = new JsonArray([.. compared.Select(Json)]),
    };

    private static JsonNode Json(ComparedPolicy one) => new JsonObject
    {
        ["policy"] = one.Policy.Name,
        ["breachRate"] = one.BreachRate,
        ["breachRateP1P2"] = one.BreachRateP1P2,
        ["breachRateP4"] = one.BreachRateP4,
        ["skillMatch"] = one.SkillMatch,
        ["gini"] = one.Gini,
        ["maxWaitOverTarget"] = one.MaxWaitOverTarget,
        ["meanWaitMinutes"] = one.MeanWaitMinutes,
        ["best"] = one.Best?.Name,
        ["differenceToBest"] = one.DifferenceToBest is not { } difference
            ? null
            : new JsonObject { ["mean"] = difference.Mean, ["low"] = Finite(difference.Low), ["high"] = Finite(difference.High) },
    };

    // JSON has no infinity; an interval of one seed has no ends.
    private static JsonValue? Finite(double value) => double.IsFinite(value) ? JsonValue.Create(value) : null;

    private static T InRange<T>(T value, T least, T most, string name)
        where T : IComparable<T> =>
        value.CompareTo(least) >= 0 && value.CompareTo(most) <= 0
            ? value
            : throw new UsageException(string.Create(CultureInfo.InvariantCulture,
                $"{name} has to be from {least} to {most}, and is {value}. See --help."));
}
