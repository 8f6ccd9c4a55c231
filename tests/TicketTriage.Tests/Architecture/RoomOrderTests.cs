using TicketTriage.Tickets;

namespace TicketTriage.Tests.Architecture;

/// <summary>Holds the order of the rooms: it follows a ticket's way, and a room may use only rooms above it.</summary>
public sealed class RoomOrderTests
{
    private static readonly string[] Rooms =
    [
        "Storage",
        "Audits",
        "Quotas",
        "Policies",
        "Tickets",
        "Intake",
        "Reading",
        "History",
        "Models",
        "Understanding",
        "Prioritisation",
        "ServiceLevels",
        "Agents",
        "Routing",
        "Knowledge",
        "Drafting",
        "Triages",
        "Rehearsals",
        "WriteBack",
        "Escalations",
        "Insights",
        "Journey",
        "Forgetting",
        "Jobs",
    ];

    private static readonly RoomReader House = new(typeof(TicketId).Assembly.Location, "TicketTriage");

    private static readonly RoomReader Trial =
        new(typeof(RoomOrderTests).Assembly.Location, "TicketTriage.Tests.Architecture.Trial");

    [Test]
    public void A_room_uses_only_rooms_above_it() => Assert.That(AgainstTheOrder(House, Rooms), Is.Empty);

    [Test]
    public void Every_type_stands_in_a_room_on_the_list()
    {
        var types = House.ListTypes();

        using (Assert.EnterMultipleScope())
        {
            Assert.That(types, Is.Not.Empty);
            Assert.That(types.Where(type => !Rooms.Contains(type.Room)), Is.Empty);
        }
    }

    [Test]
    public void Uses_that_are_there_are_seen()
    {
        var seen = House.ListUses().Select(use => use.ToString());

        Assert.That(seen, Does.Contain("TicketTriage.Understanding.TicketUnderstanding uses TicketTriage.Tickets.Finding"));
    }

    [TestCase("UsesInsideALambdaOfAnAsyncMethod", "Trunk")]
    [TestCase("UsesAsAField", "Trunk")]
    [TestCase("UsesAsATypeArgument", "Trunk")]
    [TestCase("UsesAsASignature", "Trunk")]
    [TestCase("UsesAsAParent", "Trunk")]
    [TestCase("UsesInAnAttribute", "Trunk")]
    [TestCase("UsesAsAConstraint`1", "Trunk")]
    [TestCase("UsesAsACaughtException", "TrunkIsLockedException")]
    public void A_use_against_the_order_is_found(string user, string used)
    {
        var found = AgainstTheOrder(Trial, ["Cellar", "Attic"]).Select(use => (use.User.Split('.')[^1], use.Used.Split('.')[^1]));

        Assert.That(found, Does.Contain((user, used)));
    }

    [Test]
    public void What_stays_in_its_room_is_left_alone()
    {
        var found = AgainstTheOrder(Trial, ["Cellar", "Attic"]);

        Assert.That(found.Select(use => use.User), Has.None.EndsWith(".UsesNothing").And.None.EndsWith(".LooksDown"));
    }

    [TestCase("Cellar", "Attic")]
    [TestCase("Attic", "Cellar")]
    public void A_circle_fails_in_every_order(params string[] order) => Assert.That(AgainstTheOrder(Trial, order), Is.Not.Empty);

    [Test]
    public void A_type_outside_the_listed_rooms_is_found() =>
        Assert.That(Trial.ListTypes().Select(type => type.Room).Distinct(), Is.EquivalentTo((string[])["Attic", "Cellar"]));

    private static IReadOnlyList<RoomUse> AgainstTheOrder(RoomReader reader, string[] order) =>
        [.. reader.ListUses().Where(use => Array.IndexOf(order, use.UsedRoom) >= Array.IndexOf(order, use.Room))];
}
