using System.CommandLine;
using System.Globalization;
using System.Net.Http.Json;
using System.Text.Json;
using TicketTriage.Benchmarks.Processes;
using TicketTriage.Benchmarks.Reports;

namespace TicketTriage.Benchmarks;

/// <summary><c>start</c>: how long a newcomer waits, from <c>demo</c> with an empty data directory to the first triaged ticket.</summary>
internal static class StartCommand
{
    private static readonly TimeSpan Patience = TimeSpan.FromMinutes(2);

    public static Command Create()
    {
        var options = new BenchmarkOptions();
        var command = new Command("start", "From the first start of the demo to the first triaged ticket.");
        options.AddTo(command);
        command.SetAction(async (parsed, cancellationToken) =>
        {
            var load = Circumstances.ReadLoad();
            var rounds = options.Rounds(parsed, usual: 3);
            var seconds = new List<double>();
            for (var round = 0; round < rounds; round++)
            {
                seconds.Add((await MeasureAsync(cancellationToken)).TotalSeconds);
            }

            var rest = Circumstances.Describe(database: "of this machine", load);
            var how = string.Create(CultureInfo.InvariantCulture, $"median of {rounds} first starts; {rest}");
            var waited = Figure.AtMost("demo, process start to first triaged ticket", Statistics.Median(seconds), "s", 20);
            var report = new Report("start", how, [waited]);
            return await options.PublishAsync(parsed, report, cancellationToken);
        });
        return command;
    }

    private static async Task<TimeSpan> MeasureAsync(CancellationToken cancellationToken)
    {
        var directory = TemporaryDirectory.Create();
        try
        {
            var sandbox = HostProcess.FindFreeAddress();
            var settings = new Dictionary<string, string>
            {
                ["Urls"] = HostProcess.FindFreeAddress().GetLeftPart(UriPartial.Authority),
                ["DataDirectory"] = directory,
            };
            var began = TimeProvider.System.GetTimestamp();
            await using var demo = await HostProcess.StartAsync(
                ["demo", "--sandbox-url", sandbox.ToString()], sandbox, "sandbox/tickets", directory, settings, cancellationToken);
            using var http = new HttpClient { BaseAddress = sandbox };
            while (!await IsAnyTriagedAsync(http, cancellationToken))
            {
                if (TimeProvider.System.GetElapsedTime(began) > Patience)
                {
                    throw new InvalidOperationException($"No ticket was triaged within {Patience}. The demo wrote:\n{demo.LastWords()}");
                }

                await Task.Delay(TimeSpan.FromMilliseconds(20), TimeProvider.System, cancellationToken);
            }

            return TimeProvider.System.GetElapsedTime(began);
        }
        finally
        {
            Directory.Delete(directory, recursive: true);
        }
    }

    private static async Task<bool> IsAnyTriagedAsync(HttpClient http, CancellationToken cancellationToken)
    {
        var tickets = await http.GetFromJsonAsync<JsonElement>("sandbox/tickets", cancellationToken);
        return tickets.EnumerateArray().Any(ticket =>
            ticket.GetProperty("tags").EnumerateArray().Any(tag => tag.GetString()?.Contains("intent_", StringComparison.Ordinal) == true));
    }
}
