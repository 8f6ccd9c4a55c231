namespace TicketTriage.Routing;

/// <summary>Where the ticket goes, and why.</summary>
/// <param name="Group">The group's name as the helpdesk has it.</param>
/// <param name="Agent">The agent's id, once agents are chosen; <see langword="null"/> where the group decides.</param>
/// <param name="Rule">The name of the rule that spoke; <c>fallback</c> where none did.</param>
/// <param name="Reasons">In short sentences.</param>
public sealed record Route(string Group, string? Agent, string Rule, IReadOnlyList<string> Reasons);
