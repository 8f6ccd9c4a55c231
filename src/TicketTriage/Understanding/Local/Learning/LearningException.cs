namespace TicketTriage.Understanding.Local.Learning;

/// <summary>Data can't be learnt from, or a model can't be used.</summary>
/// <param name="message">One sentence for people: what is wrong, and what to do.</param>
public sealed class LearningException(string message, Exception? innerException = null) : Exception(message, innerException);
