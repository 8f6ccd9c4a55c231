namespace TicketTriage.Forgetting;

/// <summary>Whom to erase.</summary>
/// <param name="RequesterId">The helpdesk's id of the person; <see langword="null"/> where only tickets or words are known.</param>
/// <param name="By">Who asks for it, for the certificate and the audit.</param>
public sealed record ErasureRequest(string Helpdesk, string? RequesterId, string By)
{
    /// <summary>Tickets of the person that are not found by the id, since they were read before requesters were kept.</summary>
    public IReadOnlyList<string> Tickets { get; init; } = [];

    /// <summary>
    /// What else says who it is, such as the address: replaced wherever somebody has typed it. At least six characters, since everything
    /// that reads so is replaced.
    /// </summary>
    public IReadOnlyList<string> Words { get; init; } = [];

    /// <summary>Names, whole, that the person acted under here, such as the one of their sign-in; they may be short.</summary>
    public IReadOnlyList<string> Names { get; init; } = [];
}
