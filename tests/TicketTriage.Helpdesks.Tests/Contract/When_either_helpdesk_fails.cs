using System.Net;
using TicketTriage.Sandbox;
using TicketTriage.Sandbox.Faults;

namespace TicketTriage.Helpdesks.Tests.Contract;

[TestFixture(SandboxKind.Zendesk)]
[TestFixture(SandboxKind.Freshdesk)]
[CancelAfter(60_000)]
public class When_either_helpdesk_fails(SandboxKind kind)
{
    private static readonly (FaultKind, int)[] Faults =
    [
        (FaultKind.Status, 500), (FaultKind.Status, 503), (FaultKind.Status, 429), (FaultKind.Html, 502), (FaultKind.Html, 200),
        (FaultKind.NoAnswer, 500), (FaultKind.AnswerLost, 500), (FaultKind.Slow, 500),
    ];

    [Test]
    public async Task Whatever_is_lost_on_the_way_of_a_change_it_ends_there_once(
        [ValueSource(nameof(Faults))] (FaultKind Kind, int Status) fault, [Values("PUT", "POST")] string method)
    {
        await using var desk = await ContractDesk.StartAsync(kind);
        var number = desk.Sandbox.AddTicket("s", "b").Number;
        await desk.Helpdesk.IdentifyAsync(Patience());
        desk.Sandbox.Faults.Add(new FaultRule
        {
            Method = method,
            Path = "/api/v2/tickets/**",
            Kind = fault.Kind,
            Status = fault.Status,
            Times = 1,
            RetryAfter = fault.Status == 429 ? "1" : null,
            Delay = fault.Kind == FaultKind.Slow ? TimeSpan.FromMilliseconds(50) : TimeSpan.Zero,
        });

        var triages = await ApplyAsTheServiceDoesAsync(desk, number);

        var applied = triages.SelectMany(desk.Sandbox.Journal.ListMarked).Where(change => change.CommentId is not null);
        using (Assert.EnterMultipleScope())
        {
            Assert.That(applied.Count(), Is.EqualTo(1), "Notes.");
            Assert.That(desk.Sandbox.GetTicket(number).Priority, Is.EqualTo("high"));
            Assert.That(desk.Sandbox.GetTicket(number).Tags, Is.EqualTo(new[] { "triage_intent_refund" }));
            Assert.That(desk.Sandbox.GetTicket(number).GroupId, Is.EqualTo(desk.Group("Billing")));
        }
    }

    [Test]
    public async Task A_read_is_repeated_over_faults([Values(500, 502, 429)] int status)
    {
        await using var desk = await ContractDesk.StartAsync(kind);
        var number = desk.Sandbox.AddTicket("s", "b").Number;
        desk.Sandbox.Faults.Add(new FaultRule
        {
            Method = "GET", Kind = FaultKind.Status, Status = status, Times = 2, RetryAfter = status == 429 ? "1" : null,
        });

        var ticket = await desk.ReadAsync(number, Patience());

        using (Assert.EnterMultipleScope())
        {
            Assert.That(ticket.Number, Is.EqualTo($"{number}"));
            Assert.That(desk.Sandbox.Journal.Calls.Count(call => call.Fault is not null), Is.EqualTo(2));
        }
    }

    [Test]
    public async Task A_long_wait_is_the_callers()
    {
        await using var desk = await ContractDesk.StartAsync(kind);
        var number = desk.Sandbox.AddTicket("s", "b").Number;
        desk.Sandbox.Faults.Add(new FaultRule { Method = "GET", Kind = FaultKind.Status, Status = 429, RetryAfter = "30" });

        var away = await Assert.ThrowsAsync<HelpdeskAwayException>(() => desk.ReadAsync(number, Patience()));

        using (Assert.EnterMultipleScope())
        {
            Assert.That(away?.RetryAfter, Is.EqualTo(TimeSpan.FromSeconds(30)).Within(TimeSpan.FromSeconds(2)));
            Assert.That(away?.MayHaveArrived, Is.False);
        }
    }

