using System.CommandLine;
using TicketTriage.Benchmarks.Reports;

namespace TicketTriage.Benchmarks;

/// <summary>What every benchmark can be told.</summary>
internal sealed class BenchmarkOptions
{
    private readonly Option<int?> rounds = new("--rounds") { Description = "Rounds whose median is reported; an odd number." };
    private readonly Option<bool> smoke = new("--smoke")
    {
        Description = "One short round, to see that the benchmark still runs; its figures mean little.",
    };

    private readonly Option<FileInfo?> json = new("--json") { Description = "Also writes the figures to this file." };

    public void AddTo(Command command)
    {
        command.Options.Add(rounds);
        command.Options.Add(smoke);
        command.Options.Add(json);
    }

    public bool IsSmoke(ParseResult parsed) => parsed.GetValue(smoke);

    public int Rounds(ParseResult parsed, int usual) => parsed.GetValue(rounds) ?? (IsSmoke(parsed) ? 1 : usual);

    /// <summary>A missed figure is no failure: a benchmark is no test.</summary>
    public async Task<int> PublishAsync(ParseResult parsed, Report report, CancellationToken cancellationToken)
    {
        await Console.Out.WriteLineAsync(report.ToTable());
        if (parsed.GetValue(json) is { } file)
        {
            await File.WriteAllTextAsync(file.FullName, report.ToJson(), cancellationToken);
        }

        return 0;
    }
}
