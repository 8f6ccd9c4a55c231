using TicketTriage.Sandbox.Desk;

namespace TicketTriage.Sandbox.Journal;

/// <summary>A value that a person had set and a later change by the API replaced.</summary>
/// <param name="Field">The field; for tags and skills the one that was taken off, or put back on.</param>
public sealed record OverwrittenChange(long Ticket, string Field, AppliedChange ByPerson, AppliedChange ByApi)
{
    private const string Persons = "web";
    private const string Api = "api";

    /// <param name="changes">In the order in which they were applied.</param>
    internal static IReadOnlyList<OverwrittenChange> FindAll(IEnumerable<AppliedChange> changes)
    {
        var found = new List<OverwrittenChange>();
        var byPersons = new Dictionary<(long Ticket, string Field), AppliedChange>();
        foreach (var change in changes.Where(change => change.Channel is Persons or Api))
        {
            foreach (var field in change.Fields.SelectMany(NameParts))
            {
                var place = (change.Ticket, field);
                if (change.Channel == Persons)
                {
                    byPersons[place] = change;
                }
                else if (byPersons.Remove(place, out var person))
                {
                    found.Add(new(change.Ticket, field, person, change));
                }
            }
        }

        return found;
    }

    /// <summary>Of tags and skills each that came or went, so that one beside a person's takes nothing from it.</summary>
    private static IEnumerable<string> NameParts(FieldChange change)
    {
        if (change.Field is not ("tags" or "skills"))
        {
            return [change.Field];
        }

        var one = change.Field[..^1];
        var before = (change.From ?? "").Split(' ');
        var after = (change.To ?? "").Split(' ');
        return before.Except(after).Concat(after.Except(before)).Where(word => word.Length > 0).Select(word => $"{one} {word}");
    }
}
