using NodaTime;
using TicketTriage.Helpdesks;
using TicketTriage.Policies;
using TicketTriage.ServiceLevels;
using TicketTriage.Understanding;

namespace TicketTriage.Escalations;

/// <summary>Finds what is wrong with an escalation matrix before it is used: whatever would end in silence.</summary>
public static class EscalationMatrixLint
{
    private const int MostAcknowledgeMinutes = 7 * 24 * 60;

    /// <returns>Each fault with its place, in one sentence; empty where there is none.</returns>
    public static IReadOnlyList<string> FindFaults(EscalationMatrix matrix)
    {
        var faults = new List<string>();
        foreach (var (name, person) in matrix.People)
        {
            AddFaultsOf(name, person, faults);
        }

        foreach (var (name, roster) in matrix.Rosters)
        {
            AddFaultsOf(name, roster, matrix, faults);
        }

        if (matrix.AgentQuietHours is { } quiet)
        {
            AddFaultsOfZone(faults, "agentQuietHours", quiet.Zone);
            AddFaultsOfHours(faults, "agentQuietHours", quiet.Hours);
        }

        if (!matrix.People.ContainsKey(matrix.Fallback))
        {
            faults.Add($"fallback is {matrix.Fallback}, who is not among people; without one a gap in a roster would be silence.");
        }

        if (matrix.Rows.Count == 0 || matrix.Rows[^1] is not { Intents.Count: 0, Priorities.Count: 0, Segments.Count: 0 })
        {
            faults.Add("The last row has to fit every ticket: give it no intents, priorities or segments, or add such a row.");
        }

        faults.AddRange(matrix.Rows.CountBy(row => row.Name).Where(name => name.Value > 1)
            .Select(name => $"There are {name.Value} rows with the name {name.Key}."));
        foreach (var row in matrix.Rows)
        {
            AddFaultsOf(row, matrix, faults);
        }

        var fewest = matrix.Rows.Select(row => row.Levels.Count).DefaultIfEmpty(0).Min();
        foreach (var rule in matrix.AtOnce)
        {
            AddFaultsOf(rule, fewest, faults);
        }

        if (matrix.CoolDownMinutes is < 1 or > 1440)
        {
            faults.Add($"coolDownMinutes is {matrix.CoolDownMinutes}; it has to lie between 1 and 1440.");
        }

        if (matrix.MostMessages is < 1 or > 5)
        {
            faults.Add($"mostMessages is {matrix.MostMessages}; it has to lie between 1 and 5 within 15 minutes.");
        }

        if (matrix.RemindCustomerAfterHours is < 1 or > 24 * 60)
        {
            faults.Add($"remindCustomerAfterHours is {matrix.RemindCustomerAfterHours}; it has to lie between 1 and {24 * 60}, or be left out.");
        }

        return faults;
    }

    private static void AddFaultsOf(string name, Responder person, List<string> faults)
    {
        if (name is MatrixLevel.Assignee or MatrixLevel.Group)
        {
            faults.Add($"No person can be called {name}: it stands for the ticket's own.");
        }

        if (person.QuietHours is { } quiet)
        {
            AddFaultsOfZone(faults, $"Person {name}", quiet.Zone);
            AddFaultsOfHours(faults, $"Person {name}", quiet.Hours);
        }
    }

    private static void AddFaultsOf(string name, Roster roster, EscalationMatrix matrix, List<string> faults)
    {
        var place = $"Roster {name}";
        if (matrix.People.ContainsKey(name))
        {
            faults.Add($"{place} has the name of a person; give it another.");
        }

        AddFaultsOfZone(faults, place, roster.Zone);
        foreach (var person in roster.Shifts.Select(shift => shift.Person).Concat(roster.Swaps.Select(swap => swap.Person)).Distinct())
        {
            if (!matrix.People.ContainsKey(person))
            {
                faults.Add($"{place} names {person}, who is not among people.");
            }
        }

        foreach (var shift in roster.Shifts)
        {
            AddFaultsOfHours(faults, place, shift.Hours);
            foreach (var day in shift.Days?.Where(day => CalendarText.FindDay(day) is null) ?? [])
            {
                faults.Add($"{place}: {day} is no weekday; write monday to sunday.");
            }
        }

        foreach (var swap in roster.Swaps.Where(swap => swap.To <= swap.From))
        {
            faults.Add($"{place}: the swap of {swap.Person} ends at {swap.To:O}, before it begins.");
        }
    }

