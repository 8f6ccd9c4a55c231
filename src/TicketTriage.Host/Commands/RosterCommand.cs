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
                foreach (var fault in reading.Faults)
                {
                    await Console.Error.WriteLineAsync($"{file.Name}, {fault}");
                }

                await Console.Error.WriteLineAsync("Nothing was imported; the last roster stays.");
                return Failed;
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

            await house.Services.GetRequiredService<AgentBook>()
                .ImportRosterAsync(name, reading.Agents, Settings.Operator, cancellationToken);
            await Console.Out.WriteLineAsync($"{reading.Agents.Count} agents of {name} are on the roster.");
            return 0;
        });
        return command;
    }
}
