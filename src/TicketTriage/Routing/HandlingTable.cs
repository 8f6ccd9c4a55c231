using System.Globalization;
using System.Security.Cryptography;
using System.Text;
using TicketTriage.Helpdesks;
using TicketTriage.Routing.Matching;

namespace TicketTriage.Routing;

/// <summary>
/// How long tickets keep an agent busy, by intent and priority, as learned from the past. Medians, because a ticket that lay for a day
/// says little; each drawn towards the whole of which it is a part, the more the fewer tickets speak for it.
/// </summary>
public sealed class HandlingTable
{
    /// <summary>With fewer nothing is learned, and the setting counts.</summary>
    public const int FewestTickets = 50;

    /// <summary>As many tickets of its own weigh as much as the whole does.</summary>
    private const double WholeWeighs = 20;

    private readonly Dictionary<(string? Intent, TicketPriority? Priority), Cell> cells = [];

    private HandlingTable(IReadOnlyList<PastHandling> past)
    {
        Tickets = past.Count;
        if (past.Count < FewestTickets)
        {
            return;
        }

        var whole = MedianLog(past);
        cells[(null, null)] = new Cell(whole, past.Count);
        foreach (var priority in past.GroupBy(one => one.Priority))
        {
            cells[(null, priority.Key)] = Cell.Of([.. priority], whole);
        }

        foreach (var intent in past.Where(one => one.Intent is not null).GroupBy(one => one.Intent))
        {
            var own = cells[(intent.Key, null)] = Cell.Of([.. intent], whole);
            foreach (var priority in intent.GroupBy(one => one.Priority))
            {
                cells[(intent.Key, priority.Key)] = Cell.Of([.. priority], own.Log);
            }
        }

        Version = VersionOf(cells);
    }

    /// <summary>How many tickets it was learned from.</summary>
    public int Tickets { get; }

    /// <summary>The same for tables that say the same; <see langword="null"/> where nothing was learned.</summary>
    public string? Version { get; }

    public static HandlingTable Learn(IReadOnlyList<PastHandling> past) => new(past);

    /// <param name="intent"><see langword="null"/> where it isn't known.</param>
    /// <returns><see langword="null"/> where too little was learned.</returns>
    public ExpectedHandling? Find(string? intent, TicketPriority priority)
    {
        if (Version is null)
        {
            return null;
        }

        foreach (var key in ((string?, TicketPriority?)[])[(intent, priority), (intent, null), (null, priority), (null, null)])
        {
            if (cells.TryGetValue(key, out var cell))
            {
                var minutes = Math.Exp(cell.Log) / TardinessIndex.MedianOfMean;
                return new ExpectedHandling(minutes, string.Create(
                    CultureInfo.InvariantCulture,
                    $"It is likely to take {minutes:F0} minutes, as {cell.Tickets} past tickets {Like(key)}did (history {Version})."));
            }
        }

        return null;
    }

    private static string Like((string? Intent, TicketPriority? Priority) key) => key switch
    {
        (null, null) => "",
        (null, { } priority) => $"of {priority.ToString().ToLowerInvariant()} priority ",
        ({ } intent, null) => $"of {intent} ",
        ({ } intent, { } priority) => $"of {intent}, {priority.ToString().ToLowerInvariant()}, ",
    };

    private static double MedianLog(IReadOnlyList<PastHandling> past)
    {
        var logs = past.Select(one => Math.Log(Math.Max(1, one.Minutes))).Order().ToArray();
        return (logs[(logs.Length - 1) / 2] + logs[logs.Length / 2]) / 2;
    }

    private static string VersionOf(Dictionary<(string? Intent, TicketPriority? Priority), Cell> cells)
    {
        var text = string.Join('\n', cells
            .Select(cell => string.Create(
                CultureInfo.InvariantCulture, $"{cell.Key.Intent} {cell.Key.Priority} {cell.Value.Log:F3} {cell.Value.Tickets}"))
            .Order(StringComparer.Ordinal));
        return Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(text)).AsSpan(0, 4));
    }

    /// <param name="Log">Of the median, in minutes.</param>
    private sealed record Cell(double Log, int Tickets)
    {
        public static Cell Of(IReadOnlyList<PastHandling> own, double whole) =>
            new(((own.Count * MedianLog(own)) + (WholeWeighs * whole)) / (own.Count + WholeWeighs), own.Count);
    }
}

/// <param name="Minutes">That the ticket kept its agent busy, as far as can be told from outside.</param>
/// <param name="Intent"><see langword="null"/> where nobody has said.</param>
public sealed record PastHandling(string? Intent, TicketPriority Priority, double Minutes);

/// <param name="Minutes">On average, for somebody at full speed.</param>
/// <param name="Reason">In one sentence, with the source.</param>
public sealed record ExpectedHandling(double Minutes, string Reason)
{
    /// <param name="minutes">Of <see cref="RoutingOptions.ExpectedMinutes"/>.</param>
    public static ExpectedHandling BySetting(double minutes) => new(minutes, string.Create(
        CultureInfo.InvariantCulture, $"It is likely to take {minutes:F0} minutes, by Routing:ExpectedMinutes."));
}
