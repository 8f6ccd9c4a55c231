using TicketTriage.Sandbox;
using TicketTriage.Sandbox.Desk;

namespace TicketTriage.Helpdesks.Tests.Contract;

[TestFixture(SandboxKind.Zendesk)]
[TestFixture(SandboxKind.Freshdesk)]
[CancelAfter(60_000)]
public class Reading_from_either_helpdesk(SandboxKind kind)
{
    [Test]
    public async Task A_ticket_is_read_with_its_values()
    {
        await using var desk = await ContractDesk.StartAsync(kind);
        var made = desk.Sandbox.AddTicket(new NewTicket { Subject = "Rückgabe 😀", Body = "Where is my money?", Tags = ["vip"] });
        desk.Sandbox.EditAsPerson(made.Number, new TicketEdit
        {
            Priority = new("urgent"),
            GroupId = new(desk.Group("Billing")),
            AssigneeId = new(desk.Sandbox.TeamLead.Id),
            CustomFields = new Dictionary<string, string?> { ["triage_language"] = "de" },
            Status = "pending",
        });

        var ticket = await desk.ReadAsync(made.Number, Patience());

        using (Assert.EnterMultipleScope())
        {
            Assert.That(ticket.Number, Is.EqualTo($"{made.Number}"));
            Assert.That(ticket.Subject, Is.EqualTo("Rückgabe 😀"));
            Assert.That(ticket.Status, Is.EqualTo(HelpdeskStatus.Pending));
            Assert.That(ticket.Priority, Is.EqualTo(TicketPriority.Urgent));
            Assert.That(ticket.Tags, Is.EqualTo(new[] { "vip" }));
            Assert.That(ticket.GroupId, Is.EqualTo($"{desk.Group("Billing")}"));
            Assert.That(ticket.AssigneeId, Is.EqualTo($"{desk.Sandbox.TeamLead.Id}"));
            Assert.That(ticket.RequesterId, Is.EqualTo($"{made.RequesterId}"));
            Assert.That(ticket.Channel, Is.EqualTo("email"));
            Assert.That(ticket.Fields[TriageField.Language], Is.EqualTo("de"));
            Assert.That(ticket.CreatedAt, Is.EqualTo(made.CreatedAt));
        }
    }

    [Test]
    public async Task What_was_chosen_in_the_accounts_own_fields_is_read_and_what_was_typed_is_not()
    {
        await using var desk = await ContractDesk.StartAsync(kind);
        desk.Sandbox.AddField(new NewField("Customer plan", SandboxFieldKind.Choice, "gold", "silver"));
        desk.Sandbox.AddField(new NewField("Pays late", SandboxFieldKind.Checkbox));
        desk.Sandbox.AddField(new NewField("Phone", SandboxFieldKind.Text));
        var number = desk.Sandbox.AddTicket(new NewTicket
        {
            Subject = "s",
            Body = "b",
            CustomFields = new Dictionary<string, string>
            {
                ["customer_plan"] = "gold", ["pays_late"] = "true", ["phone"] = "030 901820", ["triage_language"] = "de",
            },
        }).Number;

        var ticket = await desk.ReadAsync(number, Patience());

        Assert.That(
            ticket.CustomFields, Is.EqualTo(new Dictionary<string, string> { ["customer_plan"] = "gold", ["pays_late"] = "true" }));
    }

    [Test]
    public async Task Nobody_has_set_the_priority_of_a_ticket_that_has_just_come_in()
    {
        await using var desk = await ContractDesk.StartAsync(kind);

        var ticket = await desk.ReadAsync(desk.Sandbox.AddTicket("s", "b").Number, Patience());

        using (Assert.EnterMultipleScope())
        {
            Assert.That(ticket.Priority, Is.EqualTo(TicketPriority.None));
            Assert.That((ticket.GroupId, ticket.AssigneeId), Is.EqualTo(((string?)null, (string?)null)));
            Assert.That(ticket.Status, Is.EqualTo(HelpdeskStatus.New).Or.EqualTo(HelpdeskStatus.Open));
        }
    }

