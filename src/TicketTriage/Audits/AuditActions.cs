namespace TicketTriage.Audits;

/// <summary>What was done, in the words of the column <c>action</c>; those that a trigger writes stand in the migration alone.</summary>
public static class AuditActions
{
    public const string SignedIn = "person.signed-in";

    public const string SecretMade = "secret.made";

    public const string RosterImported = "roster.imported";
    public const string AgentChanged = "agent.changed";

    public const string HistoryImported = "history.imported";

    public const string JobAsked = "job.asked";

    /// <summary>Written by the function <c>prune_audit</c>: where a chain begins from now on.</summary>
    public const string Pruned = "audit.pruned";

    public const string PersonErased = "person.erased";
}
