namespace TicketTriage.Reading;

/// <summary>What reading a ticket gives reason to be careful about, by name.</summary>
public static class TicketWarnings
{
    /// <summary>Sentences speak to whoever sorts the ticket, and not to the team.</summary>
    public const string Instructions = "instructions";

    /// <summary>A message holds text that a person would not see.</summary>
    public const string HiddenText = "hidden_text";

    /// <summary>The customer sent a file that a computer would run.</summary>
    public const string ProgramAttached = "program_attached";

    public static IReadOnlyList<string> All { get; } = [Instructions, HiddenText, ProgramAttached];
}
