using System.Net;

namespace TicketTriage.Helpdesks.Freshdesk;

/// <summary>What the account's plan and the agent's permissions allow, found by trying, once an hour.</summary>
internal sealed class FreshdeskAbilities
{
    /// <summary>Freshdesk refuses a whole change for one tag of more letters.</summary>
    public const int LongestTag = 32;

    private static readonly TimeSpan Lifetime = TimeSpan.FromHours(1);

    private readonly FreshdeskApi api;
    private readonly TimeProvider clock;
    private readonly Remembered<Found> remembered;
    private Refusal? noSummary;

    public FreshdeskAbilities(FreshdeskApi api, TimeProvider clock)
    {
        this.api = api;
        this.clock = clock;
        remembered = new Remembered<Found>(ProbeAsync, _ => Lifetime, clock);
    }

    /// <summary>False for an hour after Freshdesk has refused one: plans differ, and only writing one tells.</summary>
    public bool MayHaveSummary => Volatile.Read(ref noSummary) is not { } refusal || clock.GetUtcNow() - refusal.At >= Lifetime;

    public void RememberNoSummary(string why) => Volatile.Write(ref noSummary, new Refusal(why, clock.GetUtcNow()));

    /// <summary>Looks again at the next need: a field has come, gone or changed.</summary>
    public void Forget() => remembered.Forget();

    public async Task<HelpdeskAbilities> FindAsync(CancellationToken cancellationToken)
    {
        var abilities = (await remembered.GetAsync(cancellationToken)).Abilities;
        return MayHaveSummary || Volatile.Read(ref noSummary) is not { } refusal
            ? abilities
            : abilities with { HasSummary = false, Missing = [.. abilities.Missing, $"Tickets have no summary. {refusal.Why}"] };
    }

    /// <summary>The ticket fields of the triage, by their names; empty where they may not be seen.</summary>
    public async Task<IReadOnlyDictionary<string, FreshdeskField>> FindFieldsAsync(CancellationToken cancellationToken) =>
        (await remembered.GetAsync(cancellationToken)).Fields;

    /// <summary>
    /// The names of the account's own fields with a closed list of choices; nothing is asked for a ticket that has no such value.
    /// </summary>
    public async Task<IReadOnlySet<string>> FindClosedAsync(FreshdeskTicket ticket, CancellationToken cancellationToken) =>
        FreshdeskFields.HasOthers(ticket.CustomFields) ? (await remembered.GetAsync(cancellationToken)).Closed : NoNames;

    private async Task<Found> ProbeAsync()
    {
        var missing = new List<string>
        {
            "Freshdesk doesn't refuse a change of a ticket that has moved on: each is read again right before it is written.",
            "Tickets can't be tied to a problem: Freshdesk ties a ticket to a tracker only when the tracker is made.",
        };
        var closed = new HashSet<string>(StringComparer.Ordinal);
        var fields = await FindFieldsAsync(missing, closed);
        var abilities = new HelpdeskAbilities
        {
            RefusesStaleChanges = false,
            MostTagLetters = LongestTag,
            HasSummary = true,
            ServiceLevels = ServiceLevelSource.WithTicket,
            Fields = [.. FreshdeskFields.All.Where(field => fields.Keys.Any(name => FreshdeskFields.Field(name) == field))],
            HasSkills = await HasSkillsAsync(missing),
            HasAvailability = await HasAvailabilityAsync(missing),
            LinksProblems = false,
            Missing = missing,
        };
        return new Found(abilities, fields, closed);
    }

    private async Task<Dictionary<string, FreshdeskField>> FindFieldsAsync(List<string> missing, HashSet<string> closed)
    {
        var found = new Dictionary<string, FreshdeskField>();
        try
        {
            foreach (var field in (await api.ListTicketFieldsAsync(CancellationToken.None)).OfType<FreshdeskField>())
            {
                if (field.Name is { } name && FreshdeskFields.Field(name) is not null)
                {
                    found[name] = field;
                }
                else if (FreshdeskFields.IsClosed(field))
                {
                    closed.Add(field.Name ?? "");
                }
            }

            missing.AddRange(
                from field in FreshdeskFields.All
                where !found.Keys.Any(name => FreshdeskFields.Field(name) == field)
                select $"Tickets have no field {FreshdeskFields.Name(field)}: tags and note alone tell the {FreshdeskFields.Word(field)}.");
        }
        catch (HelpdeskRefusedException refused) when (IsNotOurs(refused))
        {
            missing.Add($"No field is filled. {refused.Message}");
        }

        return found;
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

    private static readonly IReadOnlySet<string> NoNames = new HashSet<string>();

    private sealed record Found(
        HelpdeskAbilities Abilities, IReadOnlyDictionary<string, FreshdeskField> Fields, IReadOnlySet<string> Closed);

    private sealed record Refusal(string Why, DateTimeOffset At);
}
