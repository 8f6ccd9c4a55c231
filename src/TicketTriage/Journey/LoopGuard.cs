using Microsoft.Extensions.Options;
using TicketTriage.Helpdesks;
using TicketTriage.Intake;
using TicketTriage.Tickets;
using TicketTriage.WriteBack;

namespace TicketTriage.Journey;

/// <summary>
/// Keeps our own change, which comes back as a webhook, from being triaged. Four of the five guards stand here, each enough by itself:
/// who did it, which version it made, what the customer has said, whose note is the last; the fifth, a tag in the trigger's condition,
/// stands in the helpdesk.
/// Over them all lies the cap on changes of a ticket within the hour, for the loop that nobody thought of.
/// </summary>
public sealed class LoopGuard(OwnUsers own, WriteBackLedger ledger, IOptions<WriteBackOptions> options)
{
    private int MostPerHour => options.Value.MostPerTicketAndHour;

    /// <summary>By the doer: everything that came since the last decision was this service's own doing.</summary>
    public bool IsOwnDoing(ClaimedTicket claim) =>
        claim is { ContentHash: not null, Actors.Count: > 0 } && claim.Actors.All(actor => own.IsOwn(claim.Id.Helpdesk, actor));

    /// <summary>
    /// By the version: it is the one that our receipt names, or that was looked at last. Not believed where somebody else is known to
    /// have done something since: vendors' versions are whole seconds, and a customer may write in the second of our change.
    /// </summary>
    public bool IsOwnVersion(ClaimedTicket claim, HelpdeskTicket ticket) =>
        ticket.Stamp == claim.Stamp && !claim.Actors.Any(actor => own.IsSomebodyElse(claim.Id.Helpdesk, actor));

    /// <summary>By the content: the customer has said nothing since it was last decided.</summary>
    public static bool IsNothingNew(ClaimedTicket claim, string contentHash) => contentHash == claim.ContentHash;

    /// <summary>
    /// By the note: below the customer's last words stands one of ours, of a decision that is not in the records. A backup was restored that
    /// is older than it; the ticket is decided, only nobody here remembers.
    /// </summary>
    public async Task<bool> IsForgottenAsync(
        ClaimedTicket claim, IReadOnlyList<HelpdeskComment> comments, CancellationToken cancellationToken)
    {
        var lastWords = comments.Where(comment => comment.IsFromCustomer).Select(comment => comment.CreatedAt).DefaultIfEmpty().Max();
        var note = comments.Where(comment => comment.CreatedAt >= lastWords && IsOwnNote(claim.Id, comment))
            .Select(comment => TriageNote.FindTriage(comment.Html ?? comment.Text)).LastOrDefault(triage => triage is not null);
        return note is { } triage && !await ledger.KnowsAsync(triage, cancellationToken);
    }

    /// <summary>
    /// What people have said: a note of this service answers nobody. The first message stays whoever wrote it, since it opened the ticket.
    /// </summary>
    public IReadOnlyList<HelpdeskComment> WithoutOwnNotes(TicketId id, IReadOnlyList<HelpdeskComment> comments) =>
        [.. comments.Where((comment, at) => at == 0 || !IsOwnNote(id, comment))];

    /// <summary>
    /// What is to be understood: what this service has said of the ticket before is no part of it. An account that is an agent's too may have
    /// written notes of its own, so only those with our last line go.
    /// </summary>
    public IReadOnlyList<HelpdeskComment> WithoutTriageNotes(TicketId id, IReadOnlyList<HelpdeskComment> comments) =>
        [.. comments.Where((comment, at) => at == 0 || !IsOwnNote(id, comment) || !TriageNote.IsOurs(comment.Html ?? comment.Text))];

    private bool IsOwnNote(TicketId id, HelpdeskComment comment) => !comment.IsPublic && own.IsOwn(id.Helpdesk, comment.AuthorId);

    /// <returns>How long the ticket has to wait, and why; <see langword="null"/> where it may be changed now.</returns>
    public async Task<(TimeSpan Wait, string Reason)?> FindWaitAsync(ClaimedTicket claim, CancellationToken cancellationToken)
    {
        if (claim.ContentHash is null || await ledger.FindWaitAsync(claim.Id, MostPerHour, cancellationToken) is not { } wait)
        {
            return null;
        }

        return (wait, $"It was changed {MostPerHour} times within an hour, which is the most (WriteBack:MostPerTicketAndHour); it waits for its turn.");
    }
}
