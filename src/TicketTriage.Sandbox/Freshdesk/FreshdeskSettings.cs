using System.Text.Json;
using System.Text.Json.Nodes;
using Microsoft.AspNetCore.Http;
using TicketTriage.Sandbox.Desk;
using TicketTriage.Sandbox.Doors;

namespace TicketTriage.Sandbox.Freshdesk;

/// <summary>The API's calls about service levels and automation rules.</summary>
internal sealed class FreshdeskSettings(FreshdeskRules rules, DateTimeOffset accountSince)
{
    private const long SlaPolicyId = 8_447_620_000_001;

    private static readonly string[] RuleLists = ["actions", "conditions"];
    private static readonly string[] UpdateRuleLists = ["actions", "conditions", "events"];

    private readonly DateTime since = accountSince.UtcDateTime;

    public Answer ListSlaPolicies(ApiRequest request)
    {
        var targets = new JsonObject();
        foreach (var (code, word, _) in FreshdeskWords.Priorities)
        {
            var (first, resolution) = Deadlines.Targets[word];
            targets[$"priority_{code}"] = new JsonObject
            {
                ["respond_within"] = (long)first.TotalSeconds,
                ["resolve_within"] = (long)resolution.TotalSeconds,
                ["business_hours"] = false,
                ["escalation_enabled"] = true,
            };
        }

        return Json(new JsonArray(new JsonObject
        {
            ["id"] = SlaPolicyId,
            ["name"] = "Default SLA Policy",
            ["description"] = "For every ticket",
            ["active"] = true,
            ["is_default"] = true,
            ["position"] = 1,
            ["sla_target"] = targets,
            ["applicable_to"] = new JsonObject(),
            ["escalation"] = new JsonObject(),
            ["created_at"] = since,
            ["updated_at"] = since,
        }));
    }

    public Answer ListRules(ApiRequest request) => FreshdeskRules.IsType(request.Id)
        ? Json(new JsonObject { ["rules"] = new JsonArray([.. rules.List(request.Id)]) })
        : FreshdeskRefusal.NotFound();

    public Answer AddRule(ApiRequest request) =>
        ReadRule(request, out var refusal) is { } rule ? Json(rules.Add(request.Id, rule), StatusCodes.Status201Created) : refusal;

    public Answer ChangeRule(ApiRequest request) =>
        ReadRule(request, out var refusal) is not { } rule ? refusal
        : rules.Replace(request.Id, request.SecondId, rule) is { } changed ? Json(changed)
        : FreshdeskRefusal.NotFound();

    /// <returns>The text, or an empty one after it was noted as missing.</returns>
    internal static string ReadText(JsonElement body, string name, List<FieldErrorWire> errors)
    {
        if (body.TryGetProperty(name, out var value)
            && value.ValueKind == JsonValueKind.String
            && value.GetString() is { Length: > 0 } text)
        {
            return text;
        }

        errors.Add(new(name, "The field is missing or blank.", "missing_field"));
        return "";
    }

    private static JsonElement? ReadRule(ApiRequest request, out Answer refusal)
    {
        refusal = FreshdeskRefusal.NotFound();
        if (!FreshdeskRules.IsType(request.Id))
        {
            return null;
        }

        if (FreshdeskTickets.Parse(request.Body) is not { } body)
        {
            refusal = FreshdeskRefusal.NotJson();
            return null;
        }

        var errors = new List<FieldErrorWire>();
        ReadText(body, "name", errors);
        foreach (var list in request.Id == FreshdeskRules.OnUpdate ? UpdateRuleLists : RuleLists)
        {
            if (!body.TryGetProperty(list, out var value) || value.ValueKind != JsonValueKind.Array)
            {
                errors.Add(new(list, "The field is missing, or not a list.", "missing_field"));
            }
        }

        refusal = FreshdeskRefusal.Invalid(errors);
        return errors.Count == 0 ? body : null;
    }

    private static Answer Json(JsonNode node, int status = StatusCodes.Status200OK) =>
        Answer.Json(node, FreshdeskJson.Default.JsonNode, status);
}
