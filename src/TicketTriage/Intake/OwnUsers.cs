using System.Collections.Concurrent;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using TicketTriage.Helpdesks;

namespace TicketTriage.Intake;

/// <summary>
/// Knows which user this service is in each helpdesk, so that its own changes coming back are recognised at the door, and by
/// a worker where they were let in. While that is not known yet they are recognised by the stamp that the receipt holds.
/// </summary>
public sealed partial class OwnUsers(HelpdeskDirectory helpdesks, TimeProvider clock, ILogger<OwnUsers> logger) : BackgroundService
{
    private static readonly TimeSpan AskAgain = TimeSpan.FromMinutes(10);
    private static readonly TimeSpan AskAgainUnknown = TimeSpan.FromSeconds(20);

    private readonly ConcurrentDictionary<string, string> userIds = new();

    public bool IsOwn(string helpdesk, string? actorId) =>
        actorId is not null && userIds.TryGetValue(helpdesk, out var own) && own == actorId;

    /// <summary>True only where both are known: the doer, and who this service is.</summary>
    public bool IsSomebodyElse(string helpdesk, string? actorId) =>
        actorId is not null && userIds.TryGetValue(helpdesk, out var own) && own != actorId;

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        try
        {
            while (true)
            {
                foreach (var name in helpdesks.Names)
                {
                    await AskAsync(helpdesks.GetHelpdesk(name), stoppingToken);
                }

                await Task.Delay(userIds.Count < helpdesks.Names.Count ? AskAgainUnknown : AskAgain, clock, stoppingToken);
            }
        }
        catch (OperationCanceledException) when (stoppingToken.IsCancellationRequested)
        {
            return;
        }
    }

    private async Task AskAsync(IHelpdesk helpdesk, CancellationToken stoppingToken)
    {
        try
        {
            var identity = await helpdesk.IdentifyAsync(stoppingToken);
            userIds[helpdesk.Name] = identity.UserId;
        }
        catch (Exception e) when (e is HelpdeskAwayException or HelpdeskRefusedException)
        {
            Unknown(helpdesk.Name, e.Message);
        }
    }

    [LoggerMessage(LogLevel.Warning, "Who this service is in {Helpdesk} could not be found out. {Message}")]
    private partial void Unknown(string helpdesk, string message);
}
