using System.Globalization;
using System.Text.Json.Nodes;
using Microsoft.Extensions.DependencyInjection;
using Npgsql;
using TicketTriage.Audits;
using TicketTriage.Forgetting;
using TicketTriage.History;
using TicketTriage.Host.Forgetting;
using TicketTriage.Host.Tests.Journey;
using TicketTriage.Journey;
using TicketTriage.Knowledge;
using TicketTriage.Policies;
using TicketTriage.Sandbox.Desk;
using TicketTriage.Sandbox.Faults;
using TicketTriage.Tickets;
using TicketTriage.Triages;
using TicketTriage.WriteBack;

namespace TicketTriage.Host.Tests.Forgetting;

[CancelAfter(180_000)]
internal sealed class Erasing_a_person
{
    /// <summary>A word that nothing masks: it stays wherever the person's texts are.</summary>
    private const string Marker = "quetzalfinch";

    private const string Address = "imke.quetzal.7731@customer.example";

    private static readonly NewTicket OfThePerson = new()
    {
        Subject = $"My {Marker} order has not arrived",
        Body = $"Hello, I ordered a {Marker} last week and the parcel has not arrived. When will the order be delivered?",
        RequesterName = "Imke Quetzal",
        RequesterEmail = Address,
    };

    private static readonly TriageSetUp Everything = new()
    {
        Settings = new Dictionary<string, string?>
        {
            [$"Routing:Modes:{TriageUnderTest.Helpdesk}"] = "Agent",
            ["Knowledge:SolvedTickets"] = "true",
            ["Escalations:Enabled"] = "true",
        },
    };

    [Test]
    public async Task Leaves_nothing_of_them_in_the_whole_database_and_the_rest_as_it_is(CancellationToken cancellationToken)
    {
        await using var triage = await TriageUnderTest.StartAsync(cancellationToken, Everything);
        var database = triage.Services.GetRequiredService<NpgsqlDataSource>();
        await triage.Services.GetRequiredService<AgentDispatch>().RunAsync(cancellationToken);
        var other = await triage.TriageAsync(Mail.LateOrder, cancellationToken);
        var ticket = await triage.TriageAsync(OfThePerson, cancellationToken);
        await triage.TriageAsync(OfThePerson with { Subject = $"Another {Marker}" }, cancellationToken);
        await PlantAsync(triage, ticket, cancellationToken);
        var id = $"{ticket.RequesterId}";
        var before = await MarkersAsync(database, id, cancellationToken);

        var certificate = await triage.Services.GetRequiredService<ErasureDesk>()
            .EraseAsync(TriageUnderTest.Helpdesk, Address, [], [Marker], "Ada", cancellationToken);
        var after = await MarkersAsync(database, id, cancellationToken);
        var audit = await triage.Services.GetRequiredService<AuditCheck>().RunAsync(null, [], cancellationToken);

        using (Assert.EnterMultipleScope())
        {
            Assert.That(before[Marker], Is.SupersetOf((string[])[
                "decision_lines", "knowledge_articles", "knowledge_passages", "past_tickets", "policy_drafts", "tickets", "triages"]));
            Assert.That(before[Address], Is.SupersetOf((string[])["audit_people", "job_runs", "policy_drafts"]));
            Assert.That(before[id], Is.SupersetOf((string[])["agent_choices", "assignments", "deliveries", "past_tickets", "triages"]));
            Assert.That(after.Values, Is.All.Empty, "what is left");
            Assert.That((await triage.GetRecordAsync(other.Number, cancellationToken)).State, Is.EqualTo("written"));
            Assert.That(await triage.AskAsync<long>("select count(*) from triages", cancellationToken), Is.EqualTo(1));
            Assert.That(audit.Faults, Is.Empty);
            Assert.That(certificate, Is.EqualTo(certificate with { Tickets = 2, By = "Ada", Helpdesk = TriageUnderTest.Helpdesk }));
            Assert.That(certificate.Rows["triages"], Is.EqualTo(2));
            Assert.That($"{JsonNode.Parse(certificate.ToJson())?["hash"]}", Is.EqualTo(certificate.Hash));
            Assert.That(certificate.ToJson(), Does.Not.Contain(Marker).And.Not.Contain(Address).And.Not.Contain(id));
            Assert.That(
                await triage.AskAsync<string>("select subject from audit_entries where action = 'person.erased'", cancellationToken),
                Is.EqualTo($"certificate {certificate.Hash}"));
        }
    }

