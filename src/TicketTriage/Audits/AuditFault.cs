namespace TicketTriage.Audits;

/// <summary>Something in the audit that is not as it was written.</summary>
/// <param name="Helpdesk">The chain; empty for that of what concerns no single helpdesk.</param>
/// <param name="Position">The place in the chain; <see langword="null"/> for a name, which stands beside the chains.</param>
/// <param name="Kind">What is wrong.</param>
/// <param name="Text">One sentence for people.</param>
public sealed record AuditFault(string Helpdesk, long? Position, AuditFaultKind Kind, string Text);

public enum AuditFaultKind
{
    /// <summary>The entry, or its link, is not what was linked there.</summary>
    Changed = 0,

    /// <summary>The entry is gone, and its link is still there.</summary>
    EntryRemoved,

    /// <summary>A place of the chain is empty.</summary>
    LinkRemoved,

    /// <summary>Two entries have changed places.</summary>
    Swapped,

    /// <summary>The chain ends before the head that was exported.</summary>
    Truncated,

    /// <summary>
    /// The beginning was removed as if by age, and was not old enough to go, or nothing proves that it was.
    /// </summary>
    PrunedYoung,

    /// <summary>The chain fits in itself, and not to the head that was exported.</summary>
    Rewritten,

    /// <summary>A person's name isn't the one that their entries were written under.</summary>
    NameChanged,

    /// <summary>A person of whom there are entries has no name any more, and no erasure says so.</summary>
    NameRemoved,
}
