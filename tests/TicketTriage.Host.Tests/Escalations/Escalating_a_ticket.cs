using System.Globalization;
using System.Net;
using System.Security.Cryptography;
using System.Text;
using System.Text.Json.Nodes;
using System.Text.RegularExpressions;
using TicketTriage.Host.Tests.Access;
using TicketTriage.Sandbox;
using TicketTriage.Sandbox.Desk;

namespace TicketTriage.Host.Tests.Escalations;

[CancelAfter(120_000)]
internal sealed partial class Escalating_a_ticket
{
    private const string Secret = "a-secret-of-the-test-with-enough-letters";

    private static readonly NewTicket StopsPayment = new()
    {
        Subject = "Invoice 4711",
        Body = "Nobody answers me. I will stop payment until somebody looks into invoice 4711.",
    };

    [Test]
    public async Task A_customer_who_stops_payment_is_told_of_at_once_by_mail_and_webhook(CancellationToken cancellationToken)
    {
        await using var mail = new MailTrap();
        await using var webhook = await CallTrap.StartAsync(cancellationToken);
        await using var triage = await StartAsync(mail, webhook, cancellationToken);

        var ticket = await triage.TriageAsync(StopsPayment, cancellationToken);
        await Eventually.TrueAsync(() => mail.Mails.Count > 0 && webhook.Calls.Count > 0, cancellationToken);

        var (headers, body) = webhook.Calls.Single();
        using (Assert.EnterMultipleScope())
        {
            Assert.That(mail.Mails.Single(), Does.Contain($"Ticket {ticket.Number}: the customer stops payment").And.Not.Contain("Nobody answers me"));
            Assert.That($"{JsonNode.Parse(body)?["tickets"]?[0]?["cause"]}", Is.EqualTo("payment_stop"));
            Assert.That(headers["webhook-signature"], Is.EqualTo(SignatureOf(headers, body)));
        }
    }

    [Test]
    public async Task What_escalates_at_once_is_tagged_and_raised_beside_the_triages_one_note(CancellationToken cancellationToken)
    {
        await using var mail = new MailTrap();
        await using var webhook = await CallTrap.StartAsync(cancellationToken);
        await using var triage = await StartAsync(mail, webhook, cancellationToken);

        var number = (await triage.TriageAsync(StopsPayment with { Priority = "low" }, cancellationToken)).Number;
        await Eventually.TrueAsync(() => triage.Sandbox.GetTicket(number).Tags.Contains("triage_escalated_lead"), cancellationToken);
        await triage.WhenQuietAsync(cancellationToken);

        using (Assert.EnterMultipleScope())
        {
            Assert.That(triage.Sandbox.GetTicket(number).Priority, Is.AnyOf("high", "urgent"));
            Assert.That(triage.Sandbox.ListComments(number), Has.Count.EqualTo(2));
        }
    }

    [Test]
    public async Task Looking_at_the_link_takes_nothing_and_the_button_does(CancellationToken cancellationToken)
    {
        await using var mail = new MailTrap();
        await using var webhook = await CallTrap.StartAsync(cancellationToken);
        await using var triage = await StartAsync(mail, webhook, cancellationToken);
        await triage.TriageAsync(StopsPayment, cancellationToken);
        await Eventually.TrueAsync(() => mail.Mails.Count > 0, cancellationToken);
        var link = Link().Match(mail.Mails[0]).Value;

        var page = await triage.Http.GetStringAsync(link, cancellationToken);
        var german = await Door.ReadInGermanAsync(triage.Http, link, cancellationToken);
        var before = await StatesAsync(triage, cancellationToken);
        using var pressed = await triage.Http.PostAsync(link, new FormUrlEncodedContent([]), cancellationToken);
        var after = await StatesAsync(triage, cancellationToken);
        using var again = await triage.Http.PostAsync(link, new FormUrlEncodedContent([]), cancellationToken);

        using (Assert.EnterMultipleScope())
        {
            Assert.That(page, Does.Contain("One ticket needs somebody").And.Contain("<button>"));
            Assert.That(german, Does.Contain("Ein Ticket braucht jemanden").And.Contain("Ich übernehme").And.Not.Contain("I have"));
            Assert.That((before, after), Is.EqualTo(("open", "acknowledged by lead, link")));
            Assert.That(await pressed.Content.ReadAsStringAsync(cancellationToken), Does.Contain("It is yours"));
            Assert.That(await again.Content.ReadAsStringAsync(cancellationToken), Does.Contain("Nothing is open any more"));
        }
    }