    [TestCase(TicketSteps.Read, true)]
    [TestCase(TicketSteps.Understand, true)]
    [TestCase(TicketSteps.Send, false)]
    [TestCase(TicketSteps.Send, true)]
    public async Task Is_not_undone_by_a_worker_who_had_their_ticket(string step, bool atItsEnd)
    {
        var cancellationToken = TestContext.CurrentContext.CancellationToken;
        using var barrier = new WorkerBarrier(step, atItsEnd);
        await using var triage = await TriageUnderTest.StartAsync(cancellationToken, Everything);
        var database = triage.Services.GetRequiredService<NpgsqlDataSource>();
        var ticket = triage.AddUnheard(OfThePerson);
        await triage.TellOfAsync(ticket.Number, cancellationToken);
        await barrier.Reached.WaitAsync(cancellationToken);

        await EraseAsync(triage, ticket, cancellationToken);
        barrier.LetGo();
        await barrier.Over.WaitAsync(cancellationToken);
        await triage.WhenQuietAsync(cancellationToken);

        using (Assert.EnterMultipleScope())
        {
            Assert.That((await MarkersAsync(database, $"{ticket.RequesterId}", cancellationToken)).Values, Is.All.Empty);
            Assert.That(await triage.AskAsync<long>("select count(*) from watched_tickets", cancellationToken), Is.Zero);
        }
    }

    [Test]
    public async Task Takes_what_was_read_of_a_ticket_that_was_never_decided(CancellationToken cancellationToken)
    {
        using var barrier = new WorkerBarrier(TicketSteps.Understand, atItsEnd: false);
        await using var triage = await TriageUnderTest.StartAsync(cancellationToken);
        triage.Sandbox.Faults.Add(new() { Method = "GET", Path = "/api/v2/tickets/1", Kind = FaultKind.Status, Status = 500 });
        var ticket = triage.AddUnheard(OfThePerson);
        await triage.TellOfAsync(ticket.Number, cancellationToken);
        await Eventually.GetAsync(() => triage.AskAsync<int>("select failures from tickets", cancellationToken), failures => failures > 0, cancellationToken);
        triage.Sandbox.Faults.Clear();
        await barrier.Reached.WaitAsync(cancellationToken);
        var database = triage.Services.GetRequiredService<NpgsqlDataSource>();
        var before = await MarkersAsync(database, $"{ticket.RequesterId}", cancellationToken);

        await triage.Services.GetRequiredService<Erasure>().RunAsync(
            new ErasureRequest(TriageUnderTest.Helpdesk, $"{ticket.RequesterId}", "Ada"), cancellationToken);
        var after = await MarkersAsync(database, $"{ticket.RequesterId}", cancellationToken);
        barrier.LetGo();

        using (Assert.EnterMultipleScope())
        {
            Assert.That(before[Marker], Is.EqualTo(["tickets"]));
            Assert.That(after.Values, Is.All.Empty);
        }
    }

    [Test]
    public async Task Does_not_hinder_what_they_write_later(CancellationToken cancellationToken)
    {
        await using var triage = await TriageUnderTest.StartAsync(cancellationToken, Everything);
        var ticket = await triage.TriageAsync(OfThePerson, cancellationToken);
        await EraseAsync(triage, ticket, cancellationToken);
        var erased = await triage.GetRecordAsync(ticket.Number, cancellationToken);

        triage.Sandbox.AddComment(ticket.Number, new NewComment { Body = "Is there any news of the order? I still wait for the parcel." });
        await triage.WaitForRecordAsync(ticket.Number, record => record.State == "written", cancellationToken);

        using (Assert.EnterMultipleScope())
        {
            Assert.That((erased.State, erased.WriteBacks.Count), Is.EqualTo(("skipped", 0)));
            Assert.That(await triage.AskAsync<long>("select count(*) from triages", cancellationToken), Is.EqualTo(1));
            Assert.That(await triage.AskAsync<long>("select count(*) from watched_tickets", cancellationToken), Is.EqualTo(1));
        }
    }

    [Test]
    public async Task Needs_to_know_whom(CancellationToken cancellationToken)
    {
        await using var triage = await TriageUnderTest.StartAsync(cancellationToken);
        var desk = triage.Services.GetRequiredService<ErasureDesk>();

        using (Assert.EnterMultipleScope())
        {
            Assert.That(
                () => desk.EraseAsync(TriageUnderTest.Helpdesk, "nobody@customer.example", [], [], "Ada", cancellationToken),
                Throws.InvalidOperationException.With.Message.Contains("knows no customer by this address"));
            Assert.That(() => desk.EraseAsync("elsewhere", "1", [], [], "Ada", cancellationToken), Throws.InvalidOperationException);
            Assert.That(() => desk.EraseAsync(TriageUnderTest.Helpdesk, "", [], [], "Ada", cancellationToken), Throws.ArgumentException);
            Assert.That(() => desk.EraseAsync(TriageUnderTest.Helpdesk, "1", [], ["the"], "Ada", cancellationToken), Throws.ArgumentException);
        }
    }

