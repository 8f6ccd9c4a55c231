using TicketTriage.Policies;
using TicketTriage.Reading;

namespace TicketTriage.Understanding;

/// <summary>Understands a ticket: in this process, or by asking a model.</summary>
public interface IUnderstandingProvider
{
    /// <summary>The provider's name in decision records.</summary>
    string Name { get; }

    /// <param name="ticket">The ticket, cleaned.</param>
    /// <param name="taxonomy">The closed list of what may be answered.</param>
    /// <param name="cancellationToken">Stops the work.</param>
    /// <exception cref="UnderstandingFailedException">The provider gave no usable answer.</exception>
    Task<TicketUnderstanding> UnderstandAsync(CleanTicket ticket, Taxonomy taxonomy, CancellationToken cancellationToken);
}

/// <summary>A provider gave no usable answer; another has to stand in.</summary>
/// <param name="message">One sentence, free of the customer's text, fit for the decision record.</param>
public sealed class UnderstandingFailedException(string message, Exception? innerException = null) : Exception(message, innerException);
