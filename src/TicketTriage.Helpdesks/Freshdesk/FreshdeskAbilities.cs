using System.Net;

namespace TicketTriage.Helpdesks.Freshdesk;

/// <summary>What the account's plan and the agent's permissions allow, found by trying, once an hour.</summary>
internal sealed class FreshdeskAbilities(FreshdeskApi api, TimeProvider clock)
{
    private static readonly TimeSpan Lifetime = TimeSpan.FromHours(1);

    private Found? found;
    private Refusal? noSummary;

    /// <summary>False for an hour after Freshdesk has refused one: plans differ, and only writing one tells.</summary>
    public bool MayHaveSummary => Volatile.Read(ref noSummary) is not { } refusal || IsOver(refusal.At);

    public void RememberNoSummary(string why) => Volatile.Write(ref noSummary, new Refusal(why, clock.GetUtcNow()));

    public async Task<HelpdeskAbilities> FindAsync(CancellationToken cancellationToken)
    {
        if (Volatile.Read(ref found) is not { } known || IsOver(known.At))
        {
            var missing = new List<string>
            {
                "Freshdesk doesn't refuse a change of a ticket that has moved on: it is read again right before each write.",
                "Freshdesk ties a ticket to a tracker only when the tracker is made: tickets can't be tied to a problem.",
            };
            var hasSkills = await HasSkillsAsync(missing, cancellationToken);
            var hasAvailability = await HasAvailabilityAsync(missing, cancellationToken);
            known = new Found(hasSkills, hasAvailability, missing, clock.GetUtcNow());
            Volatile.Write(ref found, known);
        }

        return new HelpdeskAbilities
        {
            RefusesStaleChanges = false,
            HasSummary = MayHaveSummary,
            ServiceLevels = ServiceLevelSource.WithTicket,
            HasSkills = known.HasSkills,
            HasAvailability = known.HasAvailability,
            LinksProblems = false,
            Missing = MayHaveSummary || Volatile.Read(ref noSummary) is not { } refusal
                ? known.Missing
                : [.. known.Missing, $"Tickets have no summary. {refusal.Why}"],
        };
    }

    private async Task<bool> HasSkillsAsync(List<string> missing, CancellationToken cancellationToken)
    {
        try
        {
            await api.ListSkillsAsync(page: 1, cancellationToken);
            return true;
        }
        catch (HelpdeskRefusedException refused) when (IsNotOurs(refused))
        {
            missing.Add($"Agents' skills can't be seen. {refused.Message}");
            return false;
        }
    }

    private async Task<bool> HasAvailabilityAsync(List<string> missing, CancellationToken cancellationToken)
    {
        try
        {
            var agents = (await api.ListAvailabilityAsync(page: 1, cancellationToken)).Content;
            if (agents.Any(agent => agent?.Availability is not null))
            {
                return true;
            }

            missing.Add("The account doesn't tell who is available and how much each has: open tickets are counted instead.");
            return false;
        }
        catch (HelpdeskRefusedException refused) when (IsNotOurs(refused))
        {
            missing.Add($"Who is available can't be seen: open tickets are counted instead. {refused.Message}");
            return false;
        }
    }

    private static bool IsNotOurs(HelpdeskRefusedException refused) =>
        refused.Status is HttpStatusCode.Forbidden or HttpStatusCode.NotFound or HttpStatusCode.BadRequest;

    private bool IsOver(DateTimeOffset at) => clock.GetUtcNow() - at >= Lifetime;

    private sealed record Found(bool HasSkills, bool HasAvailability, IReadOnlyList<string> Missing, DateTimeOffset At);

    private sealed record Refusal(string Why, DateTimeOffset At);
}
