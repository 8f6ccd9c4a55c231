namespace TicketTriage.Sandbox.Desk;

/// <summary>When a ticket has to have its first answer, and its solution.</summary>
public sealed record Deadlines(DateTimeOffset FirstResponse, DateTimeOffset Resolution)
{
    /// <summary>How long each priority gives, around the clock.</summary>
    internal static IReadOnlyDictionary<string, (TimeSpan FirstResponse, TimeSpan Resolution)> Targets { get; } =
        new Dictionary<string, (TimeSpan, TimeSpan)>
        {
            ["urgent"] = (TimeSpan.FromMinutes(30), TimeSpan.FromHours(4)),
            ["high"] = (TimeSpan.FromHours(2), TimeSpan.FromHours(12)),
            ["normal"] = (TimeSpan.FromHours(8), TimeSpan.FromHours(24)),
            ["low"] = (TimeSpan.FromHours(24), TimeSpan.FromHours(72)),
        };

    /// <returns><see langword="null"/> while the ticket has no priority.</returns>
    internal static Deadlines? Of(string? priority, DateTimeOffset createdAt) =>
        priority is not null && Targets.TryGetValue(priority, out var target)
            ? new(createdAt + target.FirstResponse, createdAt + target.Resolution)
            : null;
}
