using System.Text.Json;
using System.Text.Json.Nodes;
using Microsoft.AspNetCore.Http;
using TicketTriage.Sandbox.Desk;
using TicketTriage.Sandbox.Doors;

namespace TicketTriage.Sandbox.Zendesk;

/// <summary>The API's calls about skills and availability. Skills are values of two attributes, with UUIDs for ids.</summary>
internal sealed class SkillCalls(TicketDesk desk, SandboxOptions options, string address)
{
    private static readonly string[] Languages = ["English", "German"];
    private static readonly (Guid Id, string Name)[] Attributes = [(IdOf(1), "Language"), (IdOf(2), "Subject")];
    private static readonly Skill[] Skills =
        [.. DeskPeople.Skills.Select((name, place) => new Skill(IdOf(100 + place), name, Attributes[Languages.Contains(name) ? 0 : 1].Id))];

    private readonly DateTimeOffset since = options.TimeProvider.GetUtcNow();

    public Answer ListAttributes(ApiRequest request) => ZendeskList.Answer(
        request, address, "attributes", Attributes,
        attribute => new JsonObject
        {
            ["url"] = $"{address}/api/v2/routing/attributes/{attribute.Id}.json",
            ["id"] = $"{attribute.Id}",
            ["name"] = attribute.Name,
            ["created_at"] = ZendeskList.Time(since),
            ["updated_at"] = ZendeskList.Time(since),
        },
        (answer, _) =>
        {
            if (request.AskWords("include").Contains("attribute_values"))
            {
                answer["attribute_values"] = new JsonArray([.. Skills.Select(Write)]);
            }
        });

    public Answer ListValues(ApiRequest request) => ZendeskList.Answer(
        request, address, "attribute_values", [.. Skills.Where(skill => $"{skill.AttributeId}" == request.Route.Values[0])], Write);

    public Answer ListSkillsOfAgent(ApiRequest request) => desk.People.FindPerson(request.Id) is { } agent
        ? ZendeskList.Answer(request, address, "attribute_values", SkillsOf(agent), skill =>
        {
            var written = Write(skill);
            written["agent_skill_priority"] = "NORMAL";
            return written;
        })
        : ZendeskRefusal.NotFound();

    /// <summary>Each skill of each agent who is asked for, up to 100 agents.</summary>
    public Answer ListSkillsOfAgents(ApiRequest request)
    {
        var agents = request.AskNumbers("filter[agent_ids]").ToArray();
        if (agents.Length == 0)
        {
            return ZendeskRefusal.Because(StatusCodes.Status400BadRequest, "InvalidValue", "filter[agent_ids] must name 1 to 100 agents.");
        }

        IReadOnlyList<(SandboxPerson Agent, Skill Skill)> listed =
        [
            .. agents.Select(id => desk.People.FindPerson(id))
                .OfType<SandboxPerson>()
                .SelectMany(SkillsOf, (agent, skill) => (agent, skill)),
        ];
        return ZendeskList.Answer(request, address, "instance_values", listed, item => new JsonObject
        {
            ["id"] = $"{item.Agent.Id}-{item.Skill.Id}",
            ["agent_id"] = item.Agent.Id,
            ["attribute_id"] = $"{item.Skill.AttributeId}",
            ["attribute_value_id"] = $"{item.Skill.Id}",
            ["name"] = item.Skill.Name,
            ["agent_skill_priority"] = "NORMAL",
            ["created_at"] = ZendeskList.Time(since),
            ["updated_at"] = ZendeskList.Time(since),
        });
    }

    public Answer ListSkillsOfTicket(ApiRequest request) => desk.Find(request.Id) is { Status: not "deleted" } ticket
        ? ZendeskList.Answer(request, address, "attribute_values", [.. Skills.Where(skill => ticket.Skills.Contains(skill.Name))], Write)
        : ZendeskRefusal.NotFound();

    /// <summary>Replaces all skills of a ticket, whatever its stamp is.</summary>
    public Answer SetSkillsOfTicket(ApiRequest request)
    {
        if (ReadBody(request.Body) is not { } names)
        {
            return ZendeskRefusal.Because(
                StatusCodes.Status400BadRequest, "BadRequest", "The body must be JSON with attribute_value_ids, a list of ids.");
        }

        var outcome = desk.Edit(request.Id, new() { Skills = names }, new(desk.People.Integration.Id, "api"));
        return outcome switch
        {
            { Verdict: EditVerdict.Refused, Faults: { } faults } => ZendeskRefusal.Invalid(faults),
            { Verdict: EditVerdict.UnknownTicket } => ZendeskRefusal.NotFound(),
            _ => ListSkillsOfTicket(request),
        };
    }

