using TicketTriage.Sandbox.Desk;
using TicketTriage.Sandbox.Doors;

namespace TicketTriage.Sandbox.Freshdesk;

/// <summary>The API's calls about agents, groups, skills and contacts.</summary>
internal sealed class FreshdeskPeople(TicketDesk desk, SandboxOptions options, string address)
{
    private const long AdministratorRole = 1;
    private const long AgentRole = 3;
    private const long FirstSkillId = 8_447_610_000_001;

    private readonly DateTime since = options.TimeProvider.GetUtcNow().UtcDateTime;

    public Answer ListAgents(ApiRequest request)
    {
        IReadOnlyList<SandboxPerson> agents = request.Ask("email") is { } email
            ? [.. desk.People.Staff.Where(person => string.Equals(person.Email, email, StringComparison.OrdinalIgnoreCase))]
            : desk.People.Staff;
        return request.Ask("only") == "availability" && options.HasAvailability
            ? FreshdeskPage.Take(request, address, agents, WriteAvailable, FreshdeskJson.Default.IReadOnlyListAvailableAgentWire)
            : FreshdeskPage.Take(request, address, agents, Write, FreshdeskJson.Default.IReadOnlyListAgentWire);
    }

    public Answer ShowMe(ApiRequest request) => Answer.Json(Write(desk.People.Integration), FreshdeskJson.Default.AgentWire);

    public Answer ShowAgent(ApiRequest request) => desk.People.FindPerson(request.Id) is { IsStaff: true } agent
        ? Answer.Json(Write(agent), FreshdeskJson.Default.AgentWire)
        : FreshdeskRefusal.NotFound();

    public Answer ShowAvailability(ApiRequest request) =>
        options.HasAvailability && desk.People.FindPerson(request.Id) is { IsStaff: true } agent
            ? Answer.Json(WriteAvailability(agent), FreshdeskJson.Default.AvailabilityWire)
            : FreshdeskRefusal.NotFound();

    public Answer ListGroups(ApiRequest request) =>
        FreshdeskPage.Take(request, address, desk.People.Groups, Write, FreshdeskJson.Default.IReadOnlyListGroupWire);

    public Answer ShowGroup(ApiRequest request) => desk.People.FindGroup(request.Id) is { } group
        ? Answer.Json(Write(group), FreshdeskJson.Default.GroupWire)
        : FreshdeskRefusal.NotFound();

    public Answer ListSkills(ApiRequest request) => FreshdeskPage.Take(
        request, address, [.. DeskPeople.Skills.Index()], skill => Write(skill.Index, skill.Item),
        FreshdeskJson.Default.IReadOnlyListSkillWire);

    public Answer ListContacts(ApiRequest request)
    {
        IReadOnlyList<SandboxPerson> contacts = request.Ask("email") is { } email
            ? [.. desk.People.Requesters.Where(person => string.Equals(person.Email, email, StringComparison.OrdinalIgnoreCase))]
            : desk.People.Requesters;
        return FreshdeskPage.Take(request, address, contacts, WriteContact, FreshdeskJson.Default.IReadOnlyListContactWire);
    }

    public Answer ShowContact(ApiRequest request) => desk.People.FindPerson(request.Id) is { IsStaff: false } contact
        ? Answer.Json(WriteContact(contact), FreshdeskJson.Default.ContactWire)
        : FreshdeskRefusal.NotFound();

    private AgentWire Write(SandboxPerson agent) => new()
    {
        Id = agent.Id,
        Available = agent.IsAvailable,
        CreatedAt = since,
        UpdatedAt = since,
        GroupIds = agent.GroupIds,
        RoleIds = [agent.Role == "admin" ? AdministratorRole : AgentRole],
        SkillIds = [.. agent.Skills.Select(SkillId)],
        Contact = new(true, agent.Email, null, "en", null, null, agent.Name, null, "Berlin", since, since),
    };

    private AvailableAgentWire WriteAvailable(SandboxPerson agent)
    {
        var availability = WriteAvailability(agent);
        return new(agent.Id, new(agent.Name, agent.Email, null), availability, false, availability.AvailabilityControl, false);
    }

    /// <summary>Tickets are the third channel; the mail queue of other products stands before it.</summary>
    private AvailabilityWire WriteAvailability(SandboxPerson agent)
    {
        ChannelWire Channel(string name, int limit, int load) =>
            new(limit, load, agent.IsAvailable, name, agent.IsAvailable, true, since, agent.IsAvailable ? 1 : 2, false);

        return new(
            $"{address}/api/v2/agents/{agent.Id}",
            [
                Channel("Email queue", 10, 0),
                Channel("Messaging queue", 3, 0),
                Channel("freshdesk", agent.Capacity, desk.CountOpen(agent.Id)),
            ],
            false, since, "agent_controlled");
    }

    private GroupWire Write(SandboxGroup group)
    {
        long[] agents = [.. desk.People.Staff.Where(person => person.GroupIds.Contains(group.Id)).Select(person => person.Id)];
        var way = options.AssigningGroups.Contains(group.Name) ? 1 : 0;
        return new(group.Id, group.Name, null, null, "30m", null, agents, way, since, since);
    }

    private SkillWire Write(int place, string skill)
    {
        SkilledAgentWire[] agents =
            [.. desk.People.Staff.Where(person => person.Skills.Contains(skill)).Select(person => new SkilledAgentWire(person.Id))];
        SkillConditionWire condition = skill switch
        {
            "German" => new("contact", "language", "in", ["de"]),
            "English" => new("contact", "language", "in", ["en"]),
            _ => new("ticket", "ticket_type", "in", [skill]),
        };
        return new(FirstSkillId + place, skill, place + 1, since, since, agents, "all", [condition]);
    }

    private static long SkillId(string skill) =>
        FirstSkillId + DeskPeople.Skills.Index().First(known => known.Item == skill).Index;

    private ContactWire WriteContact(SandboxPerson person) => new()
    {
        Id = person.Id,
        Name = person.Name,
        Email = person.Email,
        Active = false,
        CreatedAt = since,
        UpdatedAt = since,
    };
}