    [Test]
    public async Task A_link_that_was_not_made_here_takes_nothing(CancellationToken cancellationToken)
    {
        await using var mail = new MailTrap();
        await using var webhook = await CallTrap.StartAsync(cancellationToken);
        await using var triage = await StartAsync(mail, webhook, cancellationToken);
        await triage.TriageAsync(StopsPayment, cancellationToken);
        await Eventually.TrueAsync(() => mail.Mails.Count > 0, cancellationToken);
        var link = Link().Match(mail.Mails[0]).Value;
        var forged = link[..^4] + (link.EndsWith("AAAA", StringComparison.Ordinal) ? "BBBB" : "AAAA");

        using var pressed = await triage.Http.PostAsync(forged, new FormUrlEncodedContent([]), cancellationToken);

        Assert.That(
            (pressed.StatusCode, await StatesAsync(triage, cancellationToken)), Is.EqualTo((HttpStatusCode.NotFound, "open")));
    }

    [Test]
    public async Task An_answer_to_the_message_takes_it(CancellationToken cancellationToken)
    {
        await using var mail = new MailTrap();
        await using var webhook = await CallTrap.StartAsync(cancellationToken);
        await using var triage = await StartAsync(mail, webhook, cancellationToken);
        await triage.TriageAsync(StopsPayment, cancellationToken);
        await Eventually.TrueAsync(() => webhook.Calls.Count > 0 && mail.Mails.Count > 0, cancellationToken);
        var reference = Reference().Match(mail.Mails[0]).Value;

        using var answer = await triage.Agent.PostAsync(
            "api/escalations/replies",
            new StringContent($$"""{"subject":"Re: [{{reference}}]","text":"On it."}""", Encoding.UTF8, "application/json"),
            cancellationToken);

        Assert.That(
            (answer.StatusCode, await StatesAsync(triage, cancellationToken)), Is.EqualTo((HttpStatusCode.OK, "acknowledged by lead, reply")));
    }

    [Test]
    public async Task Giving_the_ticket_to_an_agent_takes_it(CancellationToken cancellationToken)
    {
        await using var mail = new MailTrap();
        await using var webhook = await CallTrap.StartAsync(cancellationToken);
        await using var triage = await StartAsync(mail, webhook, cancellationToken);
        var ticket = await triage.TriageAsync(StopsPayment, cancellationToken);
        await Eventually.TrueAsync(() => mail.Mails.Count > 0, cancellationToken);

        triage.Sandbox.EditAsPerson(ticket.Number, new TicketEdit { AssigneeId = triage.Sandbox.Staff[0].Id });

        await Eventually.GetAsync(
            () => StatesAsync(triage, cancellationToken), states => states.StartsWith("acknowledged", StringComparison.Ordinal), cancellationToken);
        Assert.That(await StatesAsync(triage, cancellationToken), Does.EndWith("assigned"));
    }

    [Test]
    public async Task A_mail_server_that_is_away_is_no_silence(CancellationToken cancellationToken)
    {
        await using var webhook = await CallTrap.StartAsync(cancellationToken);
        var dead = new MailTrap();
        var port = dead.Port;
        await dead.DisposeAsync();
        await using var triage = await StartAsync(port, webhook, cancellationToken);

        var ticket = await triage.TriageAsync(StopsPayment, cancellationToken);

        await Eventually.TrueAsync(() => triage.Sandbox.ListComments(ticket.Number).Count == 3, cancellationToken);
        Assert.That(
            triage.Sandbox.ListComments(ticket.Number)[2].Html, Does.Contain("Escalation, level 2: the customer stops payment"));
    }

    [Test]
    public async Task A_clock_that_runs_out_is_noted_in_the_helpdesk_and_starts_no_circle(CancellationToken cancellationToken)
    {
        using var folder = new TemporaryFolder();
        var matrix = Path.Combine(folder.Path, "escalation.json");
        await File.WriteAllTextAsync(matrix, Soon, cancellationToken);
        await using var mail = new MailTrap();
        await using var webhook = await CallTrap.StartAsync(cancellationToken);
        await using var triage = await StartAsync(mail.Port, webhook, cancellationToken, ("Escalations:MatrixFile", matrix));

        var number = triage.Sandbox.AddTicket(new NewTicket { Subject = "Opening hours", Body = "When are you open on Saturday?", Priority = "urgent" }).Number;
        await Eventually.TrueAsync(() => triage.Sandbox.GetTicket(number).Tags.Contains("triage_escalated"), cancellationToken);
        await triage.WhenQuietAsync(cancellationToken);

        using (Assert.EnterMultipleScope())
        {
            Assert.That(triage.Sandbox.ListComments(number).Count(comment => comment.Html.Contains("Escalation, level 1", StringComparison.Ordinal)), Is.EqualTo(1));
            Assert.That(await triage.AskAsync<long>("select count(*) from write_backs where state = 'applied'", cancellationToken), Is.EqualTo(1));
            Assert.That(triage.Sandbox.GetTicket(number).Tags, Has.Some.StartsWith("triage_intent_"));
        }
    }

