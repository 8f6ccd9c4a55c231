namespace TicketTriage.Storage.PrivatePostgres;

/// <summary>The private PostgreSQL can't be had as things are: a person has to install, free or correct something.</summary>
/// <param name="message">One sentence: what is wrong, and what to do.</param>
public sealed class PrivatePostgresException(string message, Exception? innerException = null) : Exception(message, innerException);
