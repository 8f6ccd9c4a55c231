using System.CommandLine;
using System.Globalization;
using System.Text.Json.Nodes;
using TicketTriage.Agents;
using TicketTriage.Helpdesks;
using TicketTriage.Journey;
using TicketTriage.Policies;
using TicketTriage.Reading;
using TicketTriage.Rehearsals;
using TicketTriage.Routing;
using TicketTriage.Routing.Rules;
using TicketTriage.ServiceLevels;
using TicketTriage.Tickets;
using TicketTriage.Understanding;
using TicketTriage.Understanding.Local;

namespace TicketTriage.Host.Commands;

/// <summary><c>backtest</c>: decides past tickets again with other rules and prints what would change.</summary>
internal static class BacktestCommand
{
    private const int Failed = 1;

    public static Command Create()
    {
        var rules = new Option<FileInfo>("--rules") { Description = "The rule file to try (.json, .yaml).", Required = true };
        rules.AcceptExistingOnly();
        var since = new Option<DateTimeOffset?>("--since") { Description = "The first day that counts: 2026-01-31. Without it all do." };
        var helpdesk = new Option<string?>("--helpdesk") { Description = "Only tickets of this helpdesk." };
        var roster = new Option<FileInfo>("--roster")
        {
            Description = "A roster (CSV) in place of the agents that are known, for the simulation.",
        };
        roster.AcceptExistingOnly();
        var taxonomy = new Option<FileInfo>("--taxonomy")
        {
            Description = "Another taxonomy: past tickets are understood anew by its examples, in this process.",
        };
        taxonomy.AcceptExistingOnly();
        var json = new Option<FileInfo>("--json") { Description = "Also writes the figures to this file." };
        var command = new Command("backtest", "Decides past tickets again with other rules, and prints what would change. Changes nothing.")
        {
            TreatUnmatchedTokensAsErrors = false,
        };
        command.Options.Add(rules);
        command.Options.Add(since);
        command.Options.Add(helpdesk);
        command.Options.Add(roster);
        command.Options.Add(taxonomy);
        command.Options.Add(json);
        command.SetAction(async (parsed, cancellationToken) =>
        {
            var builder = WebApplication.CreateBuilder(Settings.From(parsed));
            builder.Logging.SetMinimumLevel(LogLevel.Error);
            await using var house = await House.OpenAsync(builder, Role.Worker, cancellationToken);
            var services = house.Services;
            await services.GetRequiredService<PoliciesInForce>().KeepAsync(cancellationToken);
            await services.GetRequiredService<ServiceLevelsInForce>().KeepAsync(cancellationToken);
            var clock = services.GetRequiredService<TimeProvider>();
            var other = parsed.GetValue(taxonomy) is { } given
                ? TaxonomyFile.Read(await File.ReadAllBytesAsync(given.FullName, cancellationToken)).Content
                : null;
            var names = other ?? services.GetRequiredService<PolicyDocument<Taxonomy>>().Content;

            var today = DateOnly.FromDateTime(clock.GetUtcNow().UtcDateTime);
            var file = await RulesCommand.ReadAsync(
                parsed.GetRequiredValue(rules), RulesCommand.KnownNamesOf(names), today, cancellationToken);
            foreach (var fault in file.Faults)
            {
                await Console.Error.WriteLineAsync(fault.ToString());
            }

            if (file.Document is not { } document)
            {
                return Failed;
            }

            var past = await services.GetRequiredService<PastDecisions>().ListAsync(
                parsed.GetValue(helpdesk),
                parsed.GetValue(since) ?? DateTimeOffset.UnixEpoch,
                clock.GetUtcNow(),
                other is null ? null : UnderstanderBy(other, services, cancellationToken),
                cancellationToken);
            var known = names.Intents.Select(intent => intent.Name).ToHashSet(StringComparer.Ordinal);
            var seen = past.Select(one =>
                known.Contains(one.Facts.Intent) ? one : one with { Facts = one.Facts with { Intent = Finding.Unclear } }).ToList();
            var report = Backtest.Run(
                seen,
                services.GetRequiredService<RulesInForce>().Current.Compiled,
                CompiledRules.Compile(document.Content),
                cancellationToken);
            var effect = BacktestSimulation.Run(
                report.Decisions,
                await AgentsAsync(services, parsed.GetValue(roster), parsed.GetValue(helpdesk), cancellationToken),
                await ExpectedMinutesAsync(services, cancellationToken),
                seed: 1);
            await Console.Out.WriteLineAsync(Text(report, effect));
            if (parsed.GetValue(json) is { } output)
            {
                await File.WriteAllTextAsync(output.FullName, Json(report, effect).ToJsonString(), cancellationToken);
            }

            return 0;
        });
        return command;
    }

