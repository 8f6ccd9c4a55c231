using System.Globalization;
using System.Text.Json.Nodes;
using Microsoft.Extensions.DependencyInjection;
using TicketTriage.Escalations;
using TicketTriage.Sandbox.Desk;
using TicketTriage.Sandbox.Faults;

namespace TicketTriage.Host.Tests.Escalations;

/// <summary>Each way to people, over real HTTP and SMTP, from the clock that runs out to what arrives.</summary>
[CancelAfter(120_000)]
internal sealed class Telling_people
{
    private static readonly NewTicket OpeningHours = new()
    {
        Subject = "Opening hours",
        Body = "When are you open on Saturday? My name is Robin Example.",
        Priority = "urgent",
    };

    [Test]
    public async Task The_chat_gets_a_line_for_the_ticket_and_nothing_that_the_customer_wrote(CancellationToken cancellationToken)
    {
        using var folder = new TemporaryFolder();
        await using var chat = await CallTrap.StartAsync(cancellationToken);
        await using var triage = await StartAsync(
            folder, Level("""["lead"]""", "chat"), cancellationToken, ("Escalations:People:lead:ChatUrl", $"{chat.Address}services/T1/B2"));

        var number = triage.Sandbox.AddTicket(OpeningHours).Number;
        await Eventually.TrueAsync(() => chat.Calls.Count > 0, cancellationToken);

        var text = $"{JsonNode.Parse(chat.Calls[0].Body)?["text"]}";
        using (Assert.EnterMultipleScope())
        {
            Assert.That(text, Does.StartWith($"Ticket {number}: ").And.Contain($"- {number} (acme), urgent").And.Contain("/acknowledge/"));
            Assert.That(text, Does.Not.Contain("Saturday").And.Not.Contain("Robin"));
        }
    }

    [Test]
    public async Task A_chat_that_refuses_is_replaced_by_a_note_in_the_helpdesk(CancellationToken cancellationToken)
    {
        using var folder = new TemporaryFolder();
        await using var chat = await CallTrap.StartAsync(cancellationToken);
        chat.Status = 410;
        await using var triage = await StartAsync(
            folder, Level("""["lead"]""", "chat"), cancellationToken, ("Escalations:People:lead:ChatUrl", $"{chat.Address}"));

        var number = triage.Sandbox.AddTicket(OpeningHours).Number;
        await Eventually.TrueAsync(() => triage.Sandbox.ListComments(number).Any(Tells), cancellationToken);

        Assert.That(triage.Sandbox.GetTicket(number).Tags, Does.Contain("triage_escalated"), "The mark came with the note, in one change.");
    }

    [Test]
    public async Task The_agent_who_has_the_ticket_is_mailed_at_the_address_that_the_helpdesk_has(CancellationToken cancellationToken)
    {
        using var folder = new TemporaryFolder();
        await using var mail = new MailTrap();
        await using var triage = await StartAsync(
            folder,
            Level("""["assignee"]""", "mail"),
            cancellationToken,
            ("Escalations:Mail:Host", "127.0.0.1"),
            ("Escalations:Mail:Port", mail.Port.ToString(CultureInfo.InvariantCulture)),
            ("Escalations:Mail:From", "triage@acme.example"),
            ("Escalations:Mail:UseTls", "false"));
        var agent = triage.Sandbox.Staff[0];

        var ticket = triage.AddUnheard(
            OpeningHours, added => triage.Sandbox.EditAsPerson(added.Number, new TicketEdit { AssigneeId = agent.Id }));
        await triage.TellOfAsync(ticket.Number, cancellationToken);
        await Eventually.TrueAsync(() => mail.Mails.Count > 0, cancellationToken);

        Assert.That(mail.Mails[0], Does.Contain(agent.Email).And.Contain($"Ticket {ticket.Number}"));
    }

    [Test]
    public async Task A_customer_who_is_silent_for_two_days_gets_one_draft_of_a_reminder_that_nobody_sent([Values] bool answerIsLost)
    {
        var cancellationToken = TestContext.CurrentContext.CancellationToken;
        using var folder = new TemporaryFolder();
        await using var triage = await StartAsync(folder, Quiet(remindAfter: 48), cancellationToken);
        var number = await WaitForTheCustomerAsync(triage, cancellationToken);
        var followUp = triage.Services.GetRequiredService<FollowUp>();

        var early = await followUp.RemindAsync(cancellationToken);
        await triage.AskAsync<int>("update watched_tickets set replied_at = replied_at - interval '49 hours' returning 1", cancellationToken);
        if (answerIsLost)
        {
            triage.Sandbox.Faults.Add(new() { Method = "PUT", Path = $"/api/v2/tickets/{number}", Kind = FaultKind.AnswerLost, Times = 1 });
        }

        var due = await followUp.RemindAsync(cancellationToken);
        var again = await followUp.RemindAsync(cancellationToken);

        var drafts = triage.Sandbox.ListComments(number).Where(comment => comment.Html.Contains("Draft of a reminder", StringComparison.Ordinal)).ToList();
        using (Assert.EnterMultipleScope())
        {
            Assert.That((early, due, again), Is.EqualTo((0, answerIsLost ? 0 : 1, 0)));
            Assert.That(drafts.Select(draft => draft.IsPublic), Is.EqualTo([false]));
        }
    }

