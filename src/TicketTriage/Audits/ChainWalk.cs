namespace TicketTriage.Audits;

/// <summary>
/// Walks along one chain and says what doesn't fit. After a fault it goes on with the hash that is stored, so that one changed row is one
/// fault; where the stored hash itself was changed, the next row tells, as it was linked to the right one.
/// </summary>
/// <param name="beginnings">By position: where the chain was said to begin when older lines were removed by age.</param>
/// <param name="heads">Of this chain, as they were exported.</param>
/// <param name="oldBefore">What is younger is never removed by age.</param>
internal sealed class ChainWalk(
    string helpdesk, ILookup<long, ChainBeginning> beginnings, IReadOnlyList<ExportedHead> heads, DateTimeOffset oldBefore)
{
    /// <summary>A chain that was rewritten from some place on is wrong everywhere after it: the first rows say enough.</summary>
    private const int MostFaults = 200;

    private readonly List<AuditFault> faults = [];
    private readonly List<Misfit> misfits = [];
    private byte[]? before = AuditEntry.BeginningOf(helpdesk);
    private Misfit? last;
    private long expected = 1;
    private long unnamed;

    /// <summary>Where the chain ends, as far as it was walked.</summary>
    public long Length => expected - 1;

    /// <summary>How many links were walked along.</summary>
    public long Lines { get; private set; }

    private bool HasRoom => misfits.Count + faults.Count < MostFaults;

    /// <summary>The next link, in the order of positions.</summary>
    /// <param name="entry"><see langword="null"/> where the link's entry is gone.</param>
    public void Step(long position, long entryId, byte[] hash, AuditEntry? entry)
    {
        if (entry is null && Length == 0 && beginnings[position].Where(one => one.Hash.AsSpan().SequenceEqual(hash)).ToList() is { Count: > 0 } said)
        {
            Judge(said);
            (before, expected) = (hash, position + 1);
            return;
        }

        Lines++;
        if (position != expected)
        {
            Add(expected, AuditFaultKind.LinkRemoved, position == expected + 1
                ? $"Position {expected} is empty: its link was removed."
                : $"Positions {expected} to {position - 1} are empty: their links were removed.");
            (before, last) = (null, null);
        }

        var misfit = entry is null
            ? Missing(position, entryId)
            : before is { } linkedTo ? Compare(linkedTo, position, hash, entry) : null;
        (before, last, expected) = (hash, misfit, position + 1);
    }

    /// <summary>What was found, by position.</summary>
    public IReadOnlyList<AuditFault> End()
    {
        foreach (var misfit in misfits)
        {
            var other = misfits.Find(one => one != misfit && misfit.WouldHold(one.Entry) && one.WouldHold(misfit.Entry));
            var row = $"position {misfit.Position} (entry {misfit.Entry.Id})";
            faults.Add(other is not null
                ? Fault(misfit.Position, AuditFaultKind.Swapped, $"Position {misfit.Position} holds what stood at position {other.Position}.")
                : Fault(misfit.Position, AuditFaultKind.Changed, misfit.HasFalseHash
                    ? $"The hash at {row} was changed."
                    : $"What stands at {row} is not what was linked there."));
        }

        if (unnamed > 0)
        {
            faults.Add(Fault(null, AuditFaultKind.Changed, $"{unnamed} more positions don't fit; the first are named."));
        }

        return [.. faults.OrderBy(fault => fault.Position ?? long.MaxValue)];
    }

    /// <summary>What goes by age is over a year old; what somebody else took away, and called old, is named.</summary>
    private void Judge(List<ChainBeginning> said)
    {
        var position = said[0].Position;
        var removed = position == 1 ? "Position 1 was removed as if by age" : $"Positions 1 to {position} were removed as if by age";
        if (said.Max(one => one.ProvenAt(helpdesk)) is not { } at)
        {
            Add(position, AuditFaultKind.PrunedYoung, $"{removed}, and nothing proves that they were old.");
        }
        else if (at >= oldBefore)
        {
            Add(position, AuditFaultKind.PrunedYoung, $"{removed}, and the last of them is of {at:yyyy-MM-dd}: less than a year old.");
        }
        else if (heads.Where(head => head.Position < position && head.At >= oldBefore).MaxBy(head => head.At) is { } young)
        {
            // An entry can be written with any moment in it; a head that was exported before it was linked tells.
            Add(position, AuditFaultKind.PrunedYoung, $"{removed}, and position {young.Position} was the last on {young.At:yyyy-MM-dd}.");
        }
    }

    private Misfit? Missing(long position, long entryId)
    {
        Add(position, AuditFaultKind.EntryRemoved, $"The entry at position {position} (entry {entryId}) was removed.");
        return null;
    }

    private Misfit? Compare(byte[] linkedTo, long position, byte[] hash, AuditEntry entry)
    {
        // An entry of another helpdesk hashes differently in this chain: it needs no look of its own.
        var actual = entry.Hash(linkedTo, position);
        if (actual.AsSpan().SequenceEqual(hash))
        {
            return null;
        }

        if (last is { } previous && entry.Hash(previous.TrueHash, position).AsSpan().SequenceEqual(hash))
        {
            previous.HasFalseHash = true;
            return null;
        }

        var misfit = new Misfit(position, linkedTo, hash, actual, entry);
        if (HasRoom)
        {
            misfits.Add(misfit);
        }
        else
        {
            unnamed++;
        }

        return misfit;
    }

    private void Add(long position, AuditFaultKind kind, string text)
    {
        if (HasRoom)
        {
            faults.Add(Fault(position, kind, text));
        }
        else
        {
            unnamed++;
        }
    }

    private AuditFault Fault(long? position, AuditFaultKind kind, string text) => new(helpdesk, position, kind, text);

    /// <summary>A row whose hash isn't that of its entry.</summary>
    /// <param name="LinkedTo">The hash before it.</param>
    /// <param name="TrueHash">What its entry has as it now is.</param>
    private sealed record Misfit(long Position, byte[] LinkedTo, byte[] Hash, byte[] TrueHash, AuditEntry Entry)
    {
        /// <summary>The next row is linked to <see cref="TrueHash"/>: the entry is as it was.</summary>
        public bool HasFalseHash { get; set; }

        /// <summary>True where that entry, or its content under this row's id, is what was linked here.</summary>
        public bool WouldHold(AuditEntry entry) =>
            entry.Hash(LinkedTo, Position).AsSpan().SequenceEqual(Hash)
            || (entry with { Id = Entry.Id }).Hash(LinkedTo, Position).AsSpan().SequenceEqual(Hash);
    }
}
