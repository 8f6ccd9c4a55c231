namespace TicketTriage.ServiceLevels.Risk;

/// <summary>Counts, from past tickets in the order in which they came, how many each group had open then.</summary>
public sealed class OpenQueues
{
    private readonly Dictionary<string, PriorityQueue<int, DateTimeOffset>> open = new(StringComparer.Ordinal);

    /// <param name="endedAt"><see langword="null"/> where it never ended.</param>
    /// <returns>How many were open in its group when it came.</returns>
    public int Enter(string? groupId, DateTimeOffset openedAt, DateTimeOffset? endedAt)
    {
        if (!open.TryGetValue(groupId ?? "", out var queue))
        {
            open[groupId ?? ""] = queue = new PriorityQueue<int, DateTimeOffset>();
        }

        while (queue.TryPeek(out _, out var ended) && ended <= openedAt)
        {
            queue.Dequeue();
        }

        var before = queue.Count;
        queue.Enqueue(0, endedAt ?? DateTimeOffset.MaxValue);
        return before;
    }
}
