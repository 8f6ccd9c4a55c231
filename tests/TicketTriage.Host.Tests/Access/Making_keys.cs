using System.Net;
using System.Text.RegularExpressions;
using TicketTriage.Host.Access;
using TicketTriage.Host.Tests.Pages;

namespace TicketTriage.Host.Tests.Access;

[CancelAfter(60_000)]
internal sealed partial class Making_keys
{
    [Test]
    public async Task A_key_is_shown_once_kept_as_a_hash_and_ends_when_it_is_withdrawn(CancellationToken cancellationToken)
    {
        await using var console = await SeededConsole.OpenAsync(1, cancellationToken);
        using var admin = await console.SignedInAsync(Roles.Admin, cancellationToken);

        using var made = await Door.SubmitAsync(
            admin, "/access", "/access/keys", [new("name", "dashboard"), new("role", Roles.Agent)], cancellationToken);
        var key = Key().Match(await made.Content.ReadAsStringAsync(cancellationToken)).Value;
        using var twice = await Door.SubmitAsync(
            admin, "/access", "/access/keys", [new("name", "dashboard"), new("role", Roles.Admin)], cancellationToken);
        var later = await admin.GetStringAsync("/access", cancellationToken);
        using var program = console.Browser();
        program.DefaultRequestHeaders.Authorization = new("Bearer", key);
        using var opened = await program.GetAsync("/api/tickets/acme/1", cancellationToken);
        using var refused = await program.GetAsync("/reports.csv", cancellationToken);
        using var withdrawn = await Door.SubmitAsync(admin, "/access", "/access/keys/dashboard/withdraw", [], cancellationToken);
        using var closed = await program.GetAsync("/api/tickets/acme/1", cancellationToken);

        using (Assert.EnterMultipleScope())
        {
            Assert.That(key, Has.Length.EqualTo(64));
            Assert.That(twice.StatusCode, Is.EqualTo(HttpStatusCode.BadRequest));
            Assert.That(later, Does.Contain("dashboard").And.Not.Contain(key));
            Assert.That(opened.StatusCode, Is.EqualTo(HttpStatusCode.OK));
            Assert.That(refused.StatusCode, Is.EqualTo(HttpStatusCode.Forbidden));
            Assert.That(closed.StatusCode, Is.EqualTo(HttpStatusCode.Unauthorized));
        }
    }

    [GeneratedRegex("(?<=<code>)[0-9a-f]{64}(?=</code>)", RegexOptions.None, matchTimeoutMilliseconds: 1000)]
    private static partial Regex Key();
}
