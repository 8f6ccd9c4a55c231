using System.Text.Json;
using System.Text.Json.Nodes;
using TicketTriage.Sandbox.Desk;
using TicketTriage.Sandbox.Doors;

namespace TicketTriage.Sandbox.Zendesk;

/// <summary>The API's calls about users, groups and who belongs to which.</summary>
internal sealed class PeopleCalls(DeskPeople people, WireFactory wire, DateTimeOffset accountSince)
{
    private const long FirstMembershipId = 8_447_440_000_001;

    public Answer ShowMe(Pass pass) => Answer.Json(
        new UserAnswer(pass == Pass.None ? wire.WriteAnonymous() : wire.Write(people.Integration)), ZendeskJson.Default.UserAnswer);

    public Answer Show(ApiRequest request) => people.FindPerson(request.Id) is { } person
        ? Answer.Json(new UserAnswer(wire.Write(person)), ZendeskJson.Default.UserAnswer)
        : ZendeskRefusal.NotFound();

    public Answer List(ApiRequest request)
    {
        var roles = request.Query["role[]"].Concat(request.Query["role"]).OfType<string>().ToArray();
        IReadOnlyList<SandboxPerson> listed =
            [.. people.Staff.Concat(people.Requesters).Where(person => roles.Length == 0 || roles.Contains(person.Role))];
        return ZendeskList.Answer(
            request, wire.Address, "users", listed,
            person => JsonSerializer.SerializeToNode(wire.Write(person), ZendeskJson.Default.UserWire) ?? new JsonObject());
    }

    /// <summary>Knows searches for an address alone: <c>email:"…"</c>.</summary>
    public Answer Search(ApiRequest request)
    {
        var address = (request.Ask("query") ?? "").Replace("email:", "", StringComparison.OrdinalIgnoreCase).Trim('"');
        IReadOnlyList<UserWire> users =
        [
            .. people.Staff.Concat(people.Requesters)
                .Where(person => string.Equals(person.Email, address, StringComparison.OrdinalIgnoreCase)).Select(wire.Write),
        ];
        return Answer.Json(new UsersAnswer(users, null, null, users.Count), ZendeskJson.Default.UsersAnswer);
    }

    public Answer ShowMany(ApiRequest request)
    {
        IReadOnlyList<UserWire> users =
            [.. request.AskNumbers("ids").Select(id => people.FindPerson(id)).OfType<SandboxPerson>().Select(wire.Write)];
        return Answer.Json(new UsersAnswer(users, null, null, users.Count), ZendeskJson.Default.UsersAnswer);
    }

    public Answer ListGroups(ApiRequest request) => ZendeskList.Answer(
        request, wire.Address, "groups", people.Groups,
        group => JsonSerializer.SerializeToNode(wire.Write(group, group.Id == people.Groups[0].Id), ZendeskJson.Default.GroupWire)
            ?? new JsonObject());

    public Answer ListMemberships(ApiRequest request) => ListMemberships(request, _ => true);

    public Answer ListMembershipsOfGroup(ApiRequest request) =>
        people.FindGroup(request.Id) is null ? ZendeskRefusal.NotFound() : ListMemberships(request, member => member.GroupId == request.Id);

    private Answer ListMemberships(ApiRequest request, Func<Membership, bool> isMeant)
    {
        IEnumerable<Membership> memberships = people.Staff
            .SelectMany(person => person.GroupIds, (person, group) => (Person: person, Group: group))
            .Select((pair, place) => new Membership(
                FirstMembershipId + place, pair.Person.Id, pair.Group, pair.Person.GroupIds[0] == pair.Group));
        return ZendeskList.Answer(request, wire.Address, "group_memberships", [.. memberships.Where(isMeant)], Write);
    }

    private JsonObject Write(Membership membership) => new()
    {
        ["url"] = $"{wire.Address}/api/v2/group_memberships/{membership.Id}.json",
        ["id"] = membership.Id,
        ["user_id"] = membership.UserId,
        ["group_id"] = membership.GroupId,
        ["default"] = membership.IsDefault,
        ["created_at"] = ZendeskList.Time(accountSince),
        ["updated_at"] = ZendeskList.Time(accountSince),
    };

    private sealed record Membership(long Id, long UserId, long GroupId, bool IsDefault);
}
