using System.CommandLine;
using System.CommandLine.Parsing;
using System.Globalization;
using TicketTriage.Audits;
using TicketTriage.Helpdesks;
using TicketTriage.History;

namespace TicketTriage.Host.Commands;

/// <summary><c>import NAME --since DATE</c>: brings the tickets of the past in, to learn from.</summary>
internal static class ImportCommand
{
    public static Command Create()
    {
        var name = new Argument<string>("name") { Description = "The helpdesk's name under Helpdesks in the configuration." };
        var since = new Option<DateTimeOffset>("--since")
        {
            Description = "The first day whose changes count: 2026-01-31.",
            CustomParser = ReadDay,
            Required = true,
        };
        var command = new Command("import", "Brings the tickets of the past in, redacted. Run again, it goes on where it ended.")
        {
            TreatUnmatchedTokensAsErrors = false,
        };
        command.Arguments.Add(name);
        command.Options.Add(since);
        command.SetAction((parsed, cancellationToken) => RunAsync(
            parsed.GetRequiredValue(name), parsed.GetValue(since), Settings.From(parsed), cancellationToken));
        return command;
    }

    private static DateTimeOffset ReadDay(ArgumentResult argument)
    {
        var given = argument.Tokens[^1].Value;
        if (DateTimeOffset.TryParseExact(given, "yyyy-MM-dd", CultureInfo.InvariantCulture, DateTimeStyles.AssumeUniversal, out var day))
        {
            return day;
        }

        argument.AddError($"{given} is no day such as 2026-01-31.");
        return default;
    }

    private static async Task<int> RunAsync(string name, DateTimeOffset since, string[] settings, CancellationToken cancellationToken)
    {
        var builder = WebApplication.CreateBuilder(settings);
        builder.Logging.SetMinimumLevel(LogLevel.Error);
        await using var house = await House.OpenAsync(builder, Role.Worker, cancellationToken);
        var import = house.Services.GetRequiredService<HistoryImport>();
        try
        {
            var place = await import.RunAsync(name, since, new ImportBar(name), cancellationToken);
            await house.Services.GetRequiredService<AuditLedger>().AddAsync(
                name,
                AuditActions.HistoryImported,
                Settings.Operator,
                "past tickets",
                $$"""{"tickets":{{place.Tickets}}}""",
                cancellationToken);
            await Console.Out.WriteLineAsync($"{place.Tickets} past tickets of {name} are kept; what has changed since {place.Since:yyyy-MM-dd} is among them.");
            return 0;
        }
        catch (OperationCanceledException) when (cancellationToken.IsCancellationRequested)
        {
            await Console.Error.WriteLineAsync("Stopped. What was read is kept; run import again to go on.");
            return 1;
        }
        catch (Exception e) when (e is HelpdeskRefusedException or HelpdeskAwayException)
        {
            throw new InvalidOperationException($"{e.Message} What was read is kept; run import again to go on.", e);
        }
    }

    /// <summary>A bar on a terminal, a line for each page elsewhere. Unlike <see cref="Progress{T}"/> it keeps the order.</summary>
    private sealed class ImportBar(string name) : IProgress<ImportProgress>
    {
        private const int Width = 40;

        private readonly bool isTerminal = !Console.IsOutputRedirected;

        public void Report(ImportProgress value)
        {
            if (value.IsResumed)
            {
                Console.Out.WriteLine($"Going on where the last import of {name} ended.");
            }

            var share = value.Share.ToString("P0", CultureInfo.InvariantCulture);
            if (!isTerminal)
            {
                Console.Out.WriteLine($"{share} of the time since then, {value.Tickets} tickets");
                return;
            }

            var full = (int)(value.Share * Width);
            Console.Out.Write($"\r[{new string('#', full)}{new string('.', Width - full)}] {share}, {value.Tickets} tickets ");
            if (value.Share >= 1)
            {
                Console.Out.WriteLine();
            }
        }
    }
}
