namespace TicketTriage.Escalations;

/// <summary>Decides when a person may get the next message. The first comes at once; the more there were, the more the next waits and gathers.</summary>
public static class MessagePace
{
    /// <summary>The time in which a person's messages are counted.</summary>
    public static readonly TimeSpan Window = TimeSpan.FromMinutes(15);

    private static readonly TimeSpan[] Gaps = [TimeSpan.Zero, TimeSpan.FromMinutes(1), TimeSpan.FromMinutes(2), TimeSpan.FromMinutes(4)];

    /// <param name="sent">When the person got messages; those before the window don't count.</param>
    /// <param name="most">Messages within the window; at least 1.</param>
    /// <returns>Now, or later.</returns>
    public static DateTimeOffset NextAt(IReadOnlyList<DateTimeOffset> sent, int most, DateTimeOffset now)
    {
        // A message in the future was sent by a clock that has been put back since; it counts as sent now.
        var recent = sent.Select(at => at > now ? now : at).Where(at => now - at < Window).Order().ToList();
        if (recent.Count == 0)
        {
            return now;
        }

        var paced = recent[^1] + Gaps[Math.Min(recent.Count, Gaps.Length - 1)];
        var free = recent.Count < most ? now : recent[^most] + Window;
        return Latest(now, paced, free);
    }

    private static DateTimeOffset Latest(DateTimeOffset one, DateTimeOffset two, DateTimeOffset three) =>
        one > two ? (one > three ? one : three) : (two > three ? two : three);
}
