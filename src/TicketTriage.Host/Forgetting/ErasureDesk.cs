using TicketTriage.Forgetting;
using TicketTriage.Helpdesks;

namespace TicketTriage.Host.Forgetting;

/// <summary>Finds out who is meant, and has them erased: the same on the command line and in the console.</summary>
internal sealed class ErasureDesk(HelpdeskDirectory helpdesks, Erasure erasure)
{
    /// <summary>Forgets somebody who has worked here.</summary>
    /// <param name="name">That they acted under, whole.</param>
    public Task<ErasureCertificate> ForgetStaffAsync(string name, string by, CancellationToken cancellationToken) =>
        erasure.RunAsync(new ErasureRequest("", RequesterId: null, by) { Names = [name] }, cancellationToken);

    /// <param name="requester">The helpdesk's id of the person, or their address; empty where only tickets are known.</param>
    /// <param name="words">What else says who it is, such as a name that somebody typed into a rule.</param>
    /// <exception cref="InvalidOperationException">There is no such helpdesk, or it knows nobody by this address.</exception>
    /// <exception cref="ArgumentException">Nobody is named, or a word is too short.</exception>
    public async Task<ErasureCertificate> EraseAsync(
        string helpdesk,
        string requester,
        IReadOnlyList<string> tickets,
        IReadOnlyList<string> words,
        string by,
        CancellationToken cancellationToken)
    {
        var connected = helpdesks.Find(helpdesk)
            ?? throw new InvalidOperationException(
                $"No helpdesk of the name {helpdesk} is configured; there is {string.Join(", ", helpdesks.Names)}.");
        var isAddress = requester.Contains('@', StringComparison.Ordinal);
        var id = isAddress ? await connected.People.FindCustomerAsync(requester, cancellationToken) : requester;
        if (isAddress && id is null && tickets.Count == 0)
        {
            throw new InvalidOperationException(
                $"{helpdesk} knows no customer by this address (any more): name their id as it was, or their tickets.");
        }

        return await erasure.RunAsync(
            new ErasureRequest(helpdesk, id is { Length: > 0 } ? id : null, by)
            {
                Tickets = tickets,
                Words = [.. words, .. isAddress ? [requester] : Array.Empty<string>()],
            },
            cancellationToken);
    }
}
