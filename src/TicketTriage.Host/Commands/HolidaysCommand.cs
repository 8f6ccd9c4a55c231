using System.CommandLine;
using System.Globalization;
using NodaTime;
using NodaTime.Text;
using TicketTriage.ServiceLevels;

namespace TicketTriage.Host.Commands;

/// <summary><c>holidays</c>: the days of an iCalendar file, as a calendar of the service level policy writes them.</summary>
internal static class HolidaysCommand
{
    private const int YearsAhead = 5;

    public static Command Create()
    {
        var data = new Option<FileInfo>("--data") { Description = "An iCalendar file (.ics) with whole days.", Required = true };
        data.AcceptExistingOnly();
        var until = new Option<int?>("--until") { Description = "The last year, for days that come back every year." };
        var command = new Command("holidays", "Prints the days of an iCalendar file for the \"holidays\" of a calendar in the service level policy.")
        {
            data, until,
        };
        command.SetAction((parsed, cancellationToken) => RunAsync(
            parsed.GetRequiredValue(data), parsed.GetValue(until) ?? TimeProvider.System.GetUtcNow().Year + YearsAhead, cancellationToken));
        return command;
    }

    private static async Task<int> RunAsync(FileInfo data, int until, CancellationToken cancellationToken)
    {
        if (until is < 1 or > 9999)
        {
            throw new UsageException(string.Create(CultureInfo.InvariantCulture, $"--until {until} is no year. See --help."));
        }

        try
        {
            var days = HolidayFile.Read(await File.ReadAllTextAsync(data.FullName, cancellationToken), new LocalDate(until, 12, 31));
            await Console.Out.WriteLineAsync($"\"holidays\": [{string.Join(", ", days.Select(day => $"\"{LocalDatePattern.Iso.Format(day)}\""))}]");
            return 0;
        }
        catch (FormatException e)
        {
            throw new InvalidOperationException($"{data.Name} can't be used: {e.Message}.", e);
        }
    }
}