    private static Task<ErasureCertificate> EraseAsync(TriageUnderTest triage, SandboxTicket ticket, CancellationToken cancellationToken) =>
        triage.Services.GetRequiredService<Erasure>().RunAsync(
            new ErasureRequest(TriageUnderTest.Helpdesk, ticket.RequesterId.ToString(CultureInfo.InvariantCulture), "Ada")
            {
                Tickets = [ticket.Number.ToString(CultureInfo.InvariantCulture)],
            },
            cancellationToken);

    /// <summary>Brings the person into every place that something of them can come to.</summary>
    private static async Task PlantAsync(TriageUnderTest triage, SandboxTicket ticket, CancellationToken cancellationToken)
    {
        var services = triage.Services;
        var answer = $"Your {Marker} was sent today and should arrive tomorrow, the tracking number follows by mail.";
        triage.Sandbox.EditAsPerson(ticket.Number, new TicketEdit { Status = "solved", Comment = new NewComment { Body = answer } });
        triage.Sandbox.Rate(ticket.Number, isGood: true);
        await triage.WhenQuietAsync(cancellationToken);
        await services.GetRequiredService<HistoryImport>().RunAsync(
            TriageUnderTest.Helpdesk, new DateTimeOffset(2020, 1, 1, 0, 0, 0, TimeSpan.Zero), new Progress<ImportProgress>(), cancellationToken);
        await services.GetRequiredService<KnowledgeSync>().RunAsync(cancellationToken);
        var decided = await triage.AskAsync<Guid>($"select id from triages where number = '{ticket.Number}'", cancellationToken);
        await services.GetRequiredService<FeedbackLedger>().GiveAsync(decided, isUseful: true, DateTimeOffset.UnixEpoch, cancellationToken);
        await services.GetRequiredService<Judgements>().AddAsync(
            new Judgement
            {
                Id = Guid.CreateVersion7(DateTimeOffset.UnixEpoch),
                TriageId = decided,
                Ticket = new TicketId(TriageUnderTest.Helpdesk, $"{ticket.Number}"),
                Field = JudgedField.Intent,
                Decided = "orders/late",
                Said = "orders/lost",
                Confidence = 1,
                By = Address,
                At = DateTimeOffset.UnixEpoch,
            },
            cancellationToken);
        await services.GetRequiredService<PolicyDesk>().SaveDraftAsync(
            "routing", "lead", $$"""{"rules":[{"name":"for {{Address}} and {{Marker}}"}]}""", 0, 0, cancellationToken);
        await triage.AskAsync<long>(
            $"""
            with failed as (
                update tickets set last_read = to_jsonb('{Marker}'::text) where number = '{ticket.Number}' returning 1
            ), run as (
                insert into job_runs (name, due_at, started_at, ended_at, attempts, process, error)
                values ('planted', now(), now(), now(), 1, 'p', 'The mailbox of {Address} is full.') returning 1
            ), escalated as (
                insert into escalations (id, helpdesk, number, cycle, cause, level, row_name, direction, state, people, reasons, opened_at,
                                         acknowledge_by, matrix_version, service_version)
                select gen_random_uuid(), 'acme', '{ticket.Number}', 'planted ' || level, 'planted', level, 'r', 'functional', 'raised', array['{Address}'],
                       array['{Marker}'], now(), now(), 'm', 's' from generate_series(1, 2) level
                returning id
            ), told as (
                insert into notices (id, escalation_id, occasion, channel, recipient, not_before, created_at, error)
                select gen_random_uuid(), id, 'level', 'mail', '{Address}', now(), now(), '{Marker}' from escalated returning 1
            )
            select count(*) from told
            """, cancellationToken);
    }

    private static async Task<Dictionary<string, IReadOnlyList<string>>> MarkersAsync(
        NpgsqlDataSource database, string id, CancellationToken cancellationToken)
    {
        var found = new Dictionary<string, IReadOnlyList<string>>();
        foreach (var marker in (string[])[Marker, Address, id])
        {
            found[marker] = await MarkerScan.FindAsync(database, marker, cancellationToken);
        }

        return found;
    }
}