    [Test]
    public async Task Messages_come_oldest_first_and_say_who_may_read_them()
    {
        await using var desk = await ContractDesk.StartAsync(kind);
        var number = desk.Sandbox.AddTicket(new NewTicket
        {
            Subject = "s",
            Body = "Where is my money?",
            RequesterName = "Kim Park",
            Attachments = [new SandboxAttachment("bill.pdf", "application/pdf", 2_048)],
        }).Number;
        desk.Sandbox.AddComment(number, new NewComment { Body = "Hello?" });
        desk.Sandbox.EditAsPerson(number, new TicketEdit { Comment = new NewComment { Body = "We look.", IsPublic = true } });
        desk.Sandbox.EditAsPerson(number, new TicketEdit { Comment = new NewComment { Body = "Angry one.", IsPublic = false } });

        var comments = await desk.Helpdesk.ListCommentsAsync($"{number}", 200, Patience());

        using (Assert.EnterMultipleScope())
        {
            Assert.That(comments.Select(comment => comment.Text.Trim()),
                Is.EqualTo(new[] { "Where is my money?", "Hello?", "We look.", "Angry one." }));
            Assert.That(comments.Select(comment => comment.IsFromCustomer), Is.EqualTo(new[] { true, true, false, false }));
            Assert.That(comments.Select(comment => comment.IsPublic), Is.EqualTo(new[] { true, true, true, false }));
            Assert.That(comments.Take(2).Select(comment => comment.AuthorName), Is.All.EqualTo("Kim Park"));
            Assert.That(
                comments[0].Attachments.Select(file => (file.Name, file.ContentType, file.Bytes, file.Address?.Authority)),
                Is.EqualTo(new[] { ("bill.pdf", "application/pdf", 2_048L, desk.Sandbox.Address.Authority) }));
            Assert.That(comments.Select(comment => comment.Id), Is.Unique);
        }
    }

    [TestCase(9)]
    [TestCase(10)]
    [TestCase(31)]
    [TestCase(205)]
    public async Task Of_many_messages_the_first_and_the_newest_are_read(int answers)
    {
        await using var desk = await ContractDesk.StartAsync(kind);
        var number = desk.Sandbox.AddTicket("s", "0").Number;
        for (var answer = 1; answer <= answers; answer++)
        {
            desk.Sandbox.AddComment(number, new NewComment { Body = $"{answer}" });
        }

        var all = await desk.Helpdesk.ListCommentsAsync($"{number}", 1_000, Patience());
        var some = await desk.Helpdesk.ListCommentsAsync($"{number}", 5, Patience());

        using (Assert.EnterMultipleScope())
        {
            Assert.That(all.Select(comment => comment.Text.Trim()), Is.EqualTo(Enumerable.Range(0, answers + 1).Select(i => $"{i}")));
            Assert.That(some.Select(comment => comment.Text.Trim()),
                Is.EqualTo(new[] { "0" }.Concat(Enumerable.Range(answers - 3, 4).Select(i => $"{i}"))));
        }
    }

    [Test]
    public async Task What_ended_says_how()
    {
        await using var desk = await ContractDesk.StartAsync(kind);
        var solved = desk.Sandbox.AddTicket("s", "b").Number;
        var closed = desk.Sandbox.AddTicket("s", "b").Number;
        var deleted = desk.Sandbox.AddTicket("s", "b").Number;
        desk.Sandbox.EditAsPerson(solved, new TicketEdit { Status = "solved" });
        desk.Sandbox.Close(closed);
        desk.Sandbox.Delete(deleted);

        using (Assert.EnterMultipleScope())
        {
            Assert.That((await desk.ReadAsync(solved, Patience())).Status, Is.EqualTo(HelpdeskStatus.Solved));
            Assert.That((await desk.ReadAsync(closed, Patience())).Status, Is.EqualTo(HelpdeskStatus.Closed));
            Assert.That((await desk.Helpdesk.FindTicketAsync($"{deleted}", Patience()))?.Status,
                Is.Null.Or.EqualTo(HelpdeskStatus.Deleted));
            Assert.That(await desk.Helpdesk.FindTicketAsync("987654", Patience()), Is.Null);
            Assert.That(await desk.Helpdesk.FindTicketAsync("none", Patience()), Is.Null);
        }
    }

