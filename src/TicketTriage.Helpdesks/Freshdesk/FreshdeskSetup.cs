using System.Net;
using System.Text.Json;

namespace TicketTriage.Helpdesks.Freshdesk;

/// <summary>
/// Makes the ticket fields and the three automation rules that report to this service: new tickets, what customers add to them, and what
/// agents do that ends a wait: answering, another status, another agent. Other changes of agents aren't reported: priority and group are
/// what this service sets itself, so that it would mostly hear of its own doing; those of agents are found by looking every few minutes.
/// </summary>
internal sealed class FreshdeskSetup(string helpdesk, FreshdeskApi api, FreshdeskAbilities abilities) : IHelpdeskSetup
{
    private const int NewTickets = 1;
    private const int Updates = 4;
    private const string FieldStep = "field-";
    private const string NewRuleStep = "rule-new";
    private const string UpdateRuleStep = "rule-update";
    private const string AgentRuleStep = "rule-agents";

    private static readonly RuleKind NewTicketRule = new(NewTickets, Performer: null, "new tickets", "a new ticket");
    private static readonly RuleKind CustomerRule = new(Updates, Performer: 2, "customers' answers", "what customers add to a ticket");
    private static readonly RuleKind AgentRule = new(Updates, Performer: 1, "agents", "what agents do to a ticket");

    public async Task<IReadOnlyList<SetupStep>> PlanAsync(SetupWish wish, CancellationToken cancellationToken)
    {
        var steps = new List<SetupStep>();
        var (fields, whyNoFields) = await TryAsync(() => api.ListAdminTicketFieldsAsync(cancellationToken));
        foreach (var field in FreshdeskFields.All)
        {
            steps.Add(await PlanFieldAsync(field, wish, fields, whyNoFields, cancellationToken));
        }

        steps.Add(await PlanRuleAsync(NewRuleStep, NewTicketRule, wish, cancellationToken));
        steps.Add(await PlanRuleAsync(UpdateRuleStep, CustomerRule, wish, cancellationToken));
        steps.Add(await PlanRuleAsync(AgentRuleStep, AgentRule, wish, cancellationToken));
        return steps;
    }

    public async Task<string> CarryOutAsync(SetupStep planned, SetupWish wish, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(planned);
        return planned.Name switch
        {
            NewRuleStep => await MakeRuleAsync(NewTicketRule, wish, cancellationToken),
            UpdateRuleStep => await MakeRuleAsync(CustomerRule, wish, cancellationToken),
            AgentRuleStep => await MakeRuleAsync(AgentRule, wish, cancellationToken),
            _ when FieldOf(planned) is { } field => await MakeFieldAsync(field, wish, cancellationToken),
            _ => throw new ArgumentException($"There is no step {planned.Name} in the plan for Freshdesk.", nameof(planned)),
        };
    }

    /// <returns><see langword="null"/> also where Freshdesk hides the header's value.</returns>
    public async Task<string?> FindWebhookSecretAsync(SetupWish wish, CancellationToken cancellationToken)
    {
        foreach (var kind in (RuleKind[])[NewTicketRule, CustomerRule])
        {
            if (await FindRuleAsync(kind, wish, cancellationToken) is { } rule && Token(rule.Action) is { } token && !IsHidden(token))
            {
                return token;
            }
        }

        return null;
    }

    public Task<IReadOnlyList<PermissionFinding>> CheckPermissionsAsync(CancellationToken cancellationToken) =>
        new FreshdeskPermissions(api).CheckAsync(cancellationToken);

    private static TriageField? FieldOf(SetupStep planned)
    {
        foreach (var field in FreshdeskFields.All)
        {
            if (planned.Name == FieldStep + FreshdeskFields.Word(field))
            {
                return field;
            }
        }

        return null;
    }

    private async Task<SetupStep> PlanFieldAsync(
        TriageField field, SetupWish wish, IReadOnlyList<FreshdeskField>? fields, string? whyNot, CancellationToken cancellationToken)
    {
        var name = FieldStep + FreshdeskFields.Word(field);
        var label = FreshdeskFields.Label(field);
        if (fields is null)
        {
            return new SetupStep(name, $"Make the ticket field \"{label}\".", IsThere: false, whyNot);
        }

        if (Find(fields, field) is not { Id: { } id } present)
        {
            return new SetupStep(name, $"Make the ticket field \"{label}\", which customers don't see.", IsThere: false);
        }

        var missing = await FindMissingChoicesAsync(id, present, field, wish, cancellationToken);
        return missing.Count == 0
            ? new SetupStep(name, $"The ticket field \"{label}\" is there.", IsThere: true)
            : new SetupStep(name, $"Add to the ticket field \"{label}\" the choices {string.Join(", ", missing)}.", IsThere: false);
    }

