using System.Globalization;
using System.Security.Cryptography;
using System.Text.Json;
using System.Text.Json.Nodes;
using Microsoft.AspNetCore.Http;
using TicketTriage.Sandbox.Desk;
using TicketTriage.Sandbox.Doors;
using TicketTriage.Sandbox.Journal;
using TicketTriage.Sandbox.Webhooks;

namespace TicketTriage.Sandbox.Zendesk;

/// <summary>The API's calls about webhooks and triggers. What is set up here reports from then on.</summary>
internal sealed class WebhookCalls(
    SandboxOptions options, DeskPeople people, SandboxJournal journal, Action<SandboxWebhook> connect, string address)
{
    private const string ByTrigger = "conditional_ticket_events";
    private const long FirstTriggerId = 8_447_470_000_001;

    private readonly Lock gate = new();
    private readonly List<KnownWebhook> webhooks = [];
    private readonly List<JsonObject> triggers = [];

    public Answer List(ApiRequest request)
    {
        lock (gate)
        {
            return ZendeskList.Answer(request, address, "webhooks", webhooks, webhook => webhook.Wire.DeepClone());
        }
    }

    public Answer Show(ApiRequest request) => Find(request) is { } webhook
        ? ZendeskList.Answer(new JsonObject { ["webhook"] = webhook.Wire.DeepClone() })
        : ZendeskRefusal.NotFound();

    public Answer ShowSecret(ApiRequest request) => Find(request) is { } webhook
        ? ZendeskList.Answer(new JsonObject
        {
            ["signing_secret"] = new JsonObject { ["algorithm"] = "SHA256", ["secret"] = webhook.Secret },
        })
        : ZendeskRefusal.NotFound();

    public Answer Create(ApiRequest request)
    {
        if (ZendeskBody.Read(request.Body, "webhook") is not { } wanted
            || string.IsNullOrWhiteSpace(ZendeskBody.Text(wanted, "name"))
            || !Uri.TryCreate(ZendeskBody.Text(wanted, "endpoint"), UriKind.Absolute, out var target))
        {
            return Refuse("InvalidWebhook", "A webhook needs a name and an endpoint.");
        }

        string[] subscriptions =
            [.. ZendeskBody.List(wanted, "subscriptions").Where(type => type.ValueKind == JsonValueKind.String).Select(type => $"{type}")];
        var isByTrigger = subscriptions is [] or [ByTrigger];
        if (!isByTrigger && (subscriptions.Contains(ByTrigger) || !options.SubscribesToTickets))
        {
            return Refuse("InvalidSubscription", "The account can't subscribe a webhook to these events.");
        }

        var known = Keep(wanted, target, isByTrigger);
        Subscribe(known, subscriptions);
        return ZendeskList.Answer(new JsonObject { ["webhook"] = known.Wire.DeepClone() }, StatusCodes.Status201Created);
    }

    /// <summary>Takes other events in place of those before; of its kind it can't be changed.</summary>
    public Answer Change(ApiRequest request)
    {
        if (Find(request) is not { } known)
        {
            return ZendeskRefusal.NotFound();
        }

        if (ZendeskBody.Read(request.Body, "webhook") is not { } wanted)
        {
            return Refuse("InvalidWebhook", "There is nothing to change.");
        }

        string[] subscriptions =
            [.. ZendeskBody.List(wanted, "subscriptions").Where(type => type.ValueKind == JsonValueKind.String).Select(type => $"{type}")];
        if (known.IsByTrigger || subscriptions.Length == 0 || subscriptions.Contains(ByTrigger))
        {
            journal.NoteUnplanned($"{request.Route.Name} with another change than that of a subscription's events");
            return Refuse("InvalidSubscription", "A webhook keeps its kind.");
        }

        lock (gate)
        {
            known.Wire["subscriptions"] = new JsonArray([.. subscriptions.Select(type => JsonValue.Create(type))]);
            known.Wire["updated_at"] = ZendeskList.Time(options.TimeProvider.GetUtcNow());
        }

        Subscribe(known, subscriptions);
        return new Answer(StatusCodes.Status204NoContent, ReadOnlyMemory<byte>.Empty);
    }

    public Answer ListTriggers(ApiRequest request)
    {
        lock (gate)
        {
            return ZendeskList.Answer(request, address, "triggers", triggers, trigger => trigger.DeepClone());
        }
    }

    public Answer CreateTrigger(ApiRequest request)
    {
        if (ZendeskBody.Read(request.Body, "trigger") is not { } wanted || string.IsNullOrWhiteSpace(ZendeskBody.Text(wanted, "title")))
        {
            return ZendeskRefusal.Invalid([new("title", "Title: cannot be blank", "BlankValue")]);
        }

        var actions = ZendeskBody.List(wanted, "actions").ToArray();
        if (actions.Length == 0)
        {
            return ZendeskRefusal.Invalid([new("actions", "Actions: a trigger needs one", "BlankValue")]);
        }

        var conditions = TriggerConditions.Read(wanted, out var unknown);
        if (unknown is not null)
        {
            journal.NoteUnplanned($"{request.Route.Name} with the condition {unknown}");
            return ZendeskRefusal.Invalid([new("conditions", $"Conditions: the sandbox can't judge {unknown}", "InvalidValue")]);
        }

        lock (gate)
        {
            var id = FirstTriggerId + triggers.Count;
            foreach (var action in actions.Where(action => ZendeskBody.Text(action, "field") == "notification_webhook"))
            {
                if (!Connect($"{id}", conditions, [.. ZendeskBody.List(action, "value").Select(value => $"{value}")]))
                {
                    return ZendeskRefusal.Invalid([new("actions", "Actions: there is no such webhook for triggers", "InvalidValue")]);
                }
            }

            var trigger = JsonObject.Create(wanted) ?? [];
            var now = ZendeskList.Time(options.TimeProvider.GetUtcNow());
            trigger["id"] = id;
            trigger["url"] = $"{address}/api/v2/triggers/{id}.json";
            trigger["active"] ??= true;
            trigger["position"] = triggers.Count + 1;
            trigger["created_at"] = now;
            trigger["updated_at"] = now;
            triggers.Add(trigger);
            return ZendeskList.Answer(new JsonObject { ["trigger"] = trigger.DeepClone() }, StatusCodes.Status201Created);
        }
    }

    private void Subscribe(KnownWebhook known, string[] subscriptions)
    {
        if (!known.IsByTrigger)
        {
            connect(new SandboxWebhook(known.Target, known.Secret)
            {
                Id = known.Id,
                Kind = WebhookKind.EventSubscription,
                Subscriptions = subscriptions,
            });
        }
    }

    /// <param name="values">The webhook's id, and its body.</param>
    private bool Connect(string triggerId, TriggerConditions conditions, string[] values)
    {
        if (values.Length == 0 || FindById(values[0]) is not { IsByTrigger: true } webhook)
        {
            return false;
        }

        connect(new SandboxWebhook(webhook.Target, webhook.Secret)
        {
            Id = triggerId,
            Kind = values.Length > 1 ? WebhookKind.Template : WebhookKind.Trigger,
            Template = values.Length > 1 ? values[1] : "",
            Conditions = conditions,
        });
        return true;
    }

    private KnownWebhook Keep(JsonElement wanted, Uri target, bool isByTrigger)
    {
        lock (gate)
        {
            var wire = JsonObject.Create(wanted) ?? [];
            var id = string.Create(CultureInfo.InvariantCulture, $"01KSANDBOX{webhooks.Count + 1:D16}");
            var now = ZendeskList.Time(options.TimeProvider.GetUtcNow());
            wire["id"] = id;
            wire["status"] ??= "active";
            wire["created_at"] = now;
            wire["updated_at"] = now;
            wire["created_by"] = $"{people.Integration.Id}";
            wire["updated_by"] = $"{people.Integration.Id}";
            if (isByTrigger)
            {
                wire["subscriptions"] = new JsonArray(ByTrigger);
            }

            var secret = options.SigningSecret ?? Convert.ToBase64String(RandomNumberGenerator.GetBytes(24));
            var known = new KnownWebhook(id, target, secret, isByTrigger, wire);
            webhooks.Add(known);
            return known;
        }
    }

    private KnownWebhook? Find(ApiRequest request) => FindById(request.Route.Values[0]);

    private KnownWebhook? FindById(string id)
    {
        lock (gate)
        {
            return webhooks.FirstOrDefault(webhook => webhook.Id == id);
        }
    }

    private static Answer Refuse(string code, string title) => ZendeskList.Answer(
        new JsonObject { ["errors"] = new JsonArray(new JsonObject { ["code"] = code, ["title"] = title }) },
        StatusCodes.Status400BadRequest);

    private sealed record KnownWebhook(string Id, Uri Target, string Secret, bool IsByTrigger, JsonObject Wire);
}
