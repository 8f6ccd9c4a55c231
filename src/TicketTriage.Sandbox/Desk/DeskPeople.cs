using System.Collections.Concurrent;

namespace TicketTriage.Sandbox.Desk;

/// <summary>Groups, agents and requesters. Their ids are beyond 32 bits, as real ones are.</summary>
internal sealed class DeskPeople
{
    private const long FirstGroupId = 8_447_320_466_401;
    private const long FirstStaffId = 8_447_388_090_401;
    private const long FirstRequesterId = 8_447_390_000_001;

    private static readonly string[] AgentNames =
        ["Jonas Albers", "Priya Nair", "Oliver Brandt", "Sofia Marchetti", "Ken Okafor", "Lena Vogt"];

    /// <summary>What agents can do: two languages and a few subjects, so that every agent differs from the others.</summary>
    private static readonly string[][] AgentSkills =
    [
        ["German", "Refunds"], ["English", "Technical"], ["German", "English", "Orders"], ["English", "Reservations"],
        ["English", "Technical", "Refunds"], ["German", "Orders"],
    ];

    private readonly ConcurrentDictionary<long, SandboxPerson> people = new();
    private readonly ConcurrentDictionary<string, SandboxPerson> requesters = new(StringComparer.OrdinalIgnoreCase);
    private readonly Dictionary<long, SandboxGroup> groupsById;
    private long lastRequesterId = FirstRequesterId - 1;

    public DeskPeople(IReadOnlyList<string> groupNames, string integrationEmail, string integrationRole)
    {
        Groups = [.. groupNames.Select((name, index) => new SandboxGroup(FirstGroupId + index, name))];
        groupsById = Groups.ToDictionary(group => group.Id);
        long[] everyGroup = [.. Groups.Select(group => group.Id)];

        Integration = Add(new(FirstStaffId, "Triage Assistant", integrationEmail, integrationRole, everyGroup));
        TeamLead = Add(new(FirstStaffId + 1, "Mara Lindqvist", "mara.lindqvist@sandbox.example.com", "admin", everyGroup));
        foreach (var (place, name) in AgentNames.Index())
        {
            var email = $"{name.ToLowerInvariant().Replace(' ', '.')}@sandbox.example.com";
            Add(new(FirstStaffId + 2 + place, name, email, "agent", [everyGroup[place % everyGroup.Length]])
            {
                Skills = AgentSkills[place],
            });
        }
    }

    public IReadOnlyList<SandboxGroup> Groups { get; }

    /// <summary>The user behind the API's credentials.</summary>
    public SandboxPerson Integration { get; }

    /// <summary>The person who edits by hand.</summary>
    public SandboxPerson TeamLead { get; }

    public SandboxGroup? FindGroup(long? id) => id is { } known ? groupsById.GetValueOrDefault(known) : null;

    public SandboxPerson? FindPerson(long? id) => id is { } known ? people.GetValueOrDefault(known) : null;

    /// <summary>Agents and administrators, in the order of their ids.</summary>
    public IReadOnlyList<SandboxPerson> Staff =>
        [.. people.Values.Where(person => person.IsStaff).OrderBy(person => person.Id)];

    public IReadOnlyList<SandboxPerson> Requesters => [.. requesters.Values.OrderBy(person => person.Id)];

    public static IReadOnlyList<string> Skills { get; } =
        [.. AgentSkills.SelectMany(skills => skills).Distinct().Order(StringComparer.Ordinal)];

    /// <summary>Puts somebody in the place of who had this id.</summary>
    public void Replace(SandboxPerson person) => people[person.Id] = person;

    /// <summary>The requester with this address, new where nobody has written from it yet.</summary>
    public SandboxPerson Meet(string name, string email) => requesters.GetOrAdd(
        email,
        static (address, arguments) =>
            arguments.Desk.Add(new(Interlocked.Increment(ref arguments.Desk.lastRequesterId), arguments.Name, address, "end-user", [])),
        (Desk: this, Name: name));

    private SandboxPerson Add(SandboxPerson person)
    {
        people[person.Id] = person;
        return person;
    }
}
