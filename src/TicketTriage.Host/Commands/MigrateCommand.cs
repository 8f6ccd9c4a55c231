using System.CommandLine;
using Npgsql;
using TicketTriage.Storage;

namespace TicketTriage.Host.Commands;

/// <summary><c>migrate</c>: brings the tables up to date and ends. Every process does so at its start; this one says beforehand whether it works.</summary>
internal static class MigrateCommand
{
    public static Command Create()
    {
        var role = new Option<string?>("--application-role")
        {
            Description = "A role of the database that the service connects as without owning the tables: it is granted what it needs.",
        };
        var command = new Command("migrate", "Brings the database's tables to this version and ends. Processes of the version before go on working.")
        {
            TreatUnmatchedTokensAsErrors = false,
        };
        command.Options.Add(role);
        command.SetAction((parsed, cancellationToken) => RunAsync(parsed.GetValue(role), Settings.From(parsed), cancellationToken));
        return command;
    }

    private static async Task<int> RunAsync(string? role, string[] settings, CancellationToken cancellationToken)
    {
        var builder = WebApplication.CreateBuilder(settings);
        await using var house = await House.OpenAsync(builder, Role.Web, cancellationToken);
        await Console.Out.WriteLineAsync("The database is up to date.");
        if (role is not null)
        {
            await ApplicationRole.GrantAsync(house.Services.GetRequiredService<NpgsqlDataSource>(), role, cancellationToken);
            await Console.Out.WriteLineAsync($"{role} may do what the service needs, and can't change or remove what the audit holds.");
        }

        return 0;
    }
}
