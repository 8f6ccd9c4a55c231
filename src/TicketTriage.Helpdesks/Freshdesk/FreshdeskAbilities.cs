using System.Net;

namespace TicketTriage.Helpdesks.Freshdesk;

/// <summary>What the account's plan and the agent's permissions allow, found by trying, once an hour.</summary>
internal sealed class FreshdeskAbilities
{
    private static readonly TimeSpan Lifetime = TimeSpan.FromHours(1);

    private readonly FreshdeskApi api;
    private readonly TimeProvider clock;
    private readonly Remembered<HelpdeskAbilities> remembered;
    private Refusal? noSummary;

    public FreshdeskAbilities(FreshdeskApi api, TimeProvider clock)
    {
        this.api = api;
        this.clock = clock;
        remembered = new Remembered<HelpdeskAbilities>(ProbeAsync, _ => Lifetime, clock);
    }

    /// <summary>False for an hour after Freshdesk has refused one: plans differ, and only writing one tells.</summary>
    public bool MayHaveSummary => Volatile.Read(ref noSummary) is not { } refusal || clock.GetUtcNow() - refusal.At >= Lifetime;

    public void RememberNoSummary(string why) => Volatile.Write(ref noSummary, new Refusal(why, clock.GetUtcNow()));

    /// <summary>Looks again at the next need: a field has come, gone or changed.</summary>
    public void Forget() => remembered.Forget();

    public async Task<HelpdeskAbilities> FindAsync(CancellationToken cancellationToken)
    {
        var abilities = await remembered.GetAsync(cancellationToken);
        return MayHaveSummary || Volatile.Read(ref noSummary) is not { } refusal
            ? abilities
            : abilities with { HasSummary = false, Missing = [.. abilities.Missing, $"Tickets have no summary. {refusal.Why}"] };
    }

    private async Task<HelpdeskAbilities> ProbeAsync()
    {
        var missing = new List<string>
        {
            "Freshdesk doesn't refuse a change of a ticket that has moved on: each is read again right before it is written.",
            "Tickets can't be tied to a problem: Freshdesk ties a ticket to a tracker only when the tracker is made.",
        };
        return new HelpdeskAbilities
        {
            RefusesStaleChanges = false,
            HasSummary = true,
            ServiceLevels = ServiceLevelSource.WithTicket,
            Fields = await FindFieldsAsync(missing),
            HasSkills = await HasSkillsAsync(missing),
            HasAvailability = await HasAvailabilityAsync(missing),
            LinksProblems = false,
            Missing = missing,
        };
    }

    private async Task<IReadOnlyList<TriageField>> FindFieldsAsync(List<string> missing)
    {
        try
        {
            var names = (await api.ListTicketFieldsAsync(CancellationToken.None)).Select(field => field?.Name).OfType<string>().ToList();
            var found = FreshdeskFields.All.Where(field => names.Exists(name => FreshdeskFields.Field(name) == field)).ToList();
            missing.AddRange(
                from field in FreshdeskFields.All.Except(found)
                select $"Tickets have no field {FreshdeskFields.Name(field)}: tags and note alone tell the {FreshdeskFields.Word(field)}.");
            return found;
        }
        catch (HelpdeskRefusedException refused) when (IsNotOurs(refused))
        {
            missing.Add($"No field is filled. {refused.Message}");
            return [];
        }
    }

    private async Task<bool> HasSkillsAsync(List<string> missing)
    {
        try
        {
            await api.ListSkillsAsync(page: 1, CancellationToken.None);
            return true;
        }
        catch (HelpdeskRefusedException refused) when (IsNotOurs(refused))
        {
            missing.Add($"Agents' skills don't count in routing. {refused.Message}");
            return false;
        }
    }

    private async Task<bool> HasAvailabilityAsync(List<string> missing)
    {
        try
        {
            var agents = (await api.ListAvailabilityAsync(page: 1, CancellationToken.None)).Content;
            if (agents.Any(agent => agent?.Availability is not null))
            {
                return true;
            }

            missing.Add("Load is counted from open tickets: the account doesn't tell who is available and how much each has.");
            return false;
        }
        catch (HelpdeskRefusedException refused) when (IsNotOurs(refused))
        {
            missing.Add($"Load is counted from open tickets. {refused.Message}");
            return false;
        }
    }

    private static bool IsNotOurs(HelpdeskRefusedException refused) =>
        refused.Status is HttpStatusCode.Forbidden or HttpStatusCode.NotFound or HttpStatusCode.BadRequest;

    private sealed record Refusal(string Why, DateTimeOffset At);
}
