using System.Collections.Concurrent;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using Npgsql;

namespace TicketTriage.Policies;

/// <summary>
/// Brings what leads publish to the rooms of this process: once before the first decision, then within seconds of each publication.
/// </summary>
public sealed partial class PublicationWatch(
    PolicyDesk desk, IEnumerable<IPublishedPolicy> policies, TimeProvider clock, ILogger<PublicationWatch> logger) : BackgroundService
{
    private static readonly TimeSpan LookEvery = TimeSpan.FromSeconds(2);

    // A look by itself and one that a publication asks for may meet.
    private readonly SemaphoreSlim oneAtATime = new(1);
    private readonly Dictionary<string, long> known = [];
    private readonly ConcurrentDictionary<string, string> refusals = new(StringComparer.Ordinal);

    /// <summary>Publications that this version of the program can't use, in a sentence each: what was in force before them still is.</summary>
    public IReadOnlyCollection<string> Refusals => [.. refusals.OrderBy(one => one.Key, StringComparer.Ordinal).Select(one => one.Value)];

    /// <summary>Takes what was published since the last look.</summary>
    public async Task LookAsync(CancellationToken cancellationToken)
    {
        await oneAtATime.WaitAsync(cancellationToken);
        try
        {
            foreach (var publication in await desk.ListNewestAsync(known.Values, cancellationToken))
            {
                Take(publication);
                known[publication.Kind] = publication.Id;
            }
        }
        finally
        {
            oneAtATime.Release();
        }
    }

    public override void Dispose()
    {
        oneAtATime.Dispose();
        base.Dispose();
    }

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        try
        {
            while (true)
            {
                await Task.Delay(LookEvery, clock, stoppingToken);
                await TryAsync(stoppingToken);
            }
        }
        catch (OperationCanceledException) when (stoppingToken.IsCancellationRequested)
        {
            return;
        }
    }

    private async Task TryAsync(CancellationToken stoppingToken)
    {
        try
        {
            await LookAsync(stoppingToken);
        }
        catch (NpgsqlException e)
        {
            // What was in force still is, and the next look comes soon.
            NotLooked(e.Message);
        }
    }

    private void Take(PolicyPublication publication)
    {
        if (policies.FirstOrDefault(policy => policy.Kind == publication.Kind) is not { } policy)
        {
            return;
        }

        try
        {
            policy.Take(publication);
            refusals.TryRemove(publication.Kind, out _);
            InForce(publication.Kind, publication.Version, publication.Id);
        }
        catch (PolicyFaultyException e)
        {
            refusals[publication.Kind] = $"The published {publication.Kind} document of version {publication.Version} can't be used. {e.Message}";
            Refused(publication.Kind, publication.Version, e.Message);
        }
    }

    [LoggerMessage(LogLevel.Information, "The {Kind} document of version {Version} is in force from here on, by publication {Publication}.")]
    private partial void InForce(string kind, string version, long publication);

    [LoggerMessage(LogLevel.Error, "The published {Kind} document of version {Version} can't be used, and what was in force stays. {Faults}")]
    private partial void Refused(string kind, string version, string faults);

    [LoggerMessage(LogLevel.Warning, "What leads have published could not be looked up; what is in force stays so. {Reason}")]
    private partial void NotLooked(string reason);
}
