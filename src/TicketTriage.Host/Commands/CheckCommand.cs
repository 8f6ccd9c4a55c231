using System.CommandLine;
using Microsoft.Extensions.Options;
using TicketTriage.Helpdesks;
using TicketTriage.Models;
using TicketTriage.Policies;
using TicketTriage.Routing;
using TicketTriage.WriteBack;

namespace TicketTriage.Host.Commands;

/// <summary><c>check</c>: loads the configuration, reaches everything, and prints a line for each. It changes nothing anywhere.</summary>
internal static class CheckCommand
{
    public static Command Create()
    {
        var command = new Command("check", "Loads the configuration, reaches the database, each helpdesk and the model, and says what is wrong. Changes nothing.")
        {
            TreatUnmatchedTokensAsErrors = false,
        };
        command.SetAction((parsed, cancellationToken) => RunAsync(Settings.From(parsed), cancellationToken));
        return command;
    }

    private static async Task<int> RunAsync(string[] settings, CancellationToken cancellationToken)
    {
        var builder = WebApplication.CreateBuilder(settings);
        builder.Logging.SetMinimumLevel(LogLevel.Error);
        // Meant for a new version beside the one that runs: it may look at everything, and change nothing.
        await using var house = await House.OpenToLookAsync(builder, Role.Worker, cancellationToken);
        await Console.Out.WriteLineAsync("configuration: ok");

        var tables = new TableCheck(house.Services, house.HasDatabase);
        var isWell = await tables.RunAsync(cancellationToken);
        isWell &= await new PolicyCheck(house.Services, tables).RunAsync(cancellationToken);
        var taxonomy = house.Services.GetRequiredService<TaxonomyInForce>().Current.Content;
        var helpdesks = house.Services.GetRequiredService<HelpdeskDirectory>();
        foreach (var name in helpdesks.Names)
        {
            var helpdesk = helpdesks.Find(name) ?? throw new InvalidOperationException($"Helpdesk {name} is listed and not there.");
            isWell &= await new HelpdeskCheck(helpdesk, taxonomy, builder.Configuration).RunAsync(cancellationToken);
            await TellOfRoutingAsync(house.Services, helpdesk.Helpdesk, cancellationToken);
        }

        if (helpdesks.Names.Count == 0)
        {
            isWell = false;
            await Console.Out.WriteLineAsync("helpdesks: none is configured; add Helpdesks:NAME:Kind and its keys (appsettings.example.json shows them).");
        }

        isWell &= await CheckModelAsync(house.Services, cancellationToken);
        return isWell ? 0 : 1;
    }

    /// <summary>What a mode means for this helpdesk. No fault: whether the account is set up for it can't be asked in all.</summary>
    private static async Task TellOfRoutingAsync(IServiceProvider services, IHelpdesk helpdesk, CancellationToken cancellationToken)
    {
        var mode = services.GetRequiredService<IOptions<RoutingOptions>>().Value.ModeOf(helpdesk.Name);
        try
        {
            if (mode == RoutingMode.Skills)
            {
                var tag = $"{services.GetRequiredService<IOptions<WriteBackOptions>>().Value.TagPrefix}skill_";
                await Console.Out.WriteLineAsync((await helpdesk.FindAbilitiesAsync(cancellationToken)).TakesSkills
                    ? $"helpdesk {helpdesk.Name}: in mode Skills what is needed is set as skills of the ticket, and stands as tags {tag}…"
                    : $"helpdesk {helpdesk.Name}: in mode Skills what is needed is written as tags {tag}…, which its router does not look at "
                    + "by itself; a trigger or automation rule there has to set the skill, or the field that it asks for, by the tag "
                    + "(docs/routing.md).");
            }

            if (mode == RoutingMode.Agent
                && (await helpdesk.ListGroupsAsync(cancellationToken)).Where(group => group.AssignsByItself).ToList() is { Count: > 0 } groups)
            {
                await Console.Out.WriteLineAsync(
                    $"helpdesk {helpdesk.Name}: in mode Agent this service picks agents, and so does the helpdesk in "
                    + $"{string.Join(", ", groups.Select(group => group.Name))}; turn the groups' automatic assignment off, or set "
                    + $"Routing:Modes:{helpdesk.Name} to Group or Skills.");
            }
        }
        catch (Exception e) when (e is HelpdeskAwayException or HelpdeskRefusedException)
        {
            // The check of the helpdesk has said so in its own line.
            return;
        }
    }

    private static async Task<bool> CheckModelAsync(IServiceProvider services, CancellationToken cancellationToken)
    {
        if (services.GetRequiredService<IOptions<ModelOptions>>().Value.Provider == ModelProvider.Local)
        {
            await Console.Out.WriteLineAsync("model: ok, local");
            return true;
        }

        var model = services.GetRequiredService<ChatModel>();
        try
        {
            var answer = await model.CheckAsync(cancellationToken);
            await Console.Out.WriteLineAsync($"model: ok, {model.Name} ({answer.Model})");
            return true;
        }
        catch (ModelFailedException e)
        {
            await Console.Out.WriteLineAsync($"model: {e.Message}");
            return false;
        }
    }
}