    private async Task<string> MakeFieldAsync(TriageField field, SetupWish wish, CancellationToken cancellationToken)
    {
        abilities.Forget();
        var label = FreshdeskFields.Label(field);
        if (Find(await api.ListAdminTicketFieldsAsync(cancellationToken), field) is { Id: { } id } present)
        {
            var missing = await FindMissingChoicesAsync(id, present, field, wish, cancellationToken);
            if (missing.Count == 0)
            {
                return $"The ticket field \"{label}\" was there.";
            }

            var known = FreshdeskChoices.Words(await api.ViewAdminTicketFieldAsync(id, cancellationToken));
            IEnumerable<FreshdeskChoice> added = missing.Select((word, at) => new FreshdeskChoice(word, known.Count + at + 1));
            await api.UpdateTicketFieldAsync(id, new FreshdeskFieldChoices([.. known, .. added]), cancellationToken);
            return $"The ticket field \"{label}\" has {missing.Count} choices more.";
        }

        var values = wish.FieldValues.GetValueOrDefault(field) ?? [];
        var type = values.Count > 0 ? "custom_dropdown" : field == TriageField.Summary ? "custom_paragraph" : "custom_text";
        var choices = values.Count > 0 ? values.Select((value, at) => new FreshdeskChoice(value, at + 1)).ToList() : null;
        var made = await api.CreateTicketFieldAsync(
            new FreshdeskNewField(label, label, type, CustomersCanEdit: false, DisplayedToCustomers: false, choices), cancellationToken);
        return made.Name is { } name && FreshdeskFields.Field(name) == field
            ? $"The ticket field \"{label}\" was made."
            : $"The ticket field \"{label}\" was made, but Freshdesk calls it \"{made.Name}\", which isn't found again: "
                + $"name it by hand so that it becomes {FreshdeskFields.Name(field)}.";
    }

    private async Task<List<string>> FindMissingChoicesAsync(
        long id, FreshdeskField present, TriageField field, SetupWish wish, CancellationToken cancellationToken)
    {
        var values = wish.FieldValues.GetValueOrDefault(field) ?? [];
        if (values.Count == 0 || present.Type != "custom_dropdown")
        {
            return [];
        }

        // The list of all fields has no choices in it.
        var full = FreshdeskChoices.Words(present) is { Count: > 0 } ? present : await api.ViewAdminTicketFieldAsync(id, cancellationToken);
        return [.. values.Except(FreshdeskChoices.Words(full).Select(choice => choice.Value), StringComparer.Ordinal)];
    }

    private static FreshdeskField? Find(IReadOnlyList<FreshdeskField> fields, TriageField field) =>
        fields.FirstOrDefault(candidate => candidate?.Name is { } name && FreshdeskFields.Field(name) == field);

    private async Task<SetupStep> PlanRuleAsync(string step, RuleKind kind, SetupWish wish, CancellationToken cancellationToken)
    {
        var about = kind.About;
        try
        {
            var rule = await FindRuleAsync(kind, wish, cancellationToken);
            return rule switch
            {
                null => new SetupStep(step, $"Make an automation rule that reports {about} to {wish.WebhookAddress}.", IsThere: false),
                { Rule.Active: false } => new SetupStep(step, $"Switch on the automation rule that reports {about}.", IsThere: false),
                _ when Token(rule.Action) is { } token && !IsHidden(token) && token != wish.WebhookSecret =>
                    new SetupStep(step, $"Put the secret of this service into the automation rule that reports {about}.", IsThere: false),
                _ => new SetupStep(step, $"The automation rule that reports {about} is there.", IsThere: true),
            };
        }
        catch (HelpdeskRefusedException refused) when (refused.Status == HttpStatusCode.Forbidden)
        {
            return new SetupStep(
                step, $"Make an automation rule that reports {about}.", IsThere: false,
                $"{refused.Message} Until an administrator has made it, tickets are found by looking every few minutes only.");
        }
    }

    private async Task<string> MakeRuleAsync(RuleKind kind, SetupWish wish, CancellationToken cancellationToken)
    {
        var wanted = Rule(kind, wish);
        if (await FindRuleAsync(kind, wish, cancellationToken) is { Rule.Id: { } id })
        {
            await api.UpdateRuleAsync(kind.Type, id, wanted, cancellationToken);
            return $"The automation rule \"{wanted.Name}\" was renewed.";
        }

        await api.CreateRuleAsync(kind.Type, wanted, cancellationToken);
        return $"The automation rule \"{wanted.Name}\" was made.";
    }

