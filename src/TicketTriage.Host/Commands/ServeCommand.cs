using System.CommandLine;
using Microsoft.Extensions.Options;
using TicketTriage.Host.Access;
using TicketTriage.WriteBack;

namespace TicketTriage.Host.Commands;

/// <summary><c>serve</c>: web and workers, in one process or several.</summary>
internal static class ServeCommand
{
    public static Command Create()
    {
        var role = new Option<Role>("--role")
        {
            Description = "What this process does: all, web (webhooks, pages) or worker (tickets, jobs).",
            DefaultValueFactory = _ => Role.All,
        };
        var command = new Command("serve", "Takes in webhooks and works on tickets. Also what runs without a command.")
        {
            TreatUnmatchedTokensAsErrors = false,
        };
        command.Options.Add(role);
        command.SetAction((parsed, cancellationToken) => RunAsync(parsed.GetValue(role), Settings.From(parsed), cancellationToken));
        return command;
    }

    private static async Task<int> RunAsync(Role role, string[] settings, CancellationToken cancellationToken)
    {
        var builder = WebApplication.CreateBuilder(settings);
        await using var house = await House.OpenAsync(builder, role, cancellationToken);
        await house.StartAsync(cancellationToken);
        if (role is not Role.Worker && await FindWayInAsync(house, cancellationToken) is { } words)
        {
            var isJson = Settings.LogsAsJson(builder.Configuration);
            var now = house.Services.GetRequiredService<TimeProvider>().GetUtcNow();
            await Console.Out.WriteLineAsync(isJson ? LogLine.Of(typeof(FirstSignIn), words, now) : words);
        }

        await house.WaitForShutdownAsync(cancellationToken);
        return 0;
    }

    private static Task<string?> FindWayInAsync(House house, CancellationToken cancellationToken)
    {
        var known = house.Services.GetRequiredService<IOptions<WriteBackOptions>>().Value.PublicUrl;
        return house.Services.GetRequiredService<FirstSignIn>().FindWordsAsync(known ?? house.Address, cancellationToken);
    }
}