    [Test]
    public async Task What_an_escalation_changes_the_watch_knows_before_the_ticket_is_read_again(CancellationToken cancellationToken)
    {
        using var folder = new TemporaryFolder();
        var matrix = Path.Combine(folder.Path, "escalation.json");
        await File.WriteAllTextAsync(matrix, ToCustomerCare, cancellationToken);
        await using var mail = new MailTrap();
        await using var webhook = await CallTrap.StartAsync(cancellationToken);
        await using var triage = await StartAsync(mail.Port, webhook, cancellationToken, ("Escalations:MatrixFile", matrix));
        var group = triage.Sandbox.Groups.Single(group => group.Name == "Customer Care").Id;

        var number = triage.Sandbox.AddTicket(StopsPayment).Number;
        await Eventually.TrueAsync(() => triage.Sandbox.GetTicket(number).GroupId == group, cancellationToken);
        await triage.WhenQuietAsync(cancellationToken);

        var known = await Eventually.GetAsync(
            () => triage.AskAsync<string>("select concat_ws(' ', group_id, priority) from watched_tickets", cancellationToken),
            known => known.StartsWith($"{group}", StringComparison.Ordinal),
            cancellationToken);
        Assert.That(known, Is.EqualTo($"{group} {triage.Sandbox.GetTicket(number).Priority}").IgnoreCase);
    }

    private const string ToCustomerCare =
        """
        {
          "people": { "lead": {} }, "fallback": "lead", "coolDownMinutes": 30, "mostMessages": 5,
          "rows": [{ "name": "all", "levels": [
            { "atShare": 9, "direction": "functional", "who": ["group"], "acknowledgeMinutes": 600, "by": ["note"], "toGroup": "Customer Care",
              "raiseTo": "urgent" }] }],
          "atOnce": [{ "cause": "payment_stop", "words": ["stop payment"], "level": 1, "because": "the customer stops payment" }]
        }
        """;

    private const string Soon =
        """
        {
          "people": { "lead": {} },
          "fallback": "lead",
          "rows": [
            {
              "name": "all",
              "levels": [
                { "atShare": 0.0001, "direction": "functional", "who": ["group"], "acknowledgeMinutes": 60, "by": ["note"], "tag": "escalated" },
                { "atShare": 9, "direction": "hierarchical", "who": ["lead"], "acknowledgeMinutes": 60, "by": ["mail"] }
              ]
            }
          ],
          "coolDownMinutes": 30,
          "mostMessages": 5
        }
        """;

    private static Task<TriageUnderTest> StartAsync(MailTrap mail, CallTrap webhook, CancellationToken cancellationToken) =>
        StartAsync(mail.Port, webhook, cancellationToken);

    private static Task<TriageUnderTest> StartAsync(
        int mailPort, CallTrap webhook, CancellationToken cancellationToken, params (string Key, string Value)[] more)
    {
        var settings = new Dictionary<string, string?>
        {
            ["Escalations:Enabled"] = "true",
            ["Escalations:PublicUrl"] = "http://localhost",
            ["Escalations:People:lead:Email"] = "lead@acme.example",
            ["Escalations:Mail:Host"] = "127.0.0.1",
            ["Escalations:Mail:Port"] = mailPort.ToString(CultureInfo.InvariantCulture),
            ["Escalations:Mail:From"] = "triage@acme.example",
            ["Escalations:Mail:UseTls"] = "false",
            ["Escalations:WebhookUrl"] = $"{webhook.Address}",
            ["Escalations:WebhookSecret"] = Secret,
        };
        foreach (var (key, value) in more)
        {
            settings[key] = value;
        }

        return TriageUnderTest.StartAsync(cancellationToken, new TriageSetUp { Settings = settings, Clock = Noon() });
    }

    /// <summary>The people of the shipped matrix have quiet hours, and these tests run at any time of the day.</summary>
    private static ClockAhead Noon()
    {
        var now = TimeProvider.System.GetUtcNow();
        return new ClockAhead(now.UtcDateTime.Date.AddHours(12) - now.UtcDateTime);
    }

    private static async Task<string> StatesAsync(TriageUnderTest triage, CancellationToken cancellationToken)
    {
        var answer = JsonNode.Parse(await triage.Agent.GetStringAsync("api/escalations", cancellationToken));
        return string.Join("; ", answer?["escalations"]?.AsArray().Where(one => $"{one?["cause"]}" == "payment_stop").Select(one =>
            one?["acknowledgedBy"] is { } by && $"{one["acknowledgedHow"]}" is var how
                ? $"{one["state"]}{(how == "assigned" ? "" : $" by {by}")}, {how}"
                : $"{one?["state"]}") ?? []);
    }

    private static string SignatureOf(IReadOnlyDictionary<string, string> headers, string body) => "v1," + Convert.ToBase64String(
        HMACSHA256.HashData(Encoding.UTF8.GetBytes(Secret), Encoding.UTF8.GetBytes($"{headers["webhook-id"]}.{headers["webhook-timestamp"]}.{body}")));

    [GeneratedRegex("/acknowledge/[A-Za-z0-9_-]+", RegexOptions.None, matchTimeoutMilliseconds: 1000)]
    private static partial Regex Link();

    [GeneratedRegex("TT-[0-9a-f]{32}", RegexOptions.None, matchTimeoutMilliseconds: 1000)]
    private static partial Regex Reference();
}
