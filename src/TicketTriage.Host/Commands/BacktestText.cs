using System.Globalization;
using System.Text;
using System.Text.Json.Nodes;
using TicketTriage.Rehearsals;

namespace TicketTriage.Host.Commands;

/// <summary>What a backtest found, for people and for programs.</summary>
internal static class BacktestText
{
    public static string Write(BacktestReport report, BacktestEffect? effect)
    {
        var text = new StringBuilder();
        text.Append(CultureInfo.InvariantCulture, $"{report.Tickets} past tickets, {report.Changed} would change.\n");
        foreach (var rule in report.Rules)
        {
            text.Append(CultureInfo.InvariantCulture, $"{rule.Rule}: {rule.Fires} tickets, {rule.Changes} of them change\n");
            foreach (var move in rule.Moves)
            {
                text.Append(CultureInfo.InvariantCulture, $"  {move.Tickets} from {move.From} to {move.To}{TellOthers(move.Others)}\n");
            }

            if (rule.Samples.Count > 0)
            {
                text.Append(CultureInfo.InvariantCulture, $"  such as {string.Join(", ", rule.Samples)}\n");
            }
        }

        if (effect is var (agents, agentsAfter, before, after))
        {
            text.Append(CultureInfo.InvariantCulture,
                $"Simulated with {agents} agents{(agentsAfter == agents ? "" : $" before and {agentsAfter} after")}: breaches {before.BreachRate:P1} before, {after.BreachRate:P1} after; ");
            text.Append(CultureInfo.InvariantCulture,
                $"urgent and high {before.BreachRateP1P2:P1} before, {after.BreachRateP1P2:P1} after; ");
            text.Append(CultureInfo.InvariantCulture,
                $"mean wait {before.MeanWaitMinutes:F0} minutes before, {after.MeanWaitMinutes:F0} after.");
            if (effect.NobodysBefore + effect.NobodysAfter > 0)
            {
                text.Append(CultureInfo.InvariantCulture,
                    $"\nNobody has what {effect.NobodysBefore} tickets ask for before, and {effect.NobodysAfter} after: ");
                text.Append("in the simulation whoever is free does them, at half the speed.");
            }
        }

        return text.ToString().TrimEnd();
    }

    private static string TellOthers(RouteParts others) =>
        others == RouteParts.None ? "" : $" with {string.Join(" and ", PartsOf(others).Select(Tell))}";

    private static string Tell(RouteParts part) => part switch
    {
        RouteParts.Hold => "a hold put on or lifted",
        RouteParts.Skills or RouteParts.Tags => $"other {Word(part)}",
        _ => $"another {Word(part)}",
    };

    private static IEnumerable<RouteParts> PartsOf(RouteParts parts) =>
        Enum.GetValues<RouteParts>().Where(part => part != RouteParts.None && parts.HasFlag(part));

    private static string Word(RouteParts part) => part.ToString().ToLowerInvariant();

    public static JsonObject ToJson(BacktestReport report, BacktestEffect? effect) => new()
    {
        ["tickets"] = report.Tickets,
        ["changed"] = report.Changed,
        ["rules"] = new JsonArray([.. report.Rules.Select(rule => (JsonNode)new JsonObject
        {
            ["rule"] = rule.Rule,
            ["fires"] = rule.Fires,
            ["changes"] = rule.Changes,
            ["moves"] = new JsonArray([.. rule.Moves.Select(move => (JsonNode)new JsonObject
            {
                ["from"] = move.From,
                ["to"] = move.To,
                ["tickets"] = move.Tickets,
                ["others"] = new JsonArray([.. PartsOf(move.Others).Select(part => (JsonNode)JsonValue.Create(Word(part)))]),
            })]),
            ["samples"] = new JsonArray([.. rule.Samples.Select(sample => (JsonNode)JsonValue.Create(sample))]),
        })]),
        ["simulated"] = effect is null ? null : new JsonObject
        {
            ["agents"] = effect.Agents,
            ["agentsAfter"] = effect.AgentsAfter,
            ["breachRate"] = Pair(effect.Before.BreachRate, effect.After.BreachRate),
            ["breachRateP1P2"] = Pair(effect.Before.BreachRateP1P2, effect.After.BreachRateP1P2),
            ["ticketsOfNobody"] = Pair(effect.NobodysBefore, effect.NobodysAfter),
            ["meanWaitMinutes"] = Pair(effect.Before.MeanWaitMinutes, effect.After.MeanWaitMinutes),
        },
    };

    private static JsonObject Pair(double before, double after) => new() { ["before"] = before, ["after"] = after };
}
