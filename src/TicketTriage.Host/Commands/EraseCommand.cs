using System.CommandLine;
using System.Globalization;
using TicketTriage.Forgetting;
using TicketTriage.Host.Forgetting;

namespace TicketTriage.Host.Commands;

/// <summary><c>erase</c>: forgets one person, with a certificate.</summary>
internal static class EraseCommand
{
    public static Command Create()
    {
        var helpdesk = new Option<string?>("--helpdesk") { Description = "The helpdesk whose customer it is." };
        var requester = new Option<string?>("--requester") { Description = "The helpdesk's id of the person, or their address." };
        var ticket = new Option<string[]>("--ticket")
        {
            Description = "Also this ticket; may be repeated. For tickets that were read before requesters were kept.",
        };
        var word = new Option<string[]>("--word")
        {
            Description = "Also replaces this text wherever it stands, such as a name in a rule; may be repeated.",
        };
        var staff = new Option<string?>("--staff")
        {
            Description = "In place of a customer, somebody who has worked here: the name that they signed in with, whole.",
        };
        var certificate = new Option<FileInfo?>("--certificate") { Description = "Writes the certificate to this file." };
        var command = new Command(
            "erase", "Erases what is kept of one person. Erase them in the helpdesk first, so that nothing comes back.")
        {
            TreatUnmatchedTokensAsErrors = false,
        };
        foreach (var option in (Option[])[helpdesk, requester, ticket, word, staff, certificate])
        {
            command.Options.Add(option);
        }

        command.SetAction(async (parsed, cancellationToken) =>
        {
            var person = parsed.GetValue(requester) ?? "";
            var (tickets, words) = (parsed.GetValue(ticket) ?? [], parsed.GetValue(word) ?? []);
            var worker = parsed.GetValue(staff) ?? "";
            var name = parsed.GetValue(helpdesk) ?? "";
            if (worker.Length > 0 ? name.Length + person.Length + tickets.Length + words.Length > 0 : person.Length == 0 && tickets.Length == 0)
            {
                throw new UsageException(
                    "Say whom to erase, with --helpdesk NAME and --requester ID or ADDRESS, or --ticket NUMBER; or with --staff NAME alone.");
            }

            if (worker.Length == 0 && name.Length == 0)
            {
                throw new UsageException("--helpdesk is missing: the helpdesk whose customer it is.");
            }

            var builder = WebApplication.CreateBuilder(Settings.From(parsed));
            builder.Logging.SetMinimumLevel(LogLevel.Error);
            await using var house = await House.OpenWhatIsThereAsync(builder, Role.Worker, cancellationToken);
            var desk = house.Services.GetRequiredService<ErasureDesk>();
            return await TellAsync(
                worker.Length > 0
                    ? desk.ForgetStaffAsync(worker, Settings.Operator, cancellationToken)
                    : desk.EraseAsync(name, person, tickets, words, Settings.Operator, cancellationToken),
                parsed.GetValue(certificate),
                cancellationToken);
        });
        return command;
    }

    private static async Task<int> TellAsync(Task<ErasureCertificate> erasing, FileInfo? file, CancellationToken cancellationToken)
    {
        try
        {
            var erased = await erasing;
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
