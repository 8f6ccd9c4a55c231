using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;
using TicketTriage.Helpdesks;
using TicketTriage.WriteBack;

namespace TicketTriage.Escalations;

/// <summary>
/// Delivers what waits in the outbox, each channel and each helpdesk beside the others and several recipients at once: who can't be reached
/// holds up nobody else.
/// </summary>
public sealed partial class NoticeCourier(
    NoticeLedger ledger,
    HelpdeskMark mark,
    EscalationPolicies policies,
    AcknowledgeLinks links,
    Contacts contacts,
    HelpdeskDirectory helpdesks,
    IEnumerable<INoticeSender> senders,
    IOptions<WriteBackOptions> writeBack,
    TimeProvider clock,
    ILogger<NoticeCourier> logger)
{
    /// <summary>The channels that go to people and not into a helpdesk.</summary>
    public static readonly IReadOnlyList<NoticeChannel> Messages = [.. Enum.GetValues<NoticeChannel>().Where(channel => channel != NoticeChannel.Note)];

    private const int MostNotes = 20;

    /// <summary>Recipients of a channel who are sent to at once.</summary>
    private const int MostAtOnce = 8;

    private static readonly TimeSpan TimeLimit = TimeSpan.FromSeconds(20);
    private static readonly TimeSpan TryAgain = TimeSpan.FromMinutes(2);

    /// <summary>Delivers by every channel, and returns when the slowest is done.</summary>
    /// <returns>How many messages and notes were begun.</returns>
    public async Task<int> DeliverAsync(CancellationToken cancellationToken)
    {
        await TellOfLostAsync(cancellationToken);
        return (await Task.WhenAll(
        [
            DropNotesOfUnknownAsync(cancellationToken),
            .. Messages.Select(channel => DeliverAsync(channel, cancellationToken)),
            .. helpdesks.Names.Select(name => WriteNotesAsync(name, cancellationToken)),
        ])).Sum();
    }

    /// <summary>Gives up, on all channels, what a sender took and never ended.</summary>
    public async Task TellOfLostAsync(CancellationToken cancellationToken)
    {
        var lost = await ledger.MarkUnsureAsync(clock.GetUtcNow(), cancellationToken);
        if (lost > 0)
        {
            Lost(lost);
        }
    }

    /// <summary>Delivers by one channel that goes to people.</summary>
    /// <inheritdoc cref="DeliverAsync(CancellationToken)"/>
    public async Task<int> DeliverAsync(NoticeChannel channel, CancellationToken cancellationToken)
    {
        var begun = 0;
        var waiting = await ledger.ListWaitingAsync(channel, clock.GetUtcNow(), cancellationToken);
        await Parallel.ForEachAsync(
            waiting,
            new ParallelOptions { MaxDegreeOfParallelism = MostAtOnce, CancellationToken = cancellationToken },
            async (recipient, token) =>
            {
                if (await SendAsync(channel, recipient, token))
                {
                    Interlocked.Increment(ref begun);
                }
            });
        return begun;
    }

    /// <summary>Writes into one helpdesk.</summary>
    /// <inheritdoc cref="DeliverAsync(CancellationToken)"/>
    public async Task<int> WriteNotesAsync(string helpdesk, CancellationToken cancellationToken) =>
        await WriteAsync(await ledger.TakeNotesAsync(helpdesk, MostNotes, clock.GetUtcNow(), cancellationToken), cancellationToken);

    /// <summary>What was to be written into a helpdesk that is configured no more.</summary>
    /// <inheritdoc cref="DeliverAsync(CancellationToken)"/>
    public async Task<int> DropNotesOfUnknownAsync(CancellationToken cancellationToken) =>
        await WriteAsync(await ledger.TakeNotesExceptAsync(helpdesks.Names, MostNotes, clock.GetUtcNow(), cancellationToken), cancellationToken);

    private async Task<int> WriteAsync(IReadOnlyList<EscalationMessage> notes, CancellationToken cancellationToken)
    {
        foreach (var note in notes)
        {
            await mark.WriteAsync(note, cancellationToken);
        }

        return notes.Count;
    }

    /// <returns>False where nothing may be said to the recipient yet.</returns>
    private async Task<bool> SendAsync(NoticeChannel channel, string recipient, CancellationToken cancellationToken)
    {
        var matrix = policies.Matrix.Matrix;
        int? most = channel == NoticeChannel.Webhook ? null : matrix.MostMessages;
        var coolDown = TimeSpan.FromMinutes(matrix.CoolDownMinutes);
        if (await ledger.TakeMessageAsync(channel, recipient, coolDown, most, clock.GetUtcNow(), cancellationToken) is not { } message)
        {
            return false;
        }

        await SendAsync(senders.First(sender => sender.Channel == channel), message, cancellationToken);
        return true;
    }

    private async Task SendAsync(INoticeSender sender, EscalationMessage message, CancellationToken cancellationToken)
    {
        using var limit = new CancellationTokenSource(TimeLimit, clock);
        using var both = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken, limit.Token);
        try
        {
            var link = await links.CreateAsync(message.Id, cancellationToken);
            int? room = sender.Channel == NoticeChannel.Chat ? ChatSender.Room : null;
            await sender.SendAsync(message, MessageWriter.Write(message, link, writeBack.Value.TeamLanguage, room), both.Token);
            await ledger.SentAsync(message.Id, clock.GetUtcNow(), CancellationToken.None);
        }
        catch (NoticeFailedException e)
        {
            await FailAsync(message, e.MayHaveArrived, e.Message);
        }
        catch (OperationCanceledException) when (limit.IsCancellationRequested && !cancellationToken.IsCancellationRequested)
        {
            await FailAsync(message, mayHaveArrived: true, $"No answer came within {TimeLimit.TotalSeconds} seconds.");
        }
    }

    private async Task FailAsync(EscalationMessage message, bool mayHaveArrived, string why)
    {
        var now = clock.GetUtcNow();
        var instead = NoticePlan.Instead(message.Channel, message.Recipient, contacts.Reach, now);
        await ledger.FailedAsync(message.Id, mayHaveArrived, why, now + TryAgain, instead, now, CancellationToken.None);
        Failed(message.Id, message.Channel, message.Lines.Count, why, instead?.Channel ?? message.Channel);
    }

    [LoggerMessage(LogLevel.Warning, "{Notices} notices were being sent when their process ended; they are not repeated, since they may have arrived.")]
    private partial void Lost(int notices);

    [LoggerMessage(LogLevel.Error, "Message {Message} by {Channel} about {Tickets} tickets was not delivered ({Why}); {Instead} takes its place.")]
    private partial void Failed(Guid message, NoticeChannel channel, int tickets, string why, NoticeChannel instead);
}
