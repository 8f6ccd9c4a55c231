using System.CommandLine;
using TicketTriage.Agents;
using TicketTriage.Policies;
using TicketTriage.Rehearsals;
using TicketTriage.Routing;
using TicketTriage.Routing.Rules;

namespace TicketTriage.Host.Commands;

/// <summary><c>backtest</c>: decides past tickets again with other rules, agents or intents and prints what would change.</summary>
internal static class BacktestCommand
{
    private const int Failed = 1;

    public static Command Create()
    {
        var rules = new Option<FileInfo>("--rules") { Description = "The rule file to try (.json, .yaml); without it the rules in force." };
        rules.AcceptExistingOnly();
        var since = new Option<DateTimeOffset?>("--since") { Description = "The first day that counts: 2026-01-31. Without it all do." };
        var helpdesk = new Option<string?>("--helpdesk") { Description = "Only tickets of this helpdesk." };
        var roster = new Option<FileInfo>("--roster")
        {
            Description = "A roster (CSV) to try in the simulation, in place of the agents that are known.",
        };
        roster.AcceptExistingOnly();
        var taxonomy = new Option<FileInfo>("--taxonomy")
        {
            Description = "Another taxonomy: past tickets are understood anew by its examples, in this process.",
        };
        taxonomy.AcceptExistingOnly();
        var json = new Option<FileInfo>("--json") { Description = "Also writes the figures to this file." };
        var command = new Command(
            "backtest", "Decides past tickets again with other rules, agents or intents, and prints what would change. Changes nothing.")
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
            if (parsed.GetValue(rules) is null && parsed.GetValue(roster) is null && parsed.GetValue(taxonomy) is null)
            {
                throw new UsageException("Say what to try: --rules, --roster, --taxonomy, or several of them. See --help.");
            }

            var builder = WebApplication.CreateBuilder(Settings.From(parsed));
            builder.Logging.SetMinimumLevel(LogLevel.Error);
            await using var house = await House.OpenWhatIsThereAsync(builder, Role.Worker, cancellationToken);
            var services = house.Services;
            await house.TakePoliciesAsync(cancellationToken);
            var clock = services.GetRequiredService<TimeProvider>();
            var taxonomyNow = services.GetRequiredService<TaxonomyInForce>().Current;
            var other = parsed.GetValue(taxonomy) is { } given
                ? TaxonomyInForce.Read(await File.ReadAllBytesAsync(given.FullName, cancellationToken))
                : null;
            var names = (other ?? taxonomyNow).Content;

            var today = DateOnly.FromDateTime(clock.GetUtcNow().UtcDateTime);
            var now = services.GetRequiredService<RulesInForce>();
            if (await FindRulesAsync(parsed.GetValue(rules), names, today, cancellationToken) is not { } tried)
            {
                return Failed;
            }

            var document = tried.Document ?? now.Current.Document;
            await Console.Out.WriteLineAsync(
                $"""
                Rules in force: version {now.Current.Document.Version} ({now.Origin}). Tried: {(tried.Document is null ? "the same" : $"version {document.Version}")}.
                Taxonomy: version {(other ?? taxonomyNow).Version}{(other is null ? "" : $" in place of {taxonomyNow.Version}")}.
                """);
            var team = parsed.GetValue(roster) is { } file ? await ReadRosterAsync(file, cancellationToken) : null;
            var past = await services.GetRequiredService<TrialReader>().ListAsync(
                parsed.GetValue(helpdesk),
                parsed.GetValue(since) ?? DateTimeOffset.UnixEpoch,
                other is null ? null : new TaxonomyPair(taxonomyNow.Content, other.Content),
                _ => { },
                cancellationToken);
            var report = Backtest.Run(past, now.Current.Compiled, CompiledRules.Compile(document.Content), cancellationToken);
            var effect = await services.GetRequiredService<BacktestStage>().PlayAsync(
                report.Decisions, parsed.GetValue(helpdesk), team, _ => { }, cancellationToken);
            await Console.Out.WriteLineAsync(BacktestText.Write(report, effect));
            if (parsed.GetValue(json) is { } output)
            {
                await File.WriteAllTextAsync(output.FullName, BacktestText.ToJson(report, effect).ToJsonString(), cancellationToken);
            }

            return 0;
        });
        return command;
    }

    /// <returns>Without a document where no file is given; <see langword="null"/> where the file has faults, which are told.</returns>
    private static async Task<RuleFile?> FindRulesAsync(FileInfo? file, Taxonomy names, DateOnly today, CancellationToken cancellationToken)
    {
        if (file is null)
        {
            return new RuleFile(null, []);
        }

        var read = await RulesCommand.ReadAsync(file, RulesCommand.KnownNamesOf(names), today, cancellationToken);
        foreach (var fault in read.Faults)
        {
            await Console.Error.WriteLineAsync(fault.ToString());
        }

        return read.Document is null ? null : read;
    }

    private static async Task<IReadOnlyList<RosterLine>> ReadRosterAsync(FileInfo roster, CancellationToken cancellationToken)
    {
        var read = RosterFile.Read(await File.ReadAllTextAsync(roster.FullName, cancellationToken));
        return read.Faults.Count == 0
            ? read.Agents
            : throw new InvalidOperationException($"{roster.Name}: {string.Join(' ', read.Faults)}");
    }
}
