using System.Globalization;
using TicketTriage.Sandbox.Desk;
using TicketTriage.Sandbox.Doors;

namespace TicketTriage.Sandbox.Persons;

/// <summary>The edits that persons will make when certain calls come in. Safe to change while calls come in.</summary>
public sealed class PersonPlan
{
    private readonly Action<long, TicketEdit> edit;
    private readonly Lock gate = new();
    private readonly List<PlannedEdit> planned = [];

    internal PersonPlan(Action<long, TicketEdit> edit) => this.edit = edit;

    public void Add(PersonEdit personEdit)
    {
        ArgumentNullException.ThrowIfNull(personEdit);
        lock (gate)
        {
            planned.Add(new(personEdit));
        }
    }

    public void Clear()
    {
        lock (gate)
        {
            planned.Clear();
        }
    }

    internal void Act(PersonMoment moment, string method, string path)
    {
        List<PersonEdit>? due = null;
        lock (gate)
        {
            foreach (var plan in planned)
            {
                if (plan.IsDue(moment, method, path))
                {
                    (due ??= []).Add(plan.Edit);
                }
            }
        }

        foreach (var personEdit in due ?? [])
        {
            if ((personEdit.Ticket ?? FindTicket(path)) is { } number)
            {
                edit(number, personEdit.Edit);
            }
        }
    }

    private static long? FindTicket(string path)
    {
        foreach (var segment in path.Split('/'))
        {
            if (long.TryParse(segment, NumberStyles.None, CultureInfo.InvariantCulture, out var number))
            {
                return number;
            }
        }

        return null;
    }

    private sealed class PlannedEdit(PersonEdit personEdit)
    {
        private readonly CallPattern calls = new(personEdit.Method, personEdit.Path);
        private int seen;
        private int made;

        public PersonEdit Edit => personEdit;

        public bool IsDue(PersonMoment moment, string method, string path)
        {
            if (moment != personEdit.Moment || made >= personEdit.Times || !calls.Fits(method, path) || seen++ < personEdit.After)
            {
                return false;
            }

            made++;
            return true;
        }
    }
}
