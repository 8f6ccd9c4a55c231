using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using Npgsql;

namespace TicketTriage.Audits;

/// <summary>
/// Seals every few seconds: a job's schedule knows nothing shorter than a minute, and until it is linked an entry can be taken away unseen.
/// </summary>
public sealed partial class SealWatch(AuditSeal seal, TimeProvider clock, ILogger<SealWatch> logger) : BackgroundService
{
    private static readonly TimeSpan Every = TimeSpan.FromSeconds(5);

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        try
        {
            while (true)
            {
                await Task.Delay(Every, clock, stoppingToken);
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
            await seal.RunAsync(everything: false, stoppingToken);
        }
        catch (NpgsqlException e)
        {
            NotSealed(e.Message);
        }
    }

    [LoggerMessage(LogLevel.Warning, "The audit could not be sealed; it is tried again in a few seconds. {Reason}")]
    private partial void NotSealed(string reason);
}