    [Test]
    public async Task A_page_instead_of_an_answer_is_told_apart()
    {
        await using var desk = await ContractDesk.StartAsync(kind);
        var number = desk.Sandbox.AddTicket("s", "b").Number;
        desk.Sandbox.Faults.Add(new FaultRule { Method = "GET", Kind = FaultKind.Html, Status = 200 });

        Assert.That(() => desk.ReadAsync(number, Patience()),
            Throws.TypeOf<HelpdeskAwayException>().With.Message.Contains("it isn't JSON"));
    }

    [Test]
    public async Task Bad_credentials_are_named_with_their_key()
    {
        await using var desk = kind == SandboxKind.Zendesk
            ? await ContractDesk.StartAsync(
                kind, null, ("ClientId", null), ("ClientSecret", null), ("Email", "a@acme.example"), ("ApiToken", "not the key"))
            : await ContractDesk.StartAsync(kind, null, ("ApiToken", "not the key"));

        using (Assert.EnterMultipleScope())
        {
            Assert.That(() => desk.Helpdesk.IdentifyAsync(Patience()), Refused(HttpStatusCode.Unauthorized, "Helpdesks:acme:"));
            Assert.That(() => desk.Helpdesk.FindTicketAsync("1", Patience()), Refused(HttpStatusCode.Unauthorized, "Helpdesks:acme:"));
        }
    }

    [Test]
    public async Task A_wrong_address_is_named_with_its_key()
    {
        await using var real = await ContractDesk.StartAsync(kind);
        await using var desk = await StartElsewhereAsync(
            new Uri(real.Sandbox.Address, ContractDesk.Elsewhere).ToString());

        var failure = await Assert.ThrowsAsync(Is.InstanceOf<Exception>(), () => desk.Helpdesk.IdentifyAsync(Patience()));

        Assert.That(failure?.Message, Does.Contain("BaseUrl"));
    }

    [Test]
    public async Task An_address_where_nobody_is_is_told()
    {
        await using var desk = await StartElsewhereAsync("http://127.0.0.1:1/");

        Assert.That(() => desk.Helpdesk.IdentifyAsync(Patience()),
            Throws.TypeOf<HelpdeskAwayException>().With.Message.EndsWith("nothing accepts the connection."));
    }

    [Test]
    public async Task A_permission_that_was_revoked_is_named_and_has_a_remedy()
    {
        await using var desk = await ContractDesk.StartAsync(kind);
        var number = desk.Sandbox.AddTicket("s", "b").Number;
        await desk.Helpdesk.IdentifyAsync(Patience());
        desk.Sandbox.Faults.Add(new FaultRule { Method = "GET", Path = "/api/v2/tickets/*", Kind = FaultKind.Status, Status = 403 });

        Assert.That(() => desk.ReadAsync(number, Patience()), Refused(HttpStatusCode.Forbidden, "the permission"));
    }

    private static NUnit.Framework.Constraints.ContainsConstraint Refused(HttpStatusCode status, string said) =>
        Throws.TypeOf<HelpdeskRefusedException>().With.Property("Status").EqualTo(status).And.Message.Contains(said);

    private async Task<ContractDesk> StartElsewhereAsync(string address) => await ContractDesk.StartAsync(kind, null, ("BaseUrl", address));

    /// <summary>Applies, and after a lost answer asks whether it is there; if not, reads again and decides again.</summary>
    private static async Task<List<Guid>> ApplyAsTheServiceDoesAsync(ContractDesk desk, long number)
    {
        var triages = new List<Guid>();
        while (true)
        {
            var change = ContractDesk.WithNote(desk.Change(await desk.ReadAsync(number, Patience())));
            change = change with { Tags = [.. change.Tags?.Distinct() ?? []] };
            triages.Add(change.TriageId);
            try
            {
                await desk.Helpdesk.ApplyAsync(change, Patience());
                return triages;
            }
            catch (HelpdeskAwayException away)
            {
                if (away.MayHaveArrived && await desk.Helpdesk.FindAppliedAsync(change.Number, change.TriageId, Patience()) is not null)
                {
                    return triages;
                }

                await Task.Delay(away.RetryAfter ?? TimeSpan.Zero, TimeProvider.System, Patience());
            }
        }
    }

    private static CancellationToken Patience() => TestContext.CurrentContext.CancellationToken;
}
