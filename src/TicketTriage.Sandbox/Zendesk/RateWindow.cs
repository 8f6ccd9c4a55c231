using System.Globalization;

namespace TicketTriage.Sandbox.Zendesk;

/// <summary>Counts the account's calls in windows of one minute.</summary>
internal sealed class RateWindow(int callsPerMinute, TimeProvider clock)
{
    private readonly Lock gate = new();
    private readonly string limit = callsPerMinute.ToString(CultureInfo.InvariantCulture);
    private long window;
    private int spent;

    public RateState Spend()
    {
        var now = clock.GetUtcNow().ToUnixTimeSeconds();
        lock (gate)
        {
            if (now / 60 != window)
            {
                (window, spent) = (now / 60, 0);
            }

            spent++;
            return new(limit, Math.Max(0, callsPerMinute - spent), (int)(60 - now % 60), spent > callsPerMinute);
        }
    }
}

/// <param name="ResetIn">Seconds until the next window.</param>
internal readonly record struct RateState(string Limit, int Remaining, int ResetIn, bool IsExceeded);