    private static async Task<double> ExpectedMinutesAsync(IServiceProvider services, CancellationToken cancellationToken)
    {
        var handling = services.GetRequiredService<HandlingTimes>();
        await handling.RefreshAsync(cancellationToken);
        return handling.Find(intent: null, TicketPriority.Normal).Minutes;
    }

    // Without what was learnt from the team's tickets: that knows the intents of the other taxonomy and none of this one.
    private static Func<CleanTicket, Task<TicketUnderstanding>> UnderstanderBy(
        Taxonomy taxonomy, IServiceProvider services, CancellationToken cancellationToken)
    {
        var local = new LocalUnderstanding(
            services.GetRequiredService<ILogger<LocalUnderstanding>>(), learnt: null, services.GetRequiredService<StarterModels>());
        return ticket => local.UnderstandAsync(ticket, taxonomy, cancellationToken);
    }

    private static async Task<IReadOnlyList<IReadOnlyList<string>>> AgentsAsync(
        IServiceProvider services, FileInfo? roster, string? helpdesk, CancellationToken cancellationToken)
    {
        if (roster is not null)
        {
            var read = RosterFile.Read(await File.ReadAllTextAsync(roster.FullName, cancellationToken));
            return read.Faults.Count == 0
                ? [.. read.Agents.Select(line => line.Entry.Groups ?? [])]
                : throw new InvalidOperationException($"{roster.Name}: {string.Join(' ', read.Faults)}");
        }

        if (helpdesk is null)
        {
            return [];
        }

        var known = await services.GetRequiredService<AgentBook>().ListAsync(helpdesk, cancellationToken);
        return [.. known.Select(one => one.Agent.Groups)];
    }

    private static string Text(BacktestReport report, BacktestEffect? effect)
    {
        var text = new System.Text.StringBuilder();
        text.Append(CultureInfo.InvariantCulture, $"{report.Tickets} past tickets, {report.Changed} would change.\n");
        foreach (var rule in report.Rules)
        {
            text.Append(CultureInfo.InvariantCulture, $"{rule.Rule}: {rule.Fires} tickets, {rule.Changes} of them change\n");
            foreach (var move in rule.Moves)
            {
                text.Append(
                    CultureInfo.InvariantCulture,
                    $"  {move.Tickets} from {move.From} to {(move.From == move.To ? $"{move.To} with another priority" : move.To)}\n");
            }

            if (rule.Samples.Count > 0)
            {
                text.Append(CultureInfo.InvariantCulture, $"  such as {string.Join(", ", rule.Samples)}\n");
            }
        }

        if (effect is var (agents, before, after))
        {
            text.Append(CultureInfo.InvariantCulture,
                $"Simulated with {agents} agents: breaches {before.BreachRate:P1} before, {after.BreachRate:P1} after; ");
            text.Append(CultureInfo.InvariantCulture,
                $"urgent and high {before.BreachRateP1P2:P1} before, {after.BreachRateP1P2:P1} after; ");
            text.Append(CultureInfo.InvariantCulture,
                $"mean wait {before.MeanWaitMinutes:F0} minutes before, {after.MeanWaitMinutes:F0} after.");
        }

        return text.ToString().TrimEnd();
    }

    private static JsonObject Json(BacktestReport report, BacktestEffect? effect) => new()
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
            })]),
            ["samples"] = new JsonArray([.. rule.Samples.Select(sample => (JsonNode)JsonValue.Create(sample))]),
        })]),
        ["simulated"] = effect is null ? null : new JsonObject
        {
            ["agents"] = effect.Agents,
            ["breachRate"] = Pair(effect.Before.BreachRate, effect.After.BreachRate),
            ["breachRateP1P2"] = Pair(effect.Before.BreachRateP1P2, effect.After.BreachRateP1P2),
            ["meanWaitMinutes"] = Pair(effect.Before.MeanWaitMinutes, effect.After.MeanWaitMinutes),
        },
    };

    private static JsonObject Pair(double before, double after) => new() { ["before"] = before, ["after"] = after };
}
