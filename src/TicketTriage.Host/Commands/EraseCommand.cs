using System.CommandLine;
using System.Globalization;
using TicketTriage.Host.Forgetting;

namespace TicketTriage.Host.Commands;

/// <summary><c>erase</c>: forgets one person, with a certificate.</summary>
internal static class EraseCommand
{
    public static Command Create()
    {
        var helpdesk = new Option<string>("--helpdesk") { Description = "The helpdesk whose customer it is.", Required = true };
        var requester = new Option<string?>("--requester") { Description = "The helpdesk's id of the person, or their address." };
        var ticket = new Option<string[]>("--ticket")
        {
            Description = "Also this ticket; may be repeated. For tickets that were read before requesters were kept.",
        };
        var word = new Option<string[]>("--word")
        {
            Description = "Also replaces this text wherever it stands, such as a name in a rule; may be repeated.",
        };
        var certificate = new Option<FileInfo?>("--certificate") { Description = "Writes the certificate to this file." };
        var command = new Command(
            "erase", "Erases what is kept of one person. Erase them in the helpdesk first, so that nothing comes back.")
        {
            TreatUnmatchedTokensAsErrors = false,
        };
        foreach (var option in (Option[])[helpdesk, requester, ticket, word, certificate])
        {
            command.Options.Add(option);
        }

        command.SetAction(async (parsed, cancellationToken) =>
        {
            var person = parsed.GetValue(requester) ?? "";
            var (tickets, words) = (parsed.GetValue(ticket) ?? [], parsed.GetValue(word) ?? []);
            if (person.Length == 0 && tickets.Length == 0)
            {
                throw new UsageException("Say whom to erase, with --requester ID or ADDRESS, or with --ticket NUMBER.");
            }

            var builder = WebApplication.CreateBuilder(Settings.From(parsed));
            builder.Logging.SetMinimumLevel(LogLevel.Error);
            await using var house = await House.OpenAsync(builder, Role.Worker, cancellationToken);
            return await EraseAsync(
                house, parsed.GetRequiredValue(helpdesk), person, tickets, words, parsed.GetValue(certificate), cancellationToken);
        });
        return command;
    }

    private static async Task<int> EraseAsync(
        House house, string helpdesk, string person, string[] tickets, string[] words, FileInfo? file, CancellationToken cancellationToken)
    {
        try
        {
            var erased = await house.Services.GetRequiredService<ErasureDesk>()
                .EraseAsync(helpdesk, person, tickets, words, Settings.Operator, cancellationToken);
            if (file is not null)
            {
                await File.WriteAllTextAsync(file.FullName, erased.ToJson() + "\n", cancellationToken);
            }

            var rows = erased.Rows.Values.Sum();
            await Console.Out.WriteLineAsync(file is null ? erased.ToJson() : string.Create(
                CultureInfo.InvariantCulture,
                $"{erased.Tickets} tickets, in all {rows} rows, are erased; the certificate is in {file.FullName}."));
            return 0;
        }
        catch (ArgumentException e)
        {
            throw new UsageException(e.Message);
        }
    }
}
