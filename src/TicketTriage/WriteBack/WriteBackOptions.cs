namespace TicketTriage.WriteBack;

/// <summary>What is written into the helpdesk.</summary>
public sealed class WriteBackOptions
{
    public const string Section = "WriteBack";

    /// <summary>What each tag of this service begins with; tags that begin otherwise are never removed.</summary>
    public string TagPrefix { get; set; } = "triage_";

    /// <summary>The language of the note's headings and next steps: <c>en</c> or <c>de</c>.</summary>
    public string TeamLanguage { get; set; } = "en";

    /// <summary>Whether the ticket's priority is set where no person has set one.</summary>
    public bool SetPriority { get; set; } = true;

    /// <summary>Whether the ticket is put with a group where no person has done so.</summary>
    public bool SetGroup { get; set; } = true;

    /// <summary>Whether the ticket fields that <c>connect</c> makes, and the helpdesk's own summary, are filled.</summary>
    public bool SetFields { get; set; } = true;

    /// <summary>
    /// Whether long parts of the note open with a click (<c>details</c>). Default false: no vendor says that it keeps them, and where they
    /// are taken out the text stays.
    /// </summary>
    public bool FoldNote { get; set; }

    /// <summary>
    /// Where agents reach this service, for the note's links "useful" and "not useful". Default: <c>Escalations:PublicUrl</c>; without
    /// either the note has no such links.
    /// </summary>
    public Uri? PublicUrl { get; set; }

    /// <summary>
    /// Changes of one ticket within an hour; beyond it the ticket waits. No conversation needs more, and a loop that passed every guard
    /// does little harm.
    /// </summary>
    public int MostPerTicketAndHour { get; set; } = 3;
}
