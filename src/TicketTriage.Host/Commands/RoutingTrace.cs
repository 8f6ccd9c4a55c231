using System.Globalization;
using System.Text.Json;
using TicketTriage.Routing.Simulation;

namespace TicketTriage.Host.Commands;

/// <summary>A trace file: real tickets for drawn agents.</summary>
internal static class RoutingTrace
{
    /// <summary>Ten thousand working days: absences are drawn for each of them.</summary>
    private const double MostMinutes = 10_000 * SimulationPlan.MinutesOfDay;

    private static readonly string[] Priorities = ["urgent", "high", "normal", "low"];
    private static readonly double[] Targets = [120, 240, 480, 960];

    /// <summary>
    /// <c>arrived</c> in working minutes, <c>skill</c>, <c>priority</c> and <c>minutes</c> are needed; <c>seen</c> and <c>target</c> may
    /// be.
    /// </summary>
    /// <exception cref="FormatException">Something is missing, no number, or beyond all measure.</exception>
    public static (TracedTicket Ticket, string Skill, string Seen) Read(JsonElement row)
    {
        var rank = Array.IndexOf(Priorities, Text(row, "priority"));
        if (rank < 0)
        {
            throw new FormatException($"priority isn't one of {string.Join(", ", Priorities)}");
        }

        var skill = Text(row, "skill");
        var seen = row.TryGetProperty("seen", out _) ? Text(row, "seen") : skill;
        var target = row.TryGetProperty("target", out _) ? Number(row, "target") : Targets[rank];
        return (new TracedTicket(Number(row, "arrived"), rank, 0, 0, Math.Max(1, Number(row, "minutes")), target), skill, seen);
    }

    /// <summary>The trace's tickets for agents and absences that are drawn as ever; as many skills as the trace has.</summary>
    public static SimulatedHelpdesk Draw(
        SimulationPlan plan, int seed, IReadOnlyList<(TracedTicket Ticket, string Skill, string Seen)> trace)
    {
        var skills = trace.SelectMany(row => (string[])[row.Skill, row.Seen]).Distinct().Order(StringComparer.Ordinal).ToList();
        var last = trace.Max(row => row.Ticket.ArrivesAt);
        var days = (int)Math.Ceiling(last / SimulationPlan.MinutesOfDay) + 1;
        var drawn = SimulationDraw.Draw(plan with { Skills = skills.Count, Days = days, Load = 0.01, Burst = 0 }, seed);
        var tickets = trace
            .Select(row => row.Ticket with { Skill = skills.IndexOf(row.Skill), SeenSkill = skills.IndexOf(row.Seen) })
            .OrderBy(ticket => ticket.ArrivesAt).ToList();
        var means = Enumerable.Range(0, skills.Count)
            .Select(skill => tickets.Where(ticket => ticket.SeenSkill == skill).Select(ticket => ticket.Minutes)
                .DefaultIfEmpty(plan.MeanMinutes).Average());
        return drawn with { Tickets = tickets, ExpectedMinutes = [.. means] };
    }

    private static string Text(JsonElement row, string name) =>
        row.TryGetProperty(name, out var value) && value.ValueKind == JsonValueKind.String && value.GetString() is { Length: > 0 } text
            ? text
            : throw new FormatException($"{name} is missing or no text");

    private static double Number(JsonElement row, string name) =>
        row.TryGetProperty(name, out var value) && value.ValueKind == JsonValueKind.Number && value.TryGetDouble(out var number)
            && number is >= 0 and <= MostMinutes
            ? number
            : throw new FormatException(
                string.Create(CultureInfo.InvariantCulture, $"{name} is missing or no number from 0 to {MostMinutes}"));
}