    [Test]
    public async Task A_reminder_that_was_cut_off_half_way_is_drafted_by_the_next_run(CancellationToken cancellationToken)
    {
        using var folder = new TemporaryFolder();
        await using var triage = await StartAsync(folder, Quiet(remindAfter: 48), cancellationToken);
        await WaitForTheCustomerAsync(triage, cancellationToken);
        await triage.WhenQuietAsync(cancellationToken);
        await triage.AskAsync<int>("update watched_tickets set replied_at = replied_at - interval '49 hours' returning 1", cancellationToken);
        triage.Sandbox.Faults.Add(new()
        {
            Method = "GET", Path = "/api/v2/**", Kind = FaultKind.Slow, Delay = TimeSpan.FromSeconds(30),
        });
        var followUp = triage.Services.GetRequiredService<FollowUp>();

        using (var stop = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken))
        {
            stop.CancelAfter(TimeSpan.FromSeconds(1));
            Assert.That(async () => await followUp.RemindAsync(stop.Token), Throws.InstanceOf<OperationCanceledException>());
        }

        triage.Sandbox.Faults.Clear();
        Assert.That(await followUp.RemindAsync(cancellationToken), Is.EqualTo(1));
    }

    [Test]
    public async Task Without_a_leads_word_no_reminder_is_drafted(CancellationToken cancellationToken)
    {
        using var folder = new TemporaryFolder();
        await using var triage = await StartAsync(folder, Quiet(remindAfter: null), cancellationToken);
        triage.Sandbox.AddTicket(OpeningHours);
        await triage.WhenQuietAsync(cancellationToken);
        await triage.AskAsync<int>(
            "update watched_tickets set status = 'Pending', replied_at = now() - interval '90 hours' returning 1", cancellationToken);

        Assert.That(await triage.Services.GetRequiredService<FollowUp>().RemindAsync(cancellationToken), Is.Zero);
    }

    private static bool Tells(SandboxComment comment) => comment.Html.Contains("Escalation, level 1", StringComparison.Ordinal);

    private static async Task<TriageUnderTest> StartAsync(
        TemporaryFolder folder, string matrix, CancellationToken cancellationToken, params (string Key, string Value)[] more)
    {
        var file = Path.Combine(folder.Path, "escalation.json");
        await File.WriteAllTextAsync(file, matrix, cancellationToken);
        var settings = new Dictionary<string, string?>
        {
            ["Escalations:Enabled"] = "true",
            ["Escalations:PublicUrl"] = "http://localhost",
            ["Escalations:MatrixFile"] = file,
        };
        foreach (var (key, value) in more)
        {
            settings[key] = value;
        }

        return await TriageUnderTest.StartAsync(cancellationToken, new TriageSetUp { Settings = settings });
    }

    /// <summary>A person has asked back, and the ticket waits for its customer.</summary>
    private static async Task<long> WaitForTheCustomerAsync(TriageUnderTest triage, CancellationToken cancellationToken)
    {
        var number = triage.Sandbox.AddTicket(OpeningHours).Number;
        await triage.WhenQuietAsync(cancellationToken);
        triage.Sandbox.EditAsPerson(number, new TicketEdit { Status = "pending", Comment = new NewComment { Body = "Which shop do you mean?" } });
        await Eventually.GetAsync(
            () => triage.AskAsync<long>("select count(*) from watched_tickets where status = 'Pending' and replied_at is not null", cancellationToken),
            pending => pending == 1,
            cancellationToken);
        return number;
    }

    private static string Level(string who, string by) => Matrix(0.0001, who, by, "");

    private static string Quiet(int? remindAfter) =>
        Matrix(9, """["lead"]""", "note", remindAfter is { } hours ? $"\"remindCustomerAfterHours\": {hours}," : "");

    private static string Matrix(double share, string who, string by, string more) =>
        string.Create(CultureInfo.InvariantCulture, $$"""
        {
          "people": { "lead": {} }, "fallback": "lead", "coolDownMinutes": 30, "mostMessages": 5, {{more}}
          "rows": [ { "name": "all", "levels": [
            { "atShare": {{share}}, "direction": "functional", "who": {{who}}, "acknowledgeMinutes": 60, "by": ["{{by}}"], "tag": "escalated" },
            { "atShare": 10, "direction": "hierarchical", "who": ["lead"], "acknowledgeMinutes": 60, "by": ["note"] } ] } ]
        }
        """);
}
