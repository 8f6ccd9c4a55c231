namespace TicketTriage.Helpdesks.Tests.Zendesk;

[CancelAfter(30_000)]
public class Finding_an_applied_change
{
    private const string Audits = "GET /api/v2/tickets/42/audits";

    /// <summary>Made at 10:00 on 25 November 2026, when the clock of these tests stands.</summary>
    private static readonly Guid Triage = Guid.CreateVersion7(new DateTimeOffset(2026, 11, 25, 10, 0, 0, TimeSpan.Zero));

    [Test]
    public async Task It_is_known_by_the_metadata_it_carried()
    {
        await using var connected = await ConnectedZendesk.StartAsync();
        connected.Zendesk.Plan(Audits, Page(Audit(3, "10:02", "{}"), Audit(2, "10:01", Mark(Triage)), Audit(1, "09:00", "null")));

        var receipt = await connected.Helpdesk.FindAppliedAsync("42", Triage, Patience());

        using (Assert.EnterMultipleScope())
        {
            Assert.That(receipt, Is.EqualTo(new ChangeReceipt("2026-11-25T10:01:00Z", "2")));
            Assert.That(connected.Zendesk.Calls[0].Query["sort"], Is.EqualTo("-created_at"));
        }
    }

    [Test]
    public async Task It_is_known_by_the_id_in_its_note_where_the_metadata_is_gone()
    {
        await using var connected = await ConnectedZendesk.StartAsync();
        var note = $$"""
            [{"type":"Change","value":"open"},
            {"type":"Comment","public":false,"html_body":"<p>\ud800 Summary</p><small>{{Triage:N}}</small>"}]
            """;
        connected.Zendesk.Plan(Audits,
            Page(Audit(3, "10:02", "{}"), Audit(2, "10:01", """{"custom":[]}""", note), Audit(1, "09:00", "{}")));

        var receipt = await connected.Helpdesk.FindAppliedAsync("42", Triage, Patience());

        Assert.That(receipt, Is.EqualTo(new ChangeReceipt("2026-11-25T10:01:00Z", "2")));
    }

    [Test]
    public async Task A_note_that_quotes_it_later_is_not_taken_for_it()
    {
        await using var connected = await ConnectedZendesk.StartAsync();
        var quotation = $$"""[{"type":"Comment","public":false,"body":"See {{Triage:N}}"}]""";
        connected.Zendesk.Plan(Audits, Page(Audit(3, "10:02", "{}", quotation), Audit(2, "10:01", Mark(Triage))));

        var receipt = await connected.Helpdesk.FindAppliedAsync("42", Triage, Patience());

        Assert.That(receipt?.AuditId, Is.EqualTo("2"));
    }

    [Test]
    public async Task A_customer_who_writes_the_id_proves_nothing()
    {
        await using var connected = await ConnectedZendesk.StartAsync();
        var message = $$"""[{"type":"Comment","public":true,"body":"{{Triage:N}}"}]""";
        connected.Zendesk.Plan(Audits, Page(Audit(3, "10:02", "{}", message)));

        Assert.That(await connected.Helpdesk.FindAppliedAsync("42", Triage, Patience()), Is.Null);
    }

    [TestCase("""{"custom":{"ticket_triage":"text"}}""")]
    [TestCase("""{"custom":{"ticket_triage":{"triage":5}}}""")]
    [TestCase("""{"custom":{"ticket_triage":{"triage":"another"}}}""")]
    [TestCase("""{"custom":null}""")]
    [TestCase("""[]""")]
    public async Task Metadata_of_any_other_shape_is_somebody_elses(string metadata)
    {
        await using var connected = await ConnectedZendesk.StartAsync();
        connected.Zendesk.Plan(Audits, Page(Audit(3, "10:02", metadata, """{"not":"a list"}""")));

        Assert.That(await connected.Helpdesk.FindAppliedAsync("42", Triage, Patience()), Is.Null);
    }

    [Test]
    public async Task The_search_goes_back_to_the_time_of_the_triage_and_no_further()
    {
        await using var connected = await ConnectedZendesk.StartAsync();
        connected.Zendesk.Plan(Audits,
            Page(hasMore: true, Audit(9, "10:30", "{}"), Audit(8, "10:20", "{}")),
            Page(hasMore: true, Audit(7, "10:10", "{}"), Audit(6, "08:00", "{}")));

        var receipt = await connected.Helpdesk.FindAppliedAsync("42", Triage, Patience());

        using (Assert.EnterMultipleScope())
        {
            Assert.That(receipt, Is.Null);
            Assert.That(connected.Zendesk.Calls, Has.Count.EqualTo(2));
        }
    }

    [Test]
    public async Task Where_the_oldest_come_first_every_page_is_searched()
    {
        await using var connected = await ConnectedZendesk.StartAsync();
        connected.Zendesk.Plan(Audits,
            Page(hasMore: true, Audit(1, "07:00", "{}"), Audit(2, "08:00", "{}")),
            Page(Audit(3, "10:01", Mark(Triage))));

        var receipt = await connected.Helpdesk.FindAppliedAsync("42", Triage, Patience());

        Assert.That(receipt?.AuditId, Is.EqualTo("3"));
    }

    [Test]
    public async Task Audits_that_can_not_be_read_are_no_proof_of_absence()
    {
        await using var connected = await ConnectedZendesk.StartAsync();
        connected.Zendesk.Plan(Audits,
            Reply.Json("""{"audits":null}"""), Reply.Json("""{"error":"RecordNotFound"}""", 404));

        using (Assert.EnterMultipleScope())
        {
            Assert.That(() => connected.Helpdesk.FindAppliedAsync("42", Triage, Patience()), Throws.TypeOf<HelpdeskAwayException>());
            Assert.That(() => connected.Helpdesk.FindAppliedAsync("42", Triage, Patience()), Throws.TypeOf<HelpdeskRefusedException>());
        }
    }

    private static Microsoft.AspNetCore.Http.RequestDelegate Page(params string[] audits) => Page(hasMore: false, audits);

    private static Microsoft.AspNetCore.Http.RequestDelegate Page(bool hasMore, params string[] audits) => Reply.Json(
        $$$"""
        {"audits":[{{{string.Join(',', audits)}}}],
        "meta":{"has_more":{{{(hasMore ? "true" : "false")}}},"after_cursor":"after {{{audits.Length}}}"}}
        """);

    private static string Audit(int id, string time, string metadata, string events = "[]") =>
        $$"""{"id":{{id}},"created_at":"2026-11-25T{{time}}:00Z","metadata":{{metadata}},"events":{{events}}}""";

    private static string Mark(Guid triage) => $$$$"""{"system":{},"custom":{"ticket_triage":{"triage":"{{{{triage}}}}"}}}""";

    private static CancellationToken Patience() => TestContext.CurrentContext.CancellationToken;
}
