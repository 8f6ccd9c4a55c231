using TicketTriage.Policies;
using TicketTriage.Reading;
using TicketTriage.Tickets;
using TicketTriage.Understanding.Local.Learning;

namespace TicketTriage.Triages;

/// <summary>What a team's history teaches, and what of it was left out and why.</summary>
public sealed class TaughtHistory
{
    private readonly List<TicketRow> rows = [];
    private readonly Dictionary<TaughtBy, int> counts = [];

    public IReadOnlyList<TicketRow> Rows => rows;

    /// <summary>Tickets of which nobody said what they are about.</summary>
    public int Untold { get; private set; }

    /// <summary>Tickets whose tags or fields name several intents.</summary>
    public int Contradictory { get; private set; }

    /// <summary>Tickets whose intent the taxonomy in force doesn't have any more, or that hold no text or orders to software.</summary>
    public int Useless { get; private set; }

    public int CountBy(TaughtBy witness) => counts.GetValueOrDefault(witness);

    /// <param name="intent"><see cref="Finding.Unclear"/> where a person says that none fits.</param>
    internal void Add(CleanTicket ticket, string intent, TaughtBy witness, Taxonomy taxonomy)
    {
        var isOutside = intent == Finding.Unclear;
        if ((!isOutside && taxonomy.FindIntent(intent) is null)
            || TicketRow.Of(ticket, isOutside ? null : intent) is not { } row
            || InstructionFinder.HasEverSuspected(row.Text))
        {
            Useless++;
            return;
        }

        rows.Add(row);
        counts[witness] = CountBy(witness) + 1;
    }

    internal void LeaveOut(bool isContradictory)
    {
        Contradictory += isContradictory ? 1 : 0;
        Untold += isContradictory ? 0 : 1;
    }
}

/// <summary>Who said what a ticket is about.</summary>
public enum TaughtBy
{
    /// <summary>A person, on the ticket's page.</summary>
    Correction = 0,

    /// <summary>The triage's field in the helpdesk, where it isn't what this service wrote.</summary>
    Field,

    /// <summary>The team's own fields and tags, by a map.</summary>
    Map,
}
