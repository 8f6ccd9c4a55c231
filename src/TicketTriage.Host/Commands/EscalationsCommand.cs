using System.CommandLine;
using System.Globalization;
using System.Text;
using TicketTriage.Escalations;
using TicketTriage.Helpdesks;
using TicketTriage.Tickets;

namespace TicketTriage.Host.Commands;

/// <summary><c>escalations</c>: what escalated and what became of it; takes one with <c>--take</c>.</summary>
internal static class EscalationsCommand
{
    private const int MostInList = 100;

    private static readonly CompositeFormat Columns = CompositeFormat.Parse(
        "{0,-10}  {1,-20}  {2,-14}  {3,-14}  {4,6}  {5,5}  {6,9}  {7,6}  {8,7}  {9,11}  {10}");

    public static Command Create()
    {
        var helpdesk = new Option<string?>("--helpdesk") { Description = "The helpdesk of --ticket, where there are several." };
        var ticket = new Option<string?>("--ticket") { Description = "Only escalations of this ticket." };
        var all = new Option<bool>("--all") { Description = "Also those that are taken or over." };
        var take = new Option<Guid?>("--take") { Description = "Says that you have this one." };
        var statistics = new Option<bool>("--statistics") { Description = "Counts the last 90 days." };
        var by = new Option<EscalationGrouping>("--by")
        {
            Description = "What --statistics counts apart: week, cause, group, product, or all of them together.",
        };
        var correct = new Option<Guid?>("--correct") { Description = "Says with --outcome what this one was good for, once it is over." };
        var outcome = new Option<EscalationOutcome?>("--outcome") { Description = "prevented, neutral or missed." };
        var lowerCould = new Option<bool?>("--lower-level-could")
        {
            Description = "With --correct: whether a lower level could have solved it.",
        };
        var command = new Command("escalations",
            "Shows the tickets that escalated, takes one with --take, counts them with --statistics, corrects an outcome with --correct.")
        {
            TreatUnmatchedTokensAsErrors = false,
        };
        foreach (var option in (Option[])[helpdesk, ticket, all, take, statistics, by, correct, outcome, lowerCould])
        {
            command.Options.Add(option);
        }

        command.SetAction(async (parsed, cancellationToken) =>
        {
            if (parsed.GetValue(helpdesk) is not null && parsed.GetValue(ticket) is null)
            {
                throw new UsageException("--helpdesk says whose --ticket is meant: name a ticket too. See --help.");
            }

            if (parsed.GetValue(correct) is null && (parsed.GetValue(outcome) is not null || parsed.GetValue(lowerCould) is not null))
            {
                throw new UsageException("--outcome and --lower-level-could go with --correct ID. See --help.");
            }

            var builder = WebApplication.CreateBuilder(Settings.From(parsed));
            builder.Logging.SetMinimumLevel(LogLevel.Error);
            await using var house = await House.OpenWhatIsThereAsync(builder, Role.Worker, cancellationToken);
            var records = house.Services.GetRequiredService<EscalationRecords>();
            if (parsed.GetValue(take) is { } id)
            {
                return await TakeAsync(house.Services, id, cancellationToken);
            }

            if (parsed.GetValue(correct) is { } over)
            {
                var known = parsed.GetValue(outcome)
                    ?? throw new UsageException("Say with --outcome what it was good for: prevented, neutral or missed. See --help.");
                return await CorrectAsync(house.Services, over, known, parsed.GetValue(lowerCould), cancellationToken);
            }

            if (parsed.GetValue(statistics))
            {
                var since = house.Services.GetRequiredService<TimeProvider>().GetUtcNow().AddDays(-90);
                return await CountAsync(await records.CountAsync(since, parsed.GetValue(by), cancellationToken));
            }

            var names = house.Services.GetRequiredService<HelpdeskDirectory>().Names;
            TicketId? only = parsed.GetValue(ticket) is { } number ? new TicketId(parsed.GetValue(helpdesk) ?? OnlyOne(names), number) : null;
            return await ListAsync(await records.ListAsync(!parsed.GetValue(all), only, MostInList, cancellationToken));
        });
        return command;
    }

    private static async Task<int> TakeAsync(IServiceProvider services, Guid id, CancellationToken cancellationToken)
    {
        var now = services.GetRequiredService<TimeProvider>().GetUtcNow();
        if (await services.GetRequiredService<EscalationLedger>().AcknowledgeAsync(
            id, AcknowledgedHow.Command, Environment.UserName + EscalationLedger.OnCommandLine, now, cancellationToken))
        {
            await Console.Out.WriteLineAsync($"{id} is yours.");
            return 0;
        }

        await Console.Error.WriteLineAsync($"{id} is not open (any more); `escalations --all` shows how it stands.");
        return 1;
    }

    private static async Task<int> CorrectAsync(
        IServiceProvider services, Guid id, EscalationOutcome outcome, bool? lowerLevelCould, CancellationToken cancellationToken)
    {
        if (await services.GetRequiredService<EscalationLedger>().CorrectAsync(
            id, outcome, lowerLevelCould, Environment.UserName + EscalationLedger.OnCommandLine, cancellationToken))
        {
            await Console.Out.WriteLineAsync($"{id} counts as {outcome.Word()}.");
            return 0;
        }

        await Console.Error.WriteLineAsync($"There is no escalation {id} that is over; `escalations --all` shows how they stand.");
        return 1;
    }

    private static async Task<int> ListAsync(IReadOnlyList<EscalationRecord> records)
    {
        foreach (var record in records)
        {
            var mark = record.UnansweredSince is null ? "" : "  NOBODY HAS TAKEN IT";
            var clock = record.Source is { } source ? $" ({source})" : "";
            var due = record.DueAt is { } at
                ? string.Create(CultureInfo.InvariantCulture, $", due {at.UtcDateTime:yyyy-MM-dd HH:mm} UTC{clock}")
                : "";
            var outcome = record.Outcome is null ? "" : $", {record.Outcome}";
            var taken = record.AcknowledgedBy is { } by ? $", taken by {by}" : "";
            await Console.Out.WriteLineAsync(string.Create(
                CultureInfo.InvariantCulture,
                $"{record.Id}  {record.Ticket}  {record.Cause}, level {record.Level}, {record.State}{taken}{due}{outcome}{mark}"));
            await Console.Out.WriteLineAsync(
                $"    {string.Join(' ', record.Reasons)} Told: {(record.People.Count == 0 ? "the helpdesk" : string.Join(", ", record.People))}.");
        }

        if (records.Count == 0)
        {
            await Console.Out.WriteLineAsync("Nothing is escalated.");
        }

        return 0;
    }

    private static async Task<int> CountAsync(IReadOnlyList<EscalationCount> counts)
    {
        await Console.Out.WriteLineAsync(Line(
            "week", "cause", "group", "product", "levels", "taken", "prevented", "missed", "neutral", "lower could", "median"));
        foreach (var count in counts)
        {
            await Console.Out.WriteLineAsync(Line(
                $"{count.Week:yyyy-MM-dd}", count.Cause, count.GroupId, count.Product, count.Levels, count.Acknowledged,
                count.Prevented, count.Missed, count.Neutral, count.LowerLevelCould, count.MedianTaking));
        }

        return 0;
    }

    private static string Line(params object?[] cells) => string.Format(CultureInfo.InvariantCulture, Columns, cells).TrimEnd();

    private static string OnlyOne(IReadOnlyList<string> names) =>
        names is [var only] ? only : throw new UsageException("Say which helpdesk's ticket it is, with --helpdesk NAME.");
}
