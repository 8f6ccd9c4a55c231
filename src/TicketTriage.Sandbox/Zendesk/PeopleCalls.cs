using TicketTriage.Sandbox.Desk;
using TicketTriage.Sandbox.Doors;

namespace TicketTriage.Sandbox.Zendesk;

/// <summary>The API's calls about users and groups.</summary>
internal sealed class PeopleCalls(DeskPeople people, WireFactory wire)
{
    public Answer ShowMe(Pass pass) => Answer.Json(
        new UserAnswer(pass == Pass.None ? wire.WriteAnonymous() : wire.Write(people.Integration)), ZendeskJson.Default.UserAnswer);

    public Answer ShowMany(ApiRequest request)
    {
        IReadOnlyList<UserWire> users =
            [.. request.AskNumbers("ids").Select(id => people.FindPerson(id)).OfType<SandboxPerson>().Select(wire.Write)];
        return Answer.Json(new UsersAnswer(users, null, null, users.Count), ZendeskJson.Default.UsersAnswer);
    }

    public Answer ListGroups()
    {
        IReadOnlyList<GroupWire> groups = [.. people.Groups.Select((group, index) => wire.Write(group, isDefault: index == 0))];
        return Answer.Json(new GroupsAnswer(groups, null, null, groups.Count), ZendeskJson.Default.GroupsAnswer);
    }
}
