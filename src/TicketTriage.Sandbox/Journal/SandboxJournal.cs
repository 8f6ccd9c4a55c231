using TicketTriage.Sandbox.Desk;

namespace TicketTriage.Sandbox.Journal;

/// <summary>
/// What has really happened: every applied change, every call and every webhook. It is the judge of who changed what, and how often.
/// Each list is a snapshot; of calls and deliveries the newest 100,000 are kept, of changes all.
/// </summary>
public sealed class SandboxJournal
{
    private const int MostKept = 100_000;

    private readonly Lock gate = new();
    private readonly List<AppliedChange> changes = [];
    private readonly Queue<ReceivedCall> calls = [];
    private readonly Queue<DeliveryAttempt> deliveries = [];
    private readonly SortedDictionary<string, long> callsByEndpoint = new(StringComparer.Ordinal);
    private readonly List<string> unplanned = [];
    private long lostDeliveries;

    /// <summary>Every change that was applied, oldest first: arrivals, edits by anybody, removals.</summary>
    public IReadOnlyList<AppliedChange> Changes => Copy(changes);

    /// <summary>The changes that came in by the API, oldest first.</summary>
    public IReadOnlyList<AppliedChange> ApiChanges => [.. Changes.Where(change => change.Channel == "api")];

    /// <summary>The changes that carry this id. One triage makes at most one of each kind.</summary>
    public IReadOnlyList<AppliedChange> ListMarked(Guid mark) => [.. Changes.Where(change => change.Marks.Contains(mark))];

    /// <summary>What persons had set and the API's user then set to something else.</summary>
    public IReadOnlyList<OverwrittenChange> OverwrittenChanges => OverwrittenChange.FindAll(Changes);

    public IReadOnlyList<ReceivedCall> Calls => Copy(calls);

    /// <summary>Calls by method and endpoint, such as <c>PUT /api/v2/tickets/{id}</c>; also those that a fault answered.</summary>
    public IReadOnlyDictionary<string, long> CallsByEndpoint
    {
        get
        {
            lock (gate)
            {
                return new Dictionary<string, long>(callsByEndpoint, StringComparer.Ordinal);
            }
        }
    }

    /// <summary>Calls and properties that the sandbox doesn't know: whoever finds one here has called something nobody planned.</summary>
    public IReadOnlyList<string> UnplannedCalls => Copy(unplanned);

    public IReadOnlyList<DeliveryAttempt> Deliveries => Copy(deliveries);

    /// <summary>Webhooks never sent or given up: switched off, no target, queue full, no acceptance within the tries.</summary>
    public long LostDeliveries => Interlocked.Read(ref lostDeliveries);

    internal void Note(DeskEvent happening, DateTimeOffset at)
    {
        var audit = happening.Audit;
        var summary = happening.Happening == DeskHappening.Summarised ? happening.After.Summary?.Html : null;
        var marks = Marks.Find(audit.Metadata, audit.Comment?.Html, summary);
        lock (gate)
        {
            changes.Add(new()
            {
                Position = changes.Count + 1,
                At = at,
                Ticket = happening.After.Number,
                AuditId = audit.Id,
                AuthorId = audit.AuthorId,
                Channel = audit.Channel,
                What = happening.Happening.ToString(),
                Fields = audit.Changes,
                CommentId = audit.Comment?.Id,
                IsPublicComment = audit.Comment?.IsPublic,
                Metadata = audit.Metadata,
                Marks = marks,
                Stamp = happening.After.UpdatedAt,
            });
        }
    }

    internal void Note(ReceivedCall call)
    {
        lock (gate)
        {
            Keep(calls, call);
            callsByEndpoint[call.Endpoint] = callsByEndpoint.GetValueOrDefault(call.Endpoint) + 1;
        }
    }

    internal void Note(DeliveryAttempt attempt)
    {
        lock (gate)
        {
            Keep(deliveries, attempt);
        }
    }

    internal void NoteUnplanned(string call)
    {
        lock (gate)
        {
            unplanned.Add(call);
        }
    }

    internal void NoteLostDelivery() => Interlocked.Increment(ref lostDeliveries);

    private static void Keep<T>(Queue<T> kept, T newest)
    {
        kept.Enqueue(newest);
        if (kept.Count > MostKept)
        {
            kept.Dequeue();
        }
    }

    private IReadOnlyList<T> Copy<T>(IReadOnlyCollection<T> kept)
    {
        lock (gate)
        {
            return [.. kept];
        }
    }
}
