namespace TicketTriage.Host.Audits;

/// <summary>The audit's actions in words for people.</summary>
internal static class AuditWords
{
    public static IReadOnlyDictionary<string, string> Actions { get; } = new Dictionary<string, string>
    {
        ["triage.decided"] = "decided",
        ["change.applied"] = "change written",
        ["change.superseded"] = "change superseded",
        ["change.refused"] = "change refused",
        ["agent.chosen"] = "agent chosen",
        ["ticket.parked"] = "parked",
        ["ticket.replayed"] = "replayed",
        ["escalation.opened"] = "escalation opened",
        ["escalation.raised"] = "escalation raised",
        ["escalation.acknowledged"] = "escalation taken",
        ["escalation.ended"] = "escalation over",
        ["escalation.corrected"] = "escalation corrected",
        ["policy.kept"] = "version kept",
        ["policy.published"] = "published",
        ["decision.corrected"] = "decision corrected",
        ["decision.judged"] = "decision judged blind",
        ["note.judged"] = "note judged",
        ["key.made"] = "key made",
        ["key.changed"] = "key changed",
        ["key.withdrawn"] = "key withdrawn",
        ["job.paused"] = "job paused",
        ["job.resumed"] = "job resumed",
        ["job.asked"] = "job asked to run",
        ["person.signed-in"] = "signed in",
        ["person.erased"] = "person erased",
        ["audit.pruned"] = "oldest lines removed",
        ["secret.made"] = "secret made",
        ["roster.imported"] = "roster imported",
        ["agent.changed"] = "agent changed",
        ["history.imported"] = "past tickets imported",
    };

    /// <summary>The words, or the action itself where this version knows none.</summary>
    public static string Of(string action) => Actions.GetValueOrDefault(action, action);
}
