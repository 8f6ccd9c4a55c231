using System.CommandLine;
using System.Globalization;
using TicketTriage.Helpdesks;
using TicketTriage.Tickets;

namespace TicketTriage.Host.Commands;

/// <summary><c>replay</c>: what is parked, and the way back for one or all of it.</summary>
internal static class ReplayCommand
{
    private const int MostInList = 100;

    public static Command Create()
    {
        var helpdesk = new Option<string?>("--helpdesk") { Description = "Only tickets of this helpdesk." };
        var ticket = new Option<string?>("--ticket") { Description = "Replays this ticket." };
        var all = new Option<bool>("--all") { Description = "Replays everything that is parked, spread so that the helpdesk's limits are kept." };
        var command = new Command("replay", "Shows the tickets that are parked for a person, and tries them again with --ticket or --all.")
        {
            TreatUnmatchedTokensAsErrors = false,
        };
        command.Options.Add(helpdesk);
        command.Options.Add(ticket);
        command.Options.Add(all);
        command.SetAction(async (parsed, cancellationToken) =>
        {
            var (name, number) = (parsed.GetValue(helpdesk), parsed.GetValue(ticket));
            if (number is not null && parsed.GetValue(all))
            {
                throw new UsageException("--ticket and --all can't be asked for together. See --help.");
            }

            var builder = WebApplication.CreateBuilder(Settings.From(parsed));
            builder.Logging.SetMinimumLevel(LogLevel.Error);
            await using var house = await House.OpenWhatIsThereAsync(builder, Role.Worker, cancellationToken);
            var parked = house.Services.GetRequiredService<ParkedTickets>();
            var names = house.Services.GetRequiredService<HelpdeskDirectory>().Names;
            await RefuseUnknownAsync(parked, name, names, cancellationToken);
            return number is not null ? await ReplayAsync(parked, new TicketId(name ?? OnlyOne(names), number), cancellationToken)
                : parsed.GetValue(all) ? await ReplayAllAsync(parked, name, cancellationToken)
                : await ListAsync(parked, name, cancellationToken);
        });
        return command;
    }

    private static async Task<int> ReplayAsync(ParkedTickets parked, TicketId ticket, CancellationToken cancellationToken)
    {
        if (await parked.ReplayAsync(ticket, Settings.Operator, cancellationToken))
        {
            await Console.Out.WriteLineAsync($"{ticket} is replayed.");
            return 0;
        }

        await Console.Error.WriteLineAsync($"{ticket} is not parked; `replay` without --ticket shows what is.");
        return 1;
    }

    private static async Task<int> ReplayAllAsync(ParkedTickets parked, string? helpdesk, CancellationToken cancellationToken)
    {
        var (count, last) = await parked.ReplayAllAsync(helpdesk, Settings.Operator, cancellationToken);
        await Console.Out.WriteLineAsync(count == 0
            ? "Nothing is parked."
            : string.Create(CultureInfo.InvariantCulture, $"{count} tickets are replayed, the last of them in {Math.Ceiling(last.TotalMinutes)} minutes."));
        return 0;
    }

    private static async Task<int> ListAsync(ParkedTickets parked, string? helpdesk, CancellationToken cancellationToken)
    {
        var (tickets, total) = await parked.ListAsync(helpdesk, MostInList, cancellationToken);
        foreach (var ticket in tickets)
        {
            await Console.Out.WriteLineAsync(string.Create(
                CultureInfo.InvariantCulture, $"{ticket.Id}  since {ticket.Since:yyyy-MM-dd HH:mm} UTC, tried {ticket.Tries} times: {ticket.Reason}"));
        }

        await Console.Out.WriteLineAsync(total == 0
            ? "Nothing is parked."
            : string.Create(CultureInfo.InvariantCulture, $"{total} parked. Replay one with --helpdesk NAME --ticket NUMBER, or everything with --all."));
        return 0;
    }

    // A slip of the pen is not "nothing is parked". Of a helpdesk that was taken out of the settings something may still lie there.
    private static async Task RefuseUnknownAsync(
        ParkedTickets parked, string? helpdesk, IReadOnlyList<string> names, CancellationToken cancellationToken)
    {
        if (helpdesk is not null && !names.Contains(helpdesk) && (await parked.ListAsync(helpdesk, 1, cancellationToken)).Total == 0)
        {
            throw new UsageException($"There is no helpdesk {helpdesk}; the settings have {(names.Count == 0 ? "none" : string.Join(", ", names))}.");
        }
    }

    private static string OnlyOne(IReadOnlyList<string> names) =>
        names is [var only] ? only : throw new UsageException("Say which helpdesk's ticket it is, with --helpdesk NAME.");
}
