using System.CommandLine;
using Microsoft.Extensions.Options;
using TicketTriage.Helpdesks;
using TicketTriage.Models;
using TicketTriage.Policies;
using TicketTriage.Routing;

namespace TicketTriage.Host.Commands;

/// <summary><c>check</c>: loads the configuration, reaches everything, and prints a line for each.</summary>
internal static class CheckCommand
{
    public static Command Create()
    {
        var command = new Command("check", "Loads the configuration, reaches the database, each helpdesk and the model, and says what is wrong.")
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
        await using var house = await House.OpenAsync(builder, Role.Worker, cancellationToken);
        await Console.Out.WriteLineAsync("configuration: ok");
        await Console.Out.WriteLineAsync("database: ok");

        var isWell = await CheckPoliciesAsync(house, cancellationToken);
        var taxonomy = house.Services.GetRequiredService<TaxonomyInForce>().Current.Content;
        var helpdesks = house.Services.GetRequiredService<HelpdeskDirectory>();
        foreach (var name in helpdesks.Names)
        {
            var helpdesk = helpdesks.Find(name) ?? throw new InvalidOperationException($"Helpdesk {name} is listed and not there.");
            isWell &= await new HelpdeskCheck(helpdesk, taxonomy, builder.Configuration).RunAsync(cancellationToken);
        }

        if (helpdesks.Names.Count == 0)
        {
            isWell = false;
            await Console.Out.WriteLineAsync("helpdesks: none is configured; add Helpdesks:NAME:Kind and its keys (appsettings.example.json shows them).");
        }

        isWell &= await CheckModelAsync(house.Services, cancellationToken);
        return isWell ? 0 : 1;
    }

    private static async Task<bool> CheckPoliciesAsync(House house, CancellationToken cancellationToken)
    {
        try
        {
            await house.TakePoliciesAsync(cancellationToken);
        }
        catch (PolicyFaultyException e)
        {
            await Console.Out.WriteLineAsync($"policies: {e.Message}");
            return false;
        }

        var rules = house.Services.GetRequiredService<RulesInForce>();
        await Console.Out.WriteLineAsync(
            $"policies: ok, taxonomy {house.Services.GetRequiredService<TaxonomyInForce>().Current.Version}, "
            + $"routing rules {rules.Current.Document.Version} ({rules.Origin})");
        return true;
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