    [TestCase("admin")]
    [TestCase("agent")]
    public async Task Groups_and_self_are_known_with_few_rights_too(string role)
    {
        await using var desk = await ContractDesk.StartAsync(kind, new SandboxOptions { ServiceRole = role });

        var groups = await desk.Helpdesk.ListGroupsAsync(Patience());
        var self = await desk.Helpdesk.IdentifyAsync(Patience());

        using (Assert.EnterMultipleScope())
        {
            Assert.That(groups, Is.EquivalentTo(desk.Sandbox.Groups.Select(group => new HelpdeskGroup($"{group.Id}", group.Name))));
            Assert.That((self.UserId, self.Name), Is.EqualTo(($"{desk.Sandbox.Integration.Id}", desk.Sandbox.Integration.Name)));
        }
    }

    [TestCase("admin")]
    [TestCase("agent")]
    public async Task What_it_can_do_is_found_and_what_not_is_told(string role)
    {
        await using var desk = await ContractDesk.StartAsync(kind, new SandboxOptions { ServiceRole = role });

        var abilities = await desk.Helpdesk.FindAbilitiesAsync(Patience());

        using (Assert.EnterMultipleScope())
        {
            Assert.That(abilities.RefusesStaleChanges, Is.EqualTo(kind == SandboxKind.Zendesk));
            Assert.That(abilities.HasSummary, Is.EqualTo(kind == SandboxKind.Freshdesk));
            Assert.That(abilities.Fields, Is.EquivalentTo(Enum.GetValues<TriageField>()));
            Assert.That(abilities.Missing, Has.All.EndsWith("."));
        }
    }

    [Test]
    public async Task Every_change_is_listed_with_the_version_that_is_read()
    {
        await using var desk = await ContractDesk.StartAsync(kind);
        var since = TimeProvider.System.GetUtcNow().AddMinutes(-5);
        var numbers = Enumerable.Range(0, 250).Select(i => desk.Sandbox.AddTicket($"{i}", "b").Number).ToList();

        var first = await ListAsync(desk, null, since);
        desk.Sandbox.AddComment(numbers[17], new NewComment { Body = "Hello?" });
        var second = await ListAsync(desk, first.Cursor, since);
        var read = await desk.ReadAsync(numbers[17], Patience());

        using (Assert.EnterMultipleScope())
        {
            Assert.That(first.Tickets.Select(ticket => ticket.Number).Distinct(), Is.EquivalentTo(numbers.Select(number => $"{number}")));
            Assert.That(second.Tickets.Where(ticket => ticket.Number == $"{numbers[17]}").Select(ticket => ticket.Stamp),
                Has.Some.EqualTo(read.Stamp));
        }
    }

    [Test]
    public async Task What_customers_say_of_the_help_is_read_with_the_past()
    {
        await using var desk = await ContractDesk.StartAsync(kind);
        var since = TimeProvider.System.GetUtcNow().AddMinutes(-5);
        var (good, bad, none) = (desk.Sandbox.AddTicket("a", "b").Number, desk.Sandbox.AddTicket("c", "d").Number, desk.Sandbox.AddTicket("e", "f").Number);
        desk.Sandbox.Rate(good, isGood: true);
        desk.Sandbox.Rate(bad, isGood: false);

        var ratings = new Dictionary<string, TicketRating>(await desk.Ways.History.ListRatingsAsync(since, Patience()));
        foreach (var past in (await desk.Ways.History.ReadPageAsync(null, since, Patience())).Tickets.Where(past => past.Ticket.Rating != TicketRating.None))
        {
            ratings[past.Ticket.Number] = past.Ticket.Rating;
        }

        Assert.That(ratings, Is.EquivalentTo(new Dictionary<string, TicketRating> { [$"{good}"] = TicketRating.Good, [$"{bad}"] = TicketRating.Bad }));
        Assert.That(ratings, Does.Not.ContainKey($"{none}"));
    }

    private static async Task<(List<ChangedTicket> Tickets, string? Cursor)> ListAsync(
        ContractDesk desk, string? cursor, DateTimeOffset since)
    {
        var tickets = new List<ChangedTicket>();
        while (true)
        {
            var page = await desk.Helpdesk.ListChangedAsync(cursor, since, Patience());
            tickets.AddRange(page.Tickets);
            cursor = page.Cursor;
            if (page.IsEnd)
            {
                return (tickets, cursor);
            }
        }
    }

    private static CancellationToken Patience() => TestContext.CurrentContext.CancellationToken;
}
