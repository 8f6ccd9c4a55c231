using System.Text.Json;
using TicketTriage.Drafting;
using TicketTriage.Models;
using TicketTriage.Prioritisation;
using TicketTriage.Reading;
using TicketTriage.Triages;
using TicketTriage.Understanding;
using Route = TicketTriage.Routing.Route;

namespace TicketTriage.Host.Tickets;

/// <summary>A stored decision, its parts read.</summary>
public sealed record DecisionView(
    Guid Id,
    DateTimeOffset At,
    CleanTicket Conversation,
    TicketUnderstanding Understanding,
    PriorityChoice Priority,
    Route Route,
    ReplyDraft Draft,
    Versions Versions,
    SentToModel? Sent)
{
    public string PriorityWord => Priority.Value.ToString().ToLowerInvariant();

    /// <exception cref="InvalidOperationException">A part is missing.</exception>
    public static DecisionView Of(StoredTriage stored)
    {
        InvalidOperationException Lacks(string part) => new($"Triage {stored.Id} is stored without its {part}.");
        return new DecisionView(
            stored.Id,
            stored.DecidedAt,
            JsonSerializer.Deserialize(stored.Conversation, TriageJson.Default.CleanTicket) ?? throw Lacks("conversation"),
            JsonSerializer.Deserialize(stored.Understanding, TriageJson.Default.TicketUnderstanding) ?? throw Lacks("understanding"),
            JsonSerializer.Deserialize(stored.Priority, TriageJson.Default.PriorityChoice) ?? throw Lacks("priority"),
            JsonSerializer.Deserialize(stored.Route, TriageJson.Default.Route) ?? throw Lacks("route"),
            JsonSerializer.Deserialize(stored.Draft, TriageJson.Default.ReplyDraft) ?? throw Lacks("draft"),
            JsonSerializer.Deserialize(stored.Versions, TriageJson.Default.Versions) ?? throw Lacks("versions"),
            stored.Sent is { } sent ? JsonSerializer.Deserialize(sent, TriageJson.Default.SentToModel) : null);
    }
}
