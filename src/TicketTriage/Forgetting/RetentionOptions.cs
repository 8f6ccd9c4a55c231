using System.ComponentModel.DataAnnotations;

namespace TicketTriage.Forgetting;

/// <summary>How many days each kind of data is kept; what is older goes in the night.</summary>
public sealed class RetentionOptions
{
    public const string Section = "Retention";

    /// <summary>Which webhooks came; 7 to 36500 days. Those of tickets that wait for somebody stay.</summary>
    [Range(7, 36_500)]
    public int Deliveries { get; set; } = 90;

    /// <summary>
    /// Decisions with all that follows from them: what was read and drafted, the changes, corrections, words on notes; 30 to 36500 days. A
    /// calendar month goes at once, when its last day is that old.
    /// </summary>
    [Range(30, 36_500)]
    public int Decisions { get; set; } = 730;

    /// <summary>Tickets' own rows, once nothing else is kept of them; 30 to 36500 days since they last changed here.</summary>
    [Range(30, 36_500)]
    public int Tickets { get; set; } = 730;

    /// <summary>Tickets that were imported to learn from, and the answers taken from them; 30 to 36500 days since they last changed.</summary>
    [Range(30, 36_500)]
    public int PastTickets { get; set; } = 1_095;

    /// <summary>Escalations that are over, with what people were told of them; 30 to 36500 days.</summary>
    [Range(30, 36_500)]
    public int Escalations { get; set; } = 730;

    /// <summary>Drafts of policies that nobody went on with; 7 to 36500 days.</summary>
    [Range(7, 36_500)]
    public int Drafts { get; set; } = 365;

    /// <summary>Agents whom the helpdesk doesn't know any more; 7 to 36500 days.</summary>
    [Range(7, 36_500)]
    public int Agents { get; set; } = 365;

    /// <summary>The audit; 366 to 36500 days: what is younger than a year the database lets nobody remove.</summary>
    [Range(366, 36_500)]
    public int Audit { get; set; } = 1_095;
}
