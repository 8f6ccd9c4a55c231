using System.Net;
using Microsoft.Extensions.DependencyInjection;
using TicketTriage.Helpdesks;
using TicketTriage.Host.Access;
using TicketTriage.Host.Pages;
using TicketTriage.Host.Tests.Access;
using TicketTriage.Host.Tests.Pages;
using TicketTriage.Insights;

namespace TicketTriage.Host.Tests.Connections;

[CancelAfter(120_000)]
internal sealed class Looking_after_connections
{
    private static readonly Dictionary<string, string?> Two = new()
    {
        ["Helpdesks:acme:Kind"] = "Zendesk",
        ["Helpdesks:acme:BaseUrl"] = "http://127.0.0.1:9",
        ["Helpdesks:acme:Email"] = "triage@acme.example",
        ["Helpdesks:acme:ApiToken"] = "token",
        ["Helpdesks:acme:WebhookSecret"] = "the-secret-of-now",
        ["Helpdesks:shop:Kind"] = "Freshdesk",
        ["Helpdesks:shop:BaseUrl"] = "http://127.0.0.1:9",
        ["Helpdesks:shop:ApiToken"] = "key",
        ["Helpdesks:shop:WebhookSecret"] = "the-secret-of-now",
    };

    [Test]
    public async Task The_way_to_another_secret_is_each_vendors_own(CancellationToken cancellationToken)
    {
        await using var console = await SeededConsole.OpenAsync(3, cancellationToken, Two);
        using var ops = await console.SignedInAsync(Roles.Ops, cancellationToken);

        var page = await ops.GetStringAsync("/connections", cancellationToken);
        var (acme, shop) = (Card(page, "acme"), Card(page, "shop"));
        using var made = await Door.SubmitAsync(ops, "/connections", "/connections/shop/secret", [], cancellationToken);
        using var refused = await Door.SubmitAsync(ops, "/connections", "/connections/acme/secret", [], cancellationToken);
        var shown = Card(await made.Content.ReadAsStringAsync(cancellationToken), "shop");

        using (Assert.EnterMultipleScope())
        {
            Assert.That(acme, Does.Contain("Helpdesks:acme:PreviousWebhookSecret").And.Contain("reset its signing secret")
                .And.Contain("connect acme --address").And.Contain("Helpdesks__acme__WebhookSecret").And.Not.Contain("<form"));
            Assert.That(shop, Does.Contain("Helpdesks:shop:PreviousWebhookSecret").And.Contain("X-TicketTriage-Token").And.Contain("<form"));
            Assert.That(acme + shop, Does.Not.Contain("the-secret-of-now"));
            Assert.That(shown, Does.Match("<code>[0-9a-f]{64}</code>"));
            Assert.That(refused.StatusCode, Is.EqualTo(HttpStatusCode.Conflict));
            Assert.That(await console.Database.AskAsync<long>("select count(*) from audit_entries where action = 'secret.made'"), Is.EqualTo(1));
        }
    }

    [Test]
    public async Task Each_has_a_guide_with_its_own_address_and_body(CancellationToken cancellationToken)
    {
        await using var console = await SeededConsole.OpenAsync(3, cancellationToken, Two);
        using var ops = await console.SignedInAsync(Roles.Ops, cancellationToken);

        var page = await ops.GetStringAsync("/connections", cancellationToken);
        using var request = new HttpRequestMessage(HttpMethod.Get, "/connections");
        request.Headers.AcceptLanguage.ParseAdd("de");
        using var german = await ops.SendAsync(request, cancellationToken);

        using (Assert.EnterMultipleScope())
        {
            Assert.That(
                Card(page, "acme"),
                Does.Contain("/webhooks/acme</code>").And.Contain("{{ticket.updated_at_with_timestamp}}").And.Contain("soft deleted"));
            Assert.That(
                Card(page, "shop"), Does.Contain("/webhooks/shop</code>").And.Contain("{{triggered_event}}").And.Contain("Automations"));
            Assert.That(
                await german.Content.ReadAsStringAsync(cancellationToken),
                Does.Contain("Den Webhook einrichten").And.Contain("Das Geheimnis wechseln"));
        }
    }

