using System.CommandLine;
using TicketTriage.Agents;
using TicketTriage.Helpdesks;

namespace TicketTriage.Host.Commands;

/// <summary><c>roster</c>: puts the agents of a CSV file in the place of the last roster.</summary>
internal static class RosterCommand
{
    private const int Failed = 1;

    public static Command Create()
    {
        var data = new Option<FileInfo>("--data")
        {
            Description = "CSV with a line of names: id, name, skills, groups and so on (docs/routing.md).",
            Required = true,
        };
        data.AcceptExistingOnly();
        var helpdesk = new Option<string?>("--helpdesk") { Description = "The helpdesk's name; needed where there are several." };
        var command = new Command("roster", "Imports what agents can do, when they work, and how much at once.")
        {
            TreatUnmatchedTokensAsErrors = false,
        };
        command.Options.Add(data);
        command.Options.Add(helpdesk);
        command.SetAction(async (parsed, cancellationToken) =>
        {
            var file = parsed.GetRequiredValue(data);
            var reading = RosterFile.Read(await File.ReadAllTextAsync(file.FullName, cancellationToken));
            if (reading.Faults.Count > 0)
            {
                return await RefuseAsync(file, reading.Faults);
            }

            var builder = WebApplication.CreateBuilder(Settings.From(parsed));
            builder.Logging.SetMinimumLevel(LogLevel.Error);
            await using var house = await House.OpenAsync(builder, Role.Worker, cancellationToken);
            var names = house.Services.GetRequiredService<HelpdeskDirectory>().Names;
            var name = parsed.GetValue(helpdesk)
                ?? (names is [var only] ? only : throw new UsageException("Say which helpdesk's roster it is, with --helpdesk NAME."));
            if (!names.Contains(name))
            {
                throw new UsageException($"No helpdesk of the name {name} is configured; there is {string.Join(", ", names)}.");
            }

            if (await FindStrangersAsync(house, name, reading, cancellationToken) is { Count: > 0 } strangers)
            {
                return await RefuseAsync(file, strangers);
            }

            await house.Services.GetRequiredService<RosterDesk>()
                .ReplaceAsync(name, reading.Agents, seen: null, Settings.Operator, cancellationToken);
            await Console.Out.WriteLineAsync($"{reading.Agents.Count} agents of {name} are on the roster.");
            return 0;
        });
        return command;
    }

    private static async Task<int> RefuseAsync(FileInfo file, IReadOnlyList<string> faults)
    {
        foreach (var fault in faults)
        {
            await Console.Error.WriteLineAsync($"{file.Name}, {fault}");
        }

        await Console.Error.WriteLineAsync("Nothing was imported; the last roster stays.");
        return Failed;
    }

    /// <summary>Asks the helpdesk itself: what is kept of its agents may be missing yet, or a minute old.</summary>
    private static async Task<IReadOnlyList<string>> FindStrangersAsync(
        House house, string name, RosterReading reading, CancellationToken cancellationToken)
    {
        if (house.Services.GetRequiredService<HelpdeskDirectory>().Find(name)?.People is not { } people)
        {
            return [];
        }

        try
        {
            var known = await people.ListAgentsAsync(cancellationToken);
            return known.Count == 0 ? [] : RosterFile.FindStrangers(reading.Agents, known);
        }
        catch (Exception e) when (e is HelpdeskAwayException or HelpdeskRefusedException)
        {
            await Console.Error.WriteLineAsync(
                $"The agents of {name} could not be asked for, so that no id was compared with them. {e.Message}");
            return [];
        }
    }
}