    private FreshdeskNewRule Rule(RuleKind kind, SetupWish wish)
    {
        var action = new FreshdeskWebhookAction(
            "trigger_webhook", "POST", wish.WebhookAddress.AbsoluteUri, "JSON", "2",
            // Ids and a time: whatever customers write would break the JSON. The time tells one delivery from the next.
            new Dictionary<string, string>
            {
                ["ticket_id"] = "{{ticket.id}}",
                ["triggered_event"] = "{{triggered_event}}",
                ["updated_at"] = "{{ticket.modified_on}}",
            },
            new Dictionary<string, string> { [FreshdeskWebhookReader.Header] = wish.WebhookSecret });

        // A rule needs a condition; every ticket has a priority.
        var always = new FreshdeskRuleConditions(
            "condition_set_1", "all", [new FreshdeskRuleCondition("ticket", "priority", "in", [1, 2, 3, 4])]);
        return new FreshdeskNewRule(
            $"TicketTriage {helpdesk}: {kind.Title}", Active: true,
            kind.Performer is { } performer ? new FreshdeskPerformer(performer) : null, EventsOf(kind), [always], [action]);
    }

    private static FreshdeskRuleEvent[]? EventsOf(RuleKind kind)
    {
        static FreshdeskRuleEvent Changed(string field) =>
            new(field) { From = FreshdeskRuleEvent.Any, To = FreshdeskRuleEvent.Any };

        return kind == CustomerRule ? [new FreshdeskRuleEvent("reply_sent"), new FreshdeskRuleEvent("note_type", "public")]
            : kind == AgentRule ? [new FreshdeskRuleEvent("reply_sent"), Changed("status"), Changed("responder_id")]
            : null;
    }

    private async Task<FoundRule?> FindRuleAsync(RuleKind kind, SetupWish wish, CancellationToken cancellationToken)
    {
        var rules = await api.ListRulesAsync(kind.Type, cancellationToken);
        foreach (var rule in (rules.Rules ?? []).OfType<FreshdeskRule>().Where(rule => IsOf(kind, rule)))
        {
            foreach (var action in rule.Actions ?? [])
            {
                if (Member(action, "url") is { ValueKind: JsonValueKind.String } url && LeadsHere(url.GetString(), wish.WebhookAddress))
                {
                    return new FoundRule(rule, action);
                }
            }
        }

        return null;
    }

    /// <summary>A rule that an administrator made, without a performer that can be read, counts as the one for customers.</summary>
    private static bool IsOf(RuleKind kind, FreshdeskRule rule)
    {
        var performer = rule.Performer is { ValueKind: JsonValueKind.Array } list ? list.EnumerateArray().FirstOrDefault() : rule.Performer;
        var isOfAgents = performer is { } found && Member(found, "type") is { } type && $"{type}" == $"{AgentRule.Performer}";
        return isOfAgents == (kind == AgentRule);
    }

    // Whoever only checks doesn't know the address from outside: one of loopback stands for any with its path.
    private static bool LeadsHere(string? url, Uri wished) =>
        Uri.TryCreate(url, UriKind.Absolute, out var address)
        && (wished.IsLoopback ? address.AbsolutePath == wished.AbsolutePath : address == wished);

    private static string? Token(JsonElement action)
    {
        if (Member(action, "custom_headers") is not { ValueKind: JsonValueKind.Object } headers)
        {
            return null;
        }

        foreach (var header in headers.EnumerateObject())
        {
            if (header.Name.Equals(FreshdeskWebhookReader.Header, StringComparison.OrdinalIgnoreCase)
                && header.Value.ValueKind == JsonValueKind.String)
            {
                return header.Value.GetString();
            }
        }

        return null;
    }

    private static bool IsHidden(string token) => token.All(letter => letter is '*' or '•' or 'x');

    private static JsonElement? Member(JsonElement holder, string name) =>
        holder.ValueKind == JsonValueKind.Object && holder.TryGetProperty(name, out var member) ? member : null;

    private static async Task<(T? Found, string? WhyNot)> TryAsync<T>(Func<Task<T>> call)
        where T : class
    {
        try
        {
            return (await call(), null);
        }
        catch (HelpdeskRefusedException refused) when (refused.Status == HttpStatusCode.Forbidden)
        {
            return (null, $"{refused.Message} Tags and note are written without it.");
        }
    }

    /// <param name="Performer">Whose doing it reports, where the type is of updates.</param>
    /// <param name="Title">In the rule's name.</param>
    /// <param name="About">What it reports, in a sentence.</param>
    private sealed record RuleKind(int Type, int? Performer, string Title, string About);

    private sealed record FoundRule(FreshdeskRule Rule, JsonElement Action);
}
