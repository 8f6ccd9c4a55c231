using TicketTriage.Helpdesks;

namespace TicketTriage.WriteBack;

/// <summary>What shall be written, and what was left as a person wanted it.</summary>
/// <param name="Kept">For the note and the record: one short sentence for each thing that was left alone.</param>
public sealed record PlannedChange(HelpdeskChange Change, IReadOnlyList<string> Kept);

/// <summary>What this service last changed on a ticket; what differs from it now was changed by a person since.</summary>
public sealed record AppliedChange(IReadOnlyList<string> Tags, TicketPriority? Priority, string? GroupId)
{
    /// <summary>The value of each field that was ever filled, as <see cref="FieldPlan.ForRecord"/> keeps it.</summary>
    public IReadOnlyDictionary<TriageField, string> Fields { get; init; } = new Dictionary<TriageField, string>();

    /// <summary>As <see cref="SkillChange.Own"/> keeps them; <see langword="null"/> where none was ever set or taken back.</summary>
    public IReadOnlyList<string>? Skills { get; init; }
}
