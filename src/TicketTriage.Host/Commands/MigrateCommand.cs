using System.CommandLine;

namespace TicketTriage.Host.Commands;

/// <summary><c>migrate</c>: brings the tables up to date and ends. Every process does so at its start; this one says beforehand whether it works.</summary>
internal static class MigrateCommand
{
    public static Command Create()
    {
        var command = new Command("migrate", "Brings the database's tables to this version and ends. Processes of the version before go on working.")
        {
            TreatUnmatchedTokensAsErrors = false,
        };
        command.SetAction((parsed, cancellationToken) => RunAsync(Settings.From(parsed), cancellationToken));
        return command;
    }

    private static async Task<int> RunAsync(string[] settings, CancellationToken cancellationToken)
    {
        var builder = WebApplication.CreateBuilder(settings);
        await using var house = await House.OpenAsync(builder, Role.Web, cancellationToken);
        await Console.Out.WriteLineAsync("The database is up to date.");
        return 0;
    }
}
