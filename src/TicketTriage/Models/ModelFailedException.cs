namespace TicketTriage.Models;

/// <summary>The model gave no usable answer.</summary>
/// <param name="message">One sentence, free of the customer's text.</param>
/// <param name="failure">What went wrong.</param>
/// <param name="retryAfter">How long the server asked to wait; <see langword="null"/> where it named no time.</param>
public sealed class ModelFailedException(
    string message, ModelFailure failure, TimeSpan? retryAfter = null, Exception? innerException = null)
    : Exception(message, innerException)
{
    public ModelFailure Failure { get; } = failure;

    public TimeSpan? RetryAfter { get; } = retryAfter;
}

/// <summary>How a model fails.</summary>
public enum ModelFailure
{
    /// <summary>Something else than a chat answer came back.</summary>
    Nonsense = 0,

    /// <summary>The model declined to answer this text, or its filter stopped it.</summary>
    Refused,

    /// <summary>The answer is longer than <see cref="ModelOptions.MaxAnswerTokens"/>.</summary>
    CutOff,

    /// <summary>The server won't take this request, and others it may: a text too long, for one.</summary>
    Rejected,

    /// <summary>The server asks to come back later.</summary>
    Busy,

    /// <summary>No answer, or the server's own fault.</summary>
    Away,

    /// <summary>The server won't take any request: key, deployment, quota.</summary>
    Misconfigured,

    /// <summary>The helpdesk's tokens of the day are used up; the model was not asked.</summary>
    Spent,
}
