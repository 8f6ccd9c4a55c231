using System.Globalization;
using System.Text.Json;
using System.Text.Json.Nodes;
using TicketTriage.Sandbox.Webhooks;

namespace TicketTriage.Sandbox.Freshdesk;

/// <summary>The account's automation rules. A rule that triggers a webhook does so from then on.</summary>
internal sealed class FreshdeskRules(Action<SandboxWebhook> connect, TimeProvider clock)
{
    public const long OnUpdate = 4;
    private const long OnCreation = 1;
    private const long Hourly = 3;
    private const long FirstRuleId = 8_447_630_000_001;

    private readonly Lock gate = new();
    private readonly List<(long Type, JsonObject Rule)> rules = [];

    public static bool IsType(long type) => type is OnCreation or Hourly or OnUpdate;

    public IReadOnlyList<JsonNode> List(long type)
    {
        lock (gate)
        {
            return [.. rules.Where(rule => rule.Type == type).Select(rule => rule.Rule.DeepClone())];
        }
    }

    public JsonNode Add(long type, JsonElement body)
    {
        lock (gate)
        {
            var rule = Complete(FirstRuleId + rules.Count, type, body);
            rule["created_at"] = clock.GetUtcNow().UtcDateTime;
            rules.Add((type, rule));
            return rule.DeepClone();
        }
    }

    /// <returns>The rule as it is now, or <see langword="null"/> where there was none.</returns>
    public JsonNode? Replace(long type, long id, JsonElement body)
    {
        lock (gate)
        {
            var place = rules.FindIndex(known => known.Type == type && (long?)known.Rule["id"] == id);
            if (place < 0)
            {
                return null;
            }

            var rule = Complete(id, type, body);
            rule["created_at"] = rules[place].Rule["created_at"]?.DeepClone();
            rules[place] = (type, rule);
            return rule.DeepClone();
        }
    }

    private JsonObject Complete(long id, long type, JsonElement body)
    {
        var rule = JsonObject.Create(body) ?? [];
        rule["id"] = id;
        rule["automation_type_id"] = type;
        rule["position"] ??= rules.Count(known => known.Type == type) + 1;
        rule["active"] ??= true;
        rule["updated_at"] = clock.GetUtcNow().UtcDateTime;
        var isOn = (bool?)rule["active"] == true && type != Hourly;
        var occasions = !isOn ? WebhookOccasions.None : type == OnCreation ? WebhookOccasions.Creation : ReadPerformer(body);
        Connect(id, body, type == OnUpdate ? RuleEvents.Read(body) : null, occasions);
        return rule;
    }

    private void Connect(long id, JsonElement rule, RuleEvents? events, WebhookOccasions occasions)
    {
        foreach (var action in rule.GetProperty("actions").EnumerateArray())
        {
            if (Read(action, "field_name") is "trigger_webhook" && Uri.TryCreate(Read(action, "url"), UriKind.Absolute, out var target))
            {
                var content = Read(action, "content") ?? (action.TryGetProperty("content", out var body) ? body.GetRawText() : "{}");
                connect(new SandboxWebhook(target, "")
                {
                    Id = id.ToString(CultureInfo.InvariantCulture),
                    Kind = WebhookKind.Template,
                    Template = content,
                    Headers = ReadHeaders(action),
                    Occasions = occasions,
                    Events = events,
                });
            }
        }
    }

    private static WebhookOccasions ReadPerformer(JsonElement rule)
    {
        var type = rule.TryGetProperty("performer", out var performer) && performer.ValueKind == JsonValueKind.Object
            && performer.TryGetProperty("type", out var number) && number.TryGetInt32(out var known)
                ? known
                : 3;
        return type switch
        {
            1 => WebhookOccasions.AgentUpdate,
            2 => WebhookOccasions.CustomerUpdate,
            3 => WebhookOccasions.AgentUpdate | WebhookOccasions.CustomerUpdate,
            _ => WebhookOccasions.None,
        };
    }

    private static Dictionary<string, string> ReadHeaders(JsonElement action) =>
        action.TryGetProperty("custom_headers", out var headers) && headers.ValueKind == JsonValueKind.Object
            ? headers.EnumerateObject().ToDictionary(header => header.Name, header => header.Value.ToString())
            : [];

    private static string? Read(JsonElement action, string name) =>
        action.TryGetProperty(name, out var value) && value.ValueKind == JsonValueKind.String ? value.GetString() : null;
}