    [Test]
    public async Task The_last_failure_stands_there_with_what_to_do_until_something_gets_through(CancellationToken cancellationToken)
    {
        await using var console = await SeededConsole.OpenAsync(3, cancellationToken, Two);
        using var ops = await console.SignedInAsync(Roles.Ops, cancellationToken);
        var failures = console.Services.GetRequiredService<HelpdeskFailures>();
        var refused = new HelpdeskRefusedException("Zendesk refuses the <b>credentials</b> (401).", HttpStatusCode.Unauthorized);
        await failures.KeepAsync("acme", refused, cancellationToken);

        var failing = Card(await ops.GetStringAsync("/connections", cancellationToken), "acme");
        await console.Database.AskAsync<object>(
            "insert into reconciliations (helpdesk, read_until) values ('acme', now() + interval '1 minute')");
        var answering = Card(await ops.GetStringAsync("/connections", cancellationToken), "acme");

        using (Assert.EnterMultipleScope())
        {
            Assert.That(
                failing,
                Does.Contain("Zendesk refuses the &lt;b&gt;credentials&lt;/b&gt; (401).").And.Contain("renew the credentials under Helpdesks:acme"));
            Assert.That(failing, Does.Contain("state bad").And.Not.Contain("It has answered since."));
            Assert.That(answering, Does.Contain("It has answered since.").And.Not.Contain("renew the credentials"));
        }
    }

    [Test]
    public async Task Calls_that_are_left_and_until_when_none_may_go_out_are_told(CancellationToken cancellationToken)
    {
        await using var console = await SeededConsole.OpenAsync(3, cancellationToken, Two);
        await console.Database.AskAsync<object>(
            """
            insert into helpdesk_quotas (helpdesk, kind, calls_per_minute, most, per_second, calls_left, counted_at, closed_until)
            values ('shop', 'account', 400, 100, 0.001, 37, now(), now() + interval '1 hour'),
                   ('shop', 'update', 400, 100, 0.001, 80, now(), now() - interval '1 hour')
            on conflict (helpdesk, kind) do update
            set calls_per_minute = excluded.calls_per_minute, most = excluded.most, per_second = excluded.per_second,
                calls_left = excluded.calls_left, counted_at = excluded.counted_at, closed_until = excluded.closed_until
            """);
        using var ops = await console.SignedInAsync(Roles.Ops, cancellationToken);

        var shop = Card(await ops.GetStringAsync("/connections", cancellationToken), "shop");

        Assert.That(shop, Does.Contain("37 left, 400 a minute").And.Contain("account: the helpdesk has asked for no calls until")
            .And.Not.Contain("update: the helpdesk has asked"));
    }

    [TestCase(HttpStatusCode.Unauthorized, false, ExpectedResult = "credentials")]
    [TestCase(HttpStatusCode.Forbidden, false, ExpectedResult = "rights")]
    [TestCase(HttpStatusCode.NotFound, false, ExpectedResult = "address")]
    [TestCase(HttpStatusCode.NotFound, true, ExpectedResult = "refused")]
    [TestCase(HttpStatusCode.MovedPermanently, false, ExpectedResult = "address")]
    [TestCase(HttpStatusCode.UnprocessableEntity, false, ExpectedResult = "refused")]
    public string? What_kind_of_fault_it_is_follows_from_the_answer(HttpStatusCode status, bool isUnknownRecord) =>
        HelpdeskFailures.KindOf(new HelpdeskRefusedException("No.", status) { IsUnknownRecord = isUnknownRecord });

    [Test]
    public void To_be_asked_to_slow_down_is_no_failure()
    {
        var slow = new HelpdeskAwayException("Slower.", TimeSpan.FromSeconds(9), mayHaveArrived: false) { Status = HttpStatusCode.TooManyRequests };

        using (Assert.EnterMultipleScope())
        {
            Assert.That(HelpdeskFailures.KindOf(slow), Is.Null);
            Assert.That(HelpdeskFailures.KindOf(new InvalidOperationException()), Is.Null);
            Assert.That(HelpdeskFailures.KindOf(new HelpdeskAwayException("Gone.", null, mayHaveArrived: false)), Is.EqualTo("away"));
            Assert.That(Words.Knows("Last failure"), Is.True);
        }
    }

    /// <summary>The part of the page that is about one helpdesk.</summary>
    private static string Card(string page, string helpdesk)
    {
        var from = page.IndexOf($"id=\"{helpdesk}\"", StringComparison.Ordinal);
        return page[from..page.IndexOf("</section>", from, StringComparison.Ordinal)];
    }
}
