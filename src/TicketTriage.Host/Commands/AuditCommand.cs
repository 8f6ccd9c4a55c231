using System.CommandLine;
using System.Globalization;
using TicketTriage.Audits;
using TicketTriage.Forgetting;

namespace TicketTriage.Host.Commands;

/// <summary>
/// <c>audit verify</c>: whether the audit is as it was written. <c>audit export</c>: where its chains end, now. <c>audit certificate</c>:
/// whether a certificate of an erasure is genuine.
/// </summary>
internal static class AuditCommand
{
    private const int FaultsFound = 1;

    public static Command Create()
    {
        var command = new Command("audit", "Checks the record of who changed what, and writes down where its chains end.");
        command.Subcommands.Add(CreateVerify());
        command.Subcommands.Add(CreateExport());
        command.Subcommands.Add(CreateCertificate());
        return command;
    }

    private static Command CreateVerify()
    {
        var helpdesk = new Option<string?>("--helpdesk") { Description = "Only the chain of this helpdesk." };
        var heads = new Option<DirectoryInfo?>("--heads")
        {
            Description = "A directory with exported heads, best a copy from elsewhere; without it those in the data directory count.",
        };
        var command = new Command(
            "verify", "Finds every line that was changed, removed, swapped or cut off. Exit code 1 where there is one.")
        {
            TreatUnmatchedTokensAsErrors = false,
        };
        command.Options.Add(helpdesk);
        command.Options.Add(heads);
        command.SetAction(async (parsed, cancellationToken) =>
        {
            await using var house = await OpenAsync(parsed, cancellationToken);
            var named = parsed.GetValue(heads);
            if (named is { Exists: false })
            {
                throw new UsageException($"There is no directory {named.FullName} for --heads.");
            }

            var exported = named is not null
                ? await AuditHeads.ReadAsync(named.FullName, cancellationToken)
                : await house.Services.GetRequiredService<AuditHeads>().ReadAsync(cancellationToken);
            var report = await house.Services.GetRequiredService<AuditCheck>()
                .RunAsync(parsed.GetValue(helpdesk), exported, cancellationToken);
            return await SayAsync(report, exported.Count);
        });
        return command;
    }

    private static Command CreateExport()
    {
        var command = new Command("export", "Writes down where each chain ends, as the daily job does: to be kept outside of the database.")
        {
            TreatUnmatchedTokensAsErrors = false,
        };
        command.SetAction(async (parsed, cancellationToken) =>
        {
            await using var house = await OpenAsync(parsed, cancellationToken);
            var heads = house.Services.GetRequiredService<AuditHeads>();
            var chains = await heads.ExportAsync(cancellationToken);
            await Console.Out.WriteLineAsync(
                string.Create(CultureInfo.InvariantCulture, $"The heads of {chains} chains are written to {heads.Directory}."));
            return 0;
        });
        return command;
    }

    private static Command CreateCertificate()
    {
        var file = new Argument<FileInfo>("file") { Description = "The certificate, as erase or the page Erasure gave it." };
        var command = new Command("certificate", "Says whether a certificate of an erasure is genuine. Exit code 1 where it is not.")
        {
            TreatUnmatchedTokensAsErrors = false,
        };
        command.Arguments.Add(file);
        command.SetAction(async (parsed, cancellationToken) =>
        {
            var kept = parsed.GetRequiredValue(file);
            if (!kept.Exists)
            {
                throw new UsageException($"There is no file {kept.FullName}.");
            }

            await using var house = await OpenAsync(parsed, cancellationToken);
            try
            {
                var finding = await house.Services.GetRequiredService<CertificateCheck>()
                    .RunAsync(await File.ReadAllTextAsync(kept.FullName, cancellationToken), cancellationToken);
                await Console.Out.WriteLineAsync(finding.Text);
                return finding.IsGenuine ? 0 : FaultsFound;
            }
            catch (ArgumentException e)
            {
                throw new UsageException(e.Message);
            }
        });
        return command;
    }

    private static async Task<House> OpenAsync(ParseResult parsed, CancellationToken cancellationToken)
    {
        var builder = WebApplication.CreateBuilder(Settings.From(parsed));
        builder.Logging.SetMinimumLevel(LogLevel.Error);
        return await House.OpenWhatIsThereAsync(builder, Role.Worker, cancellationToken);
    }

    private static async Task<int> SayAsync(AuditReport report, int heads)
    {
        foreach (var fault in report.Faults)
        {
            var chain = fault.Helpdesk.Length == 0 ? "the service" : fault.Helpdesk;
            await Console.Out.WriteLineAsync($"{chain}: {fault.Text}");
        }

        var sum = report.Faults.Count == 0
            ? "everything is as it was written."
            : $"{report.Faults.Count} things are not as they were written.";
        await Console.Out.WriteLineAsync(string.Create(
            CultureInfo.InvariantCulture, $"{report.Entries} lines in {report.Chains} chains, {heads} exported heads: {sum}"));
        if (heads == 0)
        {
            await Console.Out.WriteLineAsync("Without an exported head, a chain whose end was cut off looks whole: see `audit export`.");
        }

        return report.Faults.Count == 0 ? 0 : FaultsFound;
    }
}
