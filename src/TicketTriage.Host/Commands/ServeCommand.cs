using System.CommandLine;

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
        await house.RunAsync(cancellationToken);
        return 0;
    }
}
