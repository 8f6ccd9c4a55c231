namespace TicketTriage.Chaos.Post;

/// <summary>What was handed over to the product, and what it said to it.</summary>
internal sealed class PostBook
{
    private readonly Lock gate = new();
    private readonly HashSet<string> accepted = new(StringComparer.Ordinal);
    private readonly List<Handover> handovers = [];
    private int takenFromCustomers;
    private int acceptedFromCustomers;

    /// <summary>Letters that a customer's writing has caused.</summary>
    public int TakenFromCustomers => Volatile.Read(ref takenFromCustomers);

    /// <summary>Those of them that the product has answered with 202, each counted once.</summary>
    public int AcceptedFromCustomers
    {
        get
        {
            lock (gate)
            {
                return acceptedFromCustomers;
            }
        }
    }

    /// <summary>All events that the product has answered with 202, each counted once.</summary>
    public int Accepted
    {
        get
        {
            lock (gate)
            {
                return accepted.Count;
            }
        }
    }

    public IReadOnlyList<Handover> Handovers
    {
        get
        {
            lock (gate)
            {
                return [.. handovers];
            }
        }
    }

    public void NoteTaken(Letter letter)
    {
        if (!letter.IsEcho)
        {
            Interlocked.Increment(ref takenFromCustomers);
        }
    }

    public void Note(Letter letter, Handover handover)
    {
        lock (gate)
        {
            handovers.Add(handover);
            if (handover.IsAccepted && accepted.Add(letter.EventId) && !letter.IsEcho)
            {
                acceptedFromCustomers++;
            }
        }
    }
}

/// <summary>One try to hand a letter over.</summary>
/// <param name="Status">The product's answer; <see langword="null"/> where none came.</param>
internal sealed record Handover(DateTimeOffset At, TimeSpan Took, int? Status)
{
    public bool IsAccepted => Status == 202;
}
