using TicketTriage.Reading;

namespace TicketTriage.Understanding;

/// <summary>Tickets whose intent people have corrected, to be shown to a model.</summary>
public interface ICorrectedTickets
{
    /// <param name="helpdesk">Its own tickets alone: those of another may be of another company's customers.</param>
    /// <returns>
    /// The newest first; none that gave orders to software. Read anew for each question, so that what was erased a moment ago is not shown.
    /// </returns>
    Task<IReadOnlyList<CorrectedTicket>> ListAsync(string helpdesk, CancellationToken cancellationToken);
}

/// <summary>Where there is no database, as in <c>evaluate</c>.</summary>
public sealed class NoCorrectedTickets : ICorrectedTickets
{
    public Task<IReadOnlyList<CorrectedTicket>> ListAsync(string helpdesk, CancellationToken cancellationToken) =>
        Task.FromResult<IReadOnlyList<CorrectedTicket>>([]);
}

/// <summary>A ticket with the intent that a person gave it.</summary>
/// <param name="TriageId">The decision that was corrected.</param>
/// <param name="Conversation">As that decision read it, redacted.</param>
/// <param name="Intent">A name of the taxonomy of then.</param>
public sealed record CorrectedTicket(Guid TriageId, CleanTicket Conversation, string Intent);
