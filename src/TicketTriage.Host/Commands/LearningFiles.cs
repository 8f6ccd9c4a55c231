using System.CommandLine;
using System.Globalization;
using TicketTriage.Understanding.Local.Learning;

namespace TicketTriage.Host.Commands;

/// <summary>Files of past tickets, as <c>learn</c> and <c>evaluate</c> read them.</summary>
internal static class LearningFiles
{
    private const int MostFaultsShown = 20;

    public static Option<string> DataOption(string description) => new("--data") { Description = description, Required = true };

    /// <summary>Reads a file, and says on standard error which rows can't be read.</summary>
    /// <exception cref="LearningException">The file can't serve.</exception>
    public static async Task<IReadOnlyList<TicketRow>> ReadAsync(string file, IReadOnlyList<string> labels, CancellationToken cancellationToken)
    {
        var tickets = await TicketRows.ReadAsync(file, labels, cancellationToken);
        foreach (var fault in tickets.Faults.Take(MostFaultsShown))
        {
            await Console.Error.WriteLineAsync(fault);
        }

        if (tickets.Faults.Count > MostFaultsShown)
        {
            await Console.Error.WriteLineAsync(string.Create(
                CultureInfo.InvariantCulture, $"{tickets.Faults.Count - MostFaultsShown} more rows of {file} can't be read."));
        }

        tickets.RequireMostReadable();
        return tickets.Rows;
    }
}
