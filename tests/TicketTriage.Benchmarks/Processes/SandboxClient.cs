using System.Net.Http.Json;
using System.Text.Json.Serialization;

namespace TicketTriage.Benchmarks.Processes;

/// <summary>Adds tickets to a sandbox in another process and reads its journal.</summary>
internal sealed class SandboxClient(Uri address) : IDisposable
{
    /// <summary>What the sandbox takes in one call.</summary>
    private const int MostAtOnce = 1_000;

    private readonly HttpClient http = new() { BaseAddress = address, MaxResponseContentBufferSize = 1 << 30 };

    /// <summary>Adds sample tickets of the sandbox, in turn.</summary>
    public async Task AddTicketsAsync(int count, CancellationToken cancellationToken)
    {
        for (var rest = count; rest > 0; rest -= MostAtOnce)
        {
            var asked = new AskedSamples(Math.Min(rest, MostAtOnce));
            using var answer = await http.PostAsJsonAsync("sandbox/samples", asked, SandboxJson.Default.AskedSamples, cancellationToken);
            answer.EnsureSuccessStatusCode();
        }
    }

    /// <returns>The tickets that were written back to, in the order in which they arrived.</returns>
    public async Task<IReadOnlyList<TicketJourneyTimes>> ListJourneysAsync(CancellationToken cancellationToken)
    {
        var journal = await http.GetFromJsonAsync("sandbox/journal", SandboxJson.Default.Journal, cancellationToken)
            ?? throw new InvalidOperationException("The sandbox has no journal.");
        var arrived = journal.Changes.Where(change => change.What == "Created").ToDictionary(change => change.Ticket, change => change.At);
        // What escalates at once is marked some seconds after its triage.
        return
        [
            .. journal.Changes.Where(change => change.Channel == "api").GroupBy(change => change.Ticket).OrderBy(changes => changes.Key)
                .Select(changes => new TicketJourneyTimes(arrived[changes.Key], changes.Min(change => change.At))),
        ];
    }

    public void Dispose() => http.Dispose();
}

internal sealed record TicketJourneyTimes(DateTimeOffset ArrivedAt, DateTimeOffset WrittenAt)
{
    public TimeSpan Took => WrittenAt - ArrivedAt;
}

internal sealed record AskedSamples(int Count);

internal sealed record Journal(IReadOnlyList<JournalChange> Changes);

internal sealed record JournalChange(DateTimeOffset At, long Ticket, string Channel, string What);

[JsonSourceGenerationOptions(PropertyNamingPolicy = JsonKnownNamingPolicy.CamelCase)]
[JsonSerializable(typeof(AskedSamples))]
[JsonSerializable(typeof(Journal))]
internal sealed partial class SandboxJson : JsonSerializerContext;