    private static void AddFaultsOf(MatrixRow row, EscalationMatrix matrix, List<string> faults)
    {
        foreach (var pattern in row.Intents.Where(pattern => !IntentPattern.IsWellFormed(pattern)))
        {
            faults.Add($"Row {row.Name}: {pattern} is no intent; write billing/refund, or billing/* for the branch.");
        }

        if (row.Levels.Count == 0)
        {
            faults.Add($"Row {row.Name} has no level, so its tickets would never be escalated.");
        }

        for (var i = 0; i < row.Levels.Count; i++)
        {
            var (level, place) = (row.Levels[i], $"Row {row.Name}, level {i + 1}");
            if (level.Who.Count == 0)
            {
                faults.Add($"{place} has nobody in who, so nobody would hear of it.");
            }

            foreach (var name in level.Who.Where(name => !IsKnown(name, matrix)))
            {
                faults.Add($"{place}: {name} is neither a person nor a roster, nor assignee or group.");
            }

            if (level.By.Count == 0)
            {
                faults.Add($"{place} names no way in by; write Note, Mail, Chat or Webhook.");
            }

            if (level.AcknowledgeMinutes is < 1 or > MostAcknowledgeMinutes)
            {
                faults.Add($"{place}: acknowledgeMinutes is {level.AcknowledgeMinutes}; it has to lie between 1 and {MostAcknowledgeMinutes}.");
            }

            if (level.AtShare is not (> 0 and <= 10) || (i > 0 && level.AtShare < row.Levels[i - 1].AtShare))
            {
                faults.Add($"{place}: atShare is {level.AtShare}; it has to lie between 0 and 10 and not below that of the level before.");
            }

            if (level.AtRisk is not (null or (> 0 and <= 1)))
            {
                faults.Add($"{place}: atRisk is {level.AtRisk}; it has to lie between 0 and 1.");
            }

            if (level.RaiseTo == TicketPriority.None)
            {
                faults.Add($"{place}: raiseTo has to be Low, Normal, High or Urgent.");
            }
        }
    }

    private static void AddFaultsOf(AtOnceRule rule, int levels, List<string> faults)
    {
        var place = $"At once, {rule.Cause}";
        if (rule.Signal is { } signal && !UrgencySignals.All.Contains(signal))
        {
            faults.Add($"{place}: there is no signal {signal}; known are {string.Join(", ", UrgencySignals.All)}.");
        }

        if (rule.Signal is null && rule.Segment is null && rule.Words.Count == 0)
        {
            faults.Add($"{place} has no condition; give it a signal, a segment or words.");
        }

        if (rule.Words.Any(word => !word.Any(char.IsLetter)))
        {
            faults.Add($"{place} has an empty word, which would fit every message.");
        }

        if (rule.Level < 1 || rule.Level > levels)
        {
            faults.Add($"{place} begins at level {rule.Level}; every row has levels 1 to {levels}.");
        }
    }

    private static bool IsKnown(string name, EscalationMatrix matrix) =>
        name is MatrixLevel.Assignee or MatrixLevel.Group || matrix.People.ContainsKey(name) || matrix.Rosters.ContainsKey(name);

    private static void AddFaultsOfZone(List<string> faults, string place, string zone)
    {
        if (DateTimeZoneProviders.Tzdb.GetZoneOrNull(zone) is null)
        {
            faults.Add($"{place}: there is no time zone {zone}; write a name such as Europe/Berlin.");
        }
    }

    private static void AddFaultsOfHours(List<string> faults, string place, string hours)
    {
        if (CalendarText.ReadWindow(hours, out var fault) is null)
        {
            faults.Add($"{place}: {fault}.");
        }
    }
}
