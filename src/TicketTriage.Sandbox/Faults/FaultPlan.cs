using TicketTriage.Sandbox.Doors;

namespace TicketTriage.Sandbox.Faults;

/// <summary>The faults that are planned, in the order in which they are asked. Safe to change while calls come in.</summary>
/// <param name="seed">Makes the share rules repeatable for the same order of calls.</param>
public sealed class FaultPlan(int seed)
{
    private readonly Lock gate = new();
    private readonly List<PlannedFault> planned = [];

    /// <exception cref="ArgumentException">A share outside [0, 1], a status that is none, or a path without its slash.</exception>
    public void Add(FaultRule rule)
    {
        ArgumentNullException.ThrowIfNull(rule);
        if (FindMistake(rule) is { } mistake)
        {
            throw new ArgumentException(mistake, nameof(rule));
        }

        lock (gate)
        {
            planned.Add(new(rule, new Random(HashCode.Combine(seed, planned.Count))));
        }
    }

    public void Clear()
    {
        lock (gate)
        {
            planned.Clear();
        }
    }

    /// <returns>What is wrong with a rule, as one sentence; <see langword="null"/> for a good one.</returns>
    internal static string? FindMistake(FaultRule rule) => rule switch
    {
        { Share: not (>= 0 and <= 1) } => "A fault's share lies between 0 and 1.",
        { Status: < 200 or > 599 } => "A fault's status lies between 200 and 599.",
        { Times: < 1 } or { After: < 0 } => "A fault strikes at least once, after no fewer than 0 calls.",
        { Delay: var delay } when delay < TimeSpan.Zero => "A fault's delay isn't negative.",
        { Path: not ['/', ..] } => "A fault's path begins with a slash.",
        _ => null,
    };

    internal FaultRule? Strike(string method, string path)
    {
        lock (gate)
        {
            foreach (var fault in planned)
            {
                if (fault.Strikes(method, path))
                {
                    return fault.Rule;
                }
            }

            return null;
        }
    }

    private sealed class PlannedFault(FaultRule rule, Random chance)
    {
        private readonly CallPattern calls = new(rule.Method, rule.Path);
        private int seen;
        private int struck;

        public FaultRule Rule => rule;

        public bool Strikes(string method, string path)
        {
            if (struck >= rule.Times
                || !calls.Fits(method, path)
                || seen++ < rule.After
                || (rule.Share < 1 && chance.NextDouble() >= rule.Share))
            {
                return false;
            }

            struck++;
            return true;
        }
    }
}
