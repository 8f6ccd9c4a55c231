using System.Collections.Concurrent;
using System.Globalization;
using TicketTriage.Sandbox.Doors;

namespace TicketTriage.Sandbox.Freshdesk;

/// <summary>The account's budget by the minute, and the narrower ones of some calls. Refused calls are counted too.</summary>
internal sealed class FreshdeskLimits(SandboxLimits limits, TimeProvider clock)
{
    private static readonly TimeSpan Minute = TimeSpan.FromMinutes(1);

    private readonly RateWindow account = new(limits.CallsPerMinute, Minute, clock);
    private readonly ConcurrentDictionary<string, RateWindow> byEndpoint = new();

    public SpentCredits Spend(ApiRequest request)
    {
        var isList = request.Route.Call?.Budget == Budget.Lists;
        var credits = 1 + request.AskWords("include").Count * (isList ? 2 : 1);
        var whole = account.Spend(credits);
        var most = request.Route.Call?.Budget switch
        {
            Budget.Updates => limits.UpdatesPerMinute,
            Budget.Lists => limits.ListsPerMinute,
            _ => null,
        };
        if (most is null || whole.IsExceeded)
        {
            return new(whole, whole, credits);
        }

        var part = byEndpoint.GetOrAdd(request.Route.Name, _ => new RateWindow(most, Minute, clock)).Spend();
        return new(part.IsExceeded ? part : whole, whole, credits);
    }

    /// <summary>Tells of the account's budget, also where a narrower one refused: the vendor has no header for those.</summary>
    public static Answer Write(Answer answer, SpentCredits spent) => answer
        .With("X-Ratelimit-Total", Text(spent.Account.Limit))
        .With("X-Ratelimit-Remaining", Text(spent.Account.Remaining))
        .With("X-Ratelimit-Used-CurrentRequest", Text(spent.Credits));

    private static string Text(int number) => number.ToString(CultureInfo.InvariantCulture);
}

/// <param name="State">Of the budget that decides.</param>
internal sealed record SpentCredits(RateState State, RateState Account, int Credits);
