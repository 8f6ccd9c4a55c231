namespace TicketTriage.Escalations;

/// <summary>A way to reach a person or a machine.</summary>
public interface INoticeSender
{
    NoticeChannel Channel { get; }

    /// <exception cref="NoticeFailedException">It was not taken, or nobody knows.</exception>
    Task SendAsync(EscalationMessage message, MessageText text, CancellationToken cancellationToken);
}

/// <summary>A message was not delivered.</summary>
/// <param name="message">One sentence, free of addresses.</param>
/// <param name="mayHaveArrived">True where it may have been delivered all the same: it is not sent again.</param>
public sealed class NoticeFailedException(string message, bool mayHaveArrived, Exception? innerException = null)
    : Exception(message, innerException)
{
    public bool MayHaveArrived { get; } = mayHaveArrived;
}

/// <summary>A message in words.</summary>
/// <param name="Subject">One line.</param>
/// <param name="Body">Plain text.</param>
/// <param name="Link">Where it is acknowledged; <see langword="null"/> where the service's own address isn't known.</param>
/// <param name="Button">What a button says that opens it.</param>
public sealed record MessageText(string Subject, string Body, Uri? Link, string Button);
