using System.Collections.Concurrent;
using System.Globalization;
using TicketTriage.Sandbox.Doors;

namespace TicketTriage.Sandbox.Zendesk;

/// <summary>The account's budget, and the narrower ones for updates and exports.</summary>
internal sealed class ZendeskLimits(SandboxLimits limits, TimeProvider clock)
{
    private static readonly TimeSpan Minute = TimeSpan.FromMinutes(1);
    private static readonly TimeSpan TenMinutes = TimeSpan.FromMinutes(10);

    private readonly RateWindow account = new(limits.CallsPerMinute, Minute, clock);
    private readonly RateWindow updates = new(limits.UpdatesPerMinute, Minute, clock);
    private readonly RateWindow exports = new(limits.ExportsPerMinute, Minute, clock);
    private readonly ConcurrentDictionary<long, RateWindow> updatesByTicket = new();

    /// <returns>The state of the budget that refuses the call, or else of the narrowest that it spends.</returns>
    public RateState Spend(ApiRequest request)
    {
        var whole = account.Spend();
        if (whole.IsExceeded)
        {
            return whole;
        }

        switch (request.Route.Call?.Budget)
        {
            case Budget.Updates when limits.UpdatesOfOneTicket is { } most:
                var ofOne = updatesByTicket.GetOrAdd(request.Id, _ => new RateWindow(most, TenMinutes, clock)).Spend();
                return ofOne.IsExceeded ? ofOne : Narrower(whole, updates.Spend(), limits.UpdatesPerMinute);
            case Budget.Updates:
                return Narrower(whole, updates.Spend(), limits.UpdatesPerMinute);
            case Budget.Exports:
                return Narrower(whole, exports.Spend(), limits.ExportsPerMinute);
            default:
                return whole;
        }
    }

    public Answer Write(Answer answer, RateState state)
    {
        var limit = state.Limit.ToString(CultureInfo.InvariantCulture);
        var remaining = state.Remaining.ToString(CultureInfo.InvariantCulture);
        var reset = state.ResetIn.ToString(CultureInfo.InvariantCulture);
        if (limits.Headers.HasFlag(RateHeaders.Account))
        {
            answer = answer.With("X-Rate-Limit", limit).With("X-Rate-Limit-Remaining", remaining);
        }

        if (limits.Headers.HasFlag(RateHeaders.Ticketing))
        {
            answer = answer.With("ratelimit-limit", limit).With("ratelimit-remaining", remaining).With("ratelimit-reset", reset);
        }

        return limits.Headers.HasFlag(RateHeaders.Recorded)
            ? answer.With("rate-limit", limit).With("rate-limit-remaining", remaining).With("rate-limit-reset", reset)
            : answer;
    }

    private static RateState Narrower(RateState whole, RateState part, int? most) => most is null ? whole : part;
}
