using System.Net;

namespace TicketTriage.Helpdesks.Zendesk;

/// <summary>Makes what a connection needs in a Zendesk account: the fields of the triage, and a webhook that tells of tickets.</summary>
internal sealed class ZendeskSetup(
    ZendeskHelpdesk helpdesk, ZendeskApi api, ZendeskFields fields, ZendeskPermissions permissions) : IHelpdeskSetup
{
    private const string WebhookStep = "webhook";
    private const string TriggerStep = "trigger";
    private const string AgentTriggerStep = "trigger-agents";
    private const string FieldStep = "field-";

    /// <summary>Without these nothing is triaged.</summary>
    private static readonly string[] CustomerEvents = ["zen:event-type:ticket.created", "zen:event-type:ticket.comment_added"];

    /// <summary>Without the others an agent who solves or takes a ticket and writes nothing is heard of minutes later.</summary>
    private static readonly string[] TicketEvents =
    [
        .. CustomerEvents,
        "zen:event-type:ticket.status_changed", "zen:event-type:ticket.priority_changed",
        "zen:event-type:ticket.agent_assignment_changed", "zen:event-type:ticket.group_assignment_changed",
        ZendeskWebhookReader.NextBreachEvent, ZendeskWebhookReader.PolicyEvent,
        "zen:event-type:ticket.merged", "zen:event-type:ticket.soft_deleted", "zen:event-type:ticket.marked_as_spam",
    ];

    public async Task<IReadOnlyList<SetupStep>> PlanAsync(SetupWish wish, CancellationToken cancellationToken)
    {
        var identity = await helpdesk.IdentifyAsync(cancellationToken);
        var mayNot = string.Equals(identity.Role, "admin", StringComparison.OrdinalIgnoreCase)
            ? null
            : $"{identity.Name} is {identity.Role}, and only administrators make ticket fields; tags and the note carry the same.";
        fields.Forget();
        var known = await fields.FindAsync(cancellationToken);
        return
        [
            .. Enum.GetValues<TriageField>().Select(field => PlanField(field, known, wish, mayNot)),
            .. await PlanWebhookAsync(wish, cancellationToken),
        ];
    }

    public Task<string> CarryOutAsync(SetupStep planned, SetupWish wish, CancellationToken cancellationToken) => planned.Name switch
    {
        WebhookStep => MakeWebhookAsync(wish, cancellationToken),
        TriggerStep or AgentTriggerStep => MakeTriggerAsync(planned.Name, wish, cancellationToken),
        _ when planned.Name.StartsWith(FieldStep, StringComparison.Ordinal)
            && Enum.TryParse<TriageField>(planned.Name[FieldStep.Length..], ignoreCase: true, out var field) =>
            MakeFieldAsync(field, wish, cancellationToken),
        _ => throw new ArgumentException($"Zendesk's plans have no step {planned.Name}.", nameof(planned)),
    };

    public async Task<string?> FindWebhookSecretAsync(SetupWish wish, CancellationToken cancellationToken)
    {
        if ((await FindWebhookAsync(wish, cancellationToken))?.Id is not { } id)
        {
            return null;
        }

        return (await api.ShowSigningSecretAsync(id, cancellationToken)).SigningSecret?.Secret is { Length: > 0 } secret ? secret : null;
    }

    public Task<IReadOnlyList<PermissionFinding>> CheckPermissionsAsync(CancellationToken cancellationToken) =>
        permissions.CheckAsync(cancellationToken);

    private static SetupStep PlanField(TriageField field, ZendeskFieldSet known, SetupWish wish, string? mayNot)
    {
        var name = $"{FieldStep}{field.ToString().ToLowerInvariant()}";
        if (known.Find(field) is not { } there)
        {
            return new SetupStep(name, $"Ticket field \"{TitleOf(field)}\", {ShapeOf(field, wish)}.", IsThere: false, mayNot);
        }

        var lacking = LackingChoices(field, there, wish);
        return lacking.Count == 0
            ? new SetupStep(name, $"Ticket field \"{there.Title}\" ({there.Id}).", IsThere: true)
            : new SetupStep(name, $"Ticket field \"{there.Title}\" ({there.Id}) lacks {lacking.Count} choices.", IsThere: false, mayNot);
    }

    private async Task<IReadOnlyList<SetupStep>> PlanWebhookAsync(SetupWish wish, CancellationToken cancellationToken)
    {
        var what = $"A webhook to {wish.WebhookAddress}, subscribed to what happens to tickets; "
            + "where the account has no ticket events, called by triggers that are made with it.";
        try
        {
            if (await FindWebhookAsync(wish, cancellationToken) is not { } webhook)
            {
                return [new SetupStep(WebhookStep, what, IsThere: false)];
            }

            var there = new SetupStep(WebhookStep, $"The webhook \"{webhook.Name}\" to {webhook.Endpoint}.", IsThere: true);
            if (webhook.Status is not (null or "active"))
            {
                const string Off = "It is switched off; switch it on in the Admin Center, or no ticket is told of.";
                return [there with { IsThere = false, WhyNot = Off }];
            }

            if (IsCalledByTriggers(webhook))
            {
                var triggers = await ListTriggersAsync(webhook, cancellationToken);
                return [there, PlanTrigger(TriggerStep, triggers), PlanTrigger(AgentTriggerStep, triggers)];
            }

            return Lacking(webhook) is { Count: > 0 } lacking
                ? [new SetupStep(
                    WebhookStep, $"The webhook \"{webhook.Name}\" is subscribed to {lacking.Count} kinds of events too few.", IsThere: false)]
                : [there];
        }
        catch (HelpdeskRefusedException refused) when (refused.Status == HttpStatusCode.Forbidden)
        {
            return [new SetupStep(WebhookStep, what, IsThere: false,
                "Zendesk lets only administrators make webhooks; have one make it by hand, as the guide shows, or no ticket is told of.")];
        }
    }

    private async Task<List<ZendeskTrigger>> ListTriggersAsync(ZendeskWebhook webhook, CancellationToken cancellationToken)
    {
        var triggers = await ZendeskPages.ReadAllAsync(
            helpdesk.Name, "the triggers", after => api.ListTriggersAsync(after, cancellationToken), page => page.Triggers);
        return triggers.FindAll(trigger => trigger.Active != false && ZendeskLoopGuard.Calls(trigger, webhook.Id));
    }

    private static SetupStep PlanTrigger(string step, List<ZendeskTrigger> calling)
    {
        var isOfAgents = step == AgentTriggerStep;
        return calling.Find(trigger => ZendeskLoopGuard.TellsOfStatus(trigger) == isOfAgents) is { } there
            ? new SetupStep(step, $"The trigger \"{there.Title}\" that calls it.", IsThere: true)
            : new SetupStep(
                step,
                isOfAgents
                    ? "A trigger that calls the webhook when an agent changes a ticket's status, agent, group or priority."
                    : "A trigger that calls the webhook for new tickets and comments.",
                IsThere: false);
    }

    private async Task<string> MakeFieldAsync(TriageField field, SetupWish wish, CancellationToken cancellationToken)
    {
        var there = (await fields.FindAsync(cancellationToken)).Find(field);
        var lacking = LackingChoices(field, there, wish);
        if (there is { Id: { } id })
        {
            if (lacking.Count > 0)
            {
                // The whole set is sent: a choice that is left out would be taken off every ticket.
                var all = (there.CustomFieldOptions ?? []).OfType<ZendeskFieldOption>().Concat(lacking);
                await api.UpdateTicketFieldAsync(id, new ZendeskNewField { CustomFieldOptions = [.. all] }, cancellationToken);
                fields.Forget();
            }

            return $"The field \"{there.Title}\" has all its choices.";
        }

        var answer = await api.CreateTicketFieldAsync(
            new ZendeskNewField
            {
                Type = lacking.Count > 0 ? "tagger" : field == TriageField.Summary ? "textarea" : "text",
                Title = TitleOf(field),
                AgentDescription = $"Filled by TicketTriage, which knows the field by this: {ZendeskFieldSet.KeyOf(field)}",
                CustomFieldOptions = lacking.Count > 0 ? lacking : null,
            },
            cancellationToken);
        fields.Forget();
        return $"The field \"{TitleOf(field)}\" was made ({answer.TicketField?.Id}); where you use ticket forms, add it to them.";
    }

    private async Task<string> MakeWebhookAsync(SetupWish wish, CancellationToken cancellationToken)
    {
        if (await FindWebhookAsync(wish, cancellationToken) is { } there)
        {
            return await RenewWebhookAsync(there, cancellationToken);
        }

        if (await TryCreateWebhookAsync(wish, TicketEvents, cancellationToken) is not { } refusal)
        {
            return "The webhook was made, subscribed to what happens to tickets.";
        }

        if (await TryCreateWebhookAsync(wish, CustomerEvents, cancellationToken) is null)
        {
            return $"The webhook was made, subscribed to new tickets and comments alone: {NoEventsOfAgents(refusal)}";
        }

        // Zendesk's own pages disagree on whether tickets can be subscribed to; triggers serve every account.
        await api.CreateWebhookAsync(NewWebhook(wish, [ZendeskWebhook.CalledByTriggers]), cancellationToken);
        return $"The account has no ticket events ({(int)refusal}), so the webhook is called by triggers. "
            + await MakeTriggerAsync(TriggerStep, wish, cancellationToken)
            + $" {await MakeTriggerAsync(AgentTriggerStep, wish, cancellationToken)}";
    }

    /// <returns>With what the account refused these events; <see langword="null"/> where the webhook was made.</returns>
    private async Task<HttpStatusCode?> TryCreateWebhookAsync(SetupWish wish, string[] events, CancellationToken cancellationToken)
    {
        try
        {
            await api.CreateWebhookAsync(NewWebhook(wish, events), cancellationToken);
            return null;
        }
        catch (HelpdeskRefusedException refused) when (IsRefusalOfEvents(refused))
        {
            return refused.Status;
        }
    }

    /// <summary>A webhook that an earlier version made, or a person, may know fewer events.</summary>
    private async Task<string> RenewWebhookAsync(ZendeskWebhook there, CancellationToken cancellationToken)
    {
        if (there.Id is not { } id || IsCalledByTriggers(there) || Lacking(there) is not { Count: > 0 } lacking)
        {
            return $"The webhook \"{there.Name}\" was there.";
        }

        try
        {
            var all = (there.Subscriptions ?? []).OfType<string>().Concat(lacking);
            await api.ChangeWebhookAsync(id, new ZendeskWebhook { Subscriptions = [.. all] }, cancellationToken);
            return $"The webhook \"{there.Name}\" is subscribed to {lacking.Count} kinds of events more.";
        }
        catch (HelpdeskRefusedException refused) when (IsRefusalOfEvents(refused))
        {
            return $"The webhook \"{there.Name}\" stays as it was: {NoEventsOfAgents(refused.Status)}";
        }
    }

    private static List<string> Lacking(ZendeskWebhook webhook) =>
        [.. TicketEvents.Except((webhook.Subscriptions ?? []).OfType<string>(), StringComparer.OrdinalIgnoreCase)];

    private static bool IsRefusalOfEvents(HelpdeskRefusedException refused) =>
        refused.Status is HttpStatusCode.BadRequest or HttpStatusCode.NotFound or HttpStatusCode.UnprocessableEntity;

    private static string NoEventsOfAgents(HttpStatusCode? refusal) =>
        $"the account has not all the other events ({(int?)refusal}); what agents do is found by looking every few minutes.";

    private async Task<string> MakeTriggerAsync(string step, SetupWish wish, CancellationToken cancellationToken)
    {
        var webhook = await FindWebhookAsync(wish, cancellationToken);
        if (webhook is not { Id: { } id } || PlanTrigger(step, await ListTriggersAsync(webhook, cancellationToken)).IsThere)
        {
            return webhook is null ? "There is no webhook to call yet; run connect again." : "The trigger was there.";
        }

        var self = await helpdesk.IdentifyAsync(cancellationToken);
        var trigger = step == AgentTriggerStep
            ? ZendeskLoopGuard.TriggerOfAgents(helpdesk.Name, id, self.UserId)
            : ZendeskLoopGuard.Trigger(helpdesk.Name, id, self.UserId, wish.TagPrefix);
        await api.CreateTriggerAsync(trigger, cancellationToken);
        return $"The trigger \"{trigger.Title}\" was made; it leaves out this service's own changes.";
    }

    private async Task<ZendeskWebhook?> FindWebhookAsync(SetupWish wish, CancellationToken cancellationToken)
    {
        var webhooks = await ZendeskPages.ReadAllAsync(
            helpdesk.Name, "the webhooks", after => api.ListWebhooksAsync(after, cancellationToken), page => page.Webhooks);
        return webhooks.Find(webhook => webhook.Id is { Length: > 0 } && SendsTo(webhook, wish.WebhookAddress));
    }

    /// <summary>Whoever doesn't know the address from outside asks with one of loopback: then the path alone decides.</summary>
    private static bool SendsTo(ZendeskWebhook webhook, Uri wished) =>
        Uri.TryCreate(webhook.Endpoint, UriKind.Absolute, out var endpoint)
        && (endpoint == wished || (wished.IsLoopback && endpoint.AbsolutePath == wished.AbsolutePath));

    private ZendeskWebhook NewWebhook(SetupWish wish, string[] subscriptions) => new()
    {
        Name = $"TicketTriage {helpdesk.Name}",
        Status = "active",
        Endpoint = wish.WebhookAddress.AbsoluteUri,
        HttpMethod = "POST",
        RequestFormat = "json",
        Subscriptions = subscriptions,
    };

    private static bool IsCalledByTriggers(ZendeskWebhook webhook) =>
        webhook.Subscriptions?.Contains(ZendeskWebhook.CalledByTriggers) == true;

    private static List<ZendeskFieldOption> LackingChoices(TriageField field, ZendeskField? there, SetupWish wish)
    {
        if (!wish.FieldValues.TryGetValue(field, out var values) || (there is not null && !ZendeskFieldSet.IsChoice(there)))
        {
            return [];
        }

        return
        [
            .. from value in values
               where there is null || ZendeskFieldSet.FindOption(field, there, value) is null
               select new ZendeskFieldOption(Id: null, value, ZendeskFieldSet.TagOf(wish.TagPrefix, field, value)),
        ];
    }

    private static string TitleOf(TriageField field) => $"Triage {field.ToString().ToLowerInvariant()}";

    private static string ShapeOf(TriageField field, SetupWish wish) =>
        wish.FieldValues.TryGetValue(field, out var values) ? $"a choice of {values.Count}"
        : field == TriageField.Summary ? "a text of several lines"
        : "a text";
}