    /// <summary>The names of skills by their ids; as at the vendor, those that the account doesn't have are ignored.</summary>
    /// <returns><see langword="null"/> where it is no list of ids.</returns>
    public static IReadOnlyList<string>? ReadNames(JsonElement ids) =>
        ids.ValueKind == JsonValueKind.Array && ids.EnumerateArray().All(id => id.ValueKind == JsonValueKind.String)
            ? [.. ids.EnumerateArray().SelectMany(id => Skills.Where(skill => id.ValueEquals($"{skill.Id}"))).Select(skill => skill.Name)]
            : null;

    /// <summary>In the form of JSON:API; only accounts with omnichannel routing have it.</summary>
    public Answer ListAvailabilities(ApiRequest request)
    {
        if (!options.HasAvailability)
        {
            return ZendeskRefusal.NotFound();
        }

        IReadOnlyList<SandboxPerson> agents = desk.People.Staff;
        return ZendeskList.Answer(
            request, address, "data", agents, WriteAvailability,
            (answer, listed) => answer["included"] = new JsonArray([.. listed.Select(WriteChannel)]));
    }

    private static IReadOnlyList<string>? ReadBody(ReadOnlyMemory<byte> body)
    {
        try
        {
            using var document = JsonDocument.Parse(body);
            return document.RootElement.ValueKind == JsonValueKind.Object
                && document.RootElement.TryGetProperty("attribute_value_ids", out var ids) ? ReadNames(ids) : null;
        }
        catch (JsonException)
        {
            return null;
        }
    }

    private JsonObject WriteAvailability(SandboxPerson agent) => new()
    {
        ["type"] = "agent_availabilities",
        ["id"] = $"agent_availabilities|{agent.Id}",
        ["attributes"] = new JsonObject
        {
            ["agent_id"] = agent.Id,
            ["agent_status"] = new JsonObject
            {
                ["id"] = agent.IsAvailable ? 1 : 4,
                ["name"] = StatusOf(agent),
                ["updated_at"] = ZendeskList.Time(since),
            },
            ["group_ids"] = new JsonArray([.. agent.GroupIds.Select(id => JsonValue.Create(id))]),
            ["skills"] = new JsonArray([.. SkillsOf(agent).Select(skill => new JsonObject { ["id"] = $"{skill.Id}" })]),
            ["version"] = 1,
        },
        ["relationships"] = new JsonObject
        {
            ["channels"] = new JsonObject
            {
                ["data"] = new JsonArray(new JsonObject { ["type"] = "channels", ["id"] = ChannelOf(agent) }),
            },
        },
    };

    private JsonNode WriteChannel(SandboxPerson agent) => new JsonObject
    {
        ["type"] = "channels",
        ["id"] = ChannelOf(agent),
        ["attributes"] = new JsonObject
        {
            ["name"] = "support",
            ["status"] = StatusOf(agent),
            ["max_capacity"] = agent.Capacity,
            ["work_item_count"] = desk.CountOpen(agent.Id),
            ["updated_at"] = ZendeskList.Time(since),
        },
    };

    private JsonObject Write(Skill skill) => new()
    {
        ["url"] = $"{address}/api/v2/routing/attributes/{skill.AttributeId}/values/{skill.Id}.json",
        ["id"] = $"{skill.Id}",
        ["attribute_id"] = $"{skill.AttributeId}",
        ["name"] = skill.Name,
        ["created_at"] = ZendeskList.Time(since),
        ["updated_at"] = ZendeskList.Time(since),
    };

    private static Skill[] SkillsOf(SandboxPerson agent) => [.. Skills.Where(skill => agent.Skills.Contains(skill.Name))];

    private static string ChannelOf(SandboxPerson agent) => $"agent_availabilities|{agent.Id}|channels|support";

    private static string StatusOf(SandboxPerson agent) => agent.IsAvailable ? "online" : "offline";

    private static Guid IdOf(int place) => new(place, 0x5a, 0x4b0c, 0x9a, 0x0d, 0x00, 0x5a, 0x4d, 0xb0, 0x00, 0x01);

    private sealed record Skill(Guid Id, string Name, Guid AttributeId);
}
