using System.Text.Json.Nodes;
using TicketTriage.Host.Access;
using TicketTriage.Host.Tests.Access;
using TicketTriage.Host.Tests.Commands;
using TicketTriage.Host.Tests.Pages;
using TicketTriage.Sandbox;
using TicketTriage.Testing;

namespace TicketTriage.Host.Tests.Forgetting;

[CancelAfter(180_000)]
internal sealed class Erasing_by_command
{
    private const string Decide =
        """
        with ticket as (
            insert into tickets (helpdesk, number, wanted, done, outcome)
            select 'acme', n::text, 1, 1, 'written' from generate_series(1, 3) n returning number
        ), decided as (
            insert into triages (id, helpdesk, number, decided_at, stamp, content_hash, conversation, understanding, priority, route, draft,
                                 versions, requester_id)
            select gen_random_uuid(), 'acme', number, now(), 's', 'h', '{}', '{}', '{}', '{}', '{}', '{}', case number when '3' then 'r2' else 'r1' end
            from ticket returning 1)
        select count(*) from decided
        """;

    [Test]
    public async Task A_certificate_is_written_that_the_audit_knows(CancellationToken cancellationToken)
    {
        using var folder = new TemporaryFolder();
        await using var database = await TriageDatabase.CreateAsync();
        await using var sandbox = await SandboxHelpdesk.StartAsync(new SandboxOptions(), cancellationToken);
        await database.AskAsync<long>(Decide);
        var settings = SettingsOf.Helpdesk(sandbox.Address).With("ConnectionStrings__TicketTriage", database.ConnectionString);
        var file = Path.Combine(folder.Path, "erased.json");

        var run = await HostProcess.RunAsync(
            folder, settings, cancellationToken, "erase", "--helpdesk", "acme", "--requester", "r1", "--certificate", file);
        var nobody = await HostProcess.RunAsync(folder, settings, cancellationToken, "erase", "--helpdesk", "acme");
        var staff = await HostProcess.RunAsync(folder, settings, cancellationToken, "erase", "--staff", "Zoë");
        var both = await HostProcess.RunAsync(folder, settings, cancellationToken, "erase", "--staff", "Zoë", "--requester", "r1");
        var unknown = await HostProcess.RunAsync(
            folder, settings, cancellationToken, "erase", "--helpdesk", "acme", "--requester", "nobody@customer.example");
        var text = await File.ReadAllTextAsync(file, cancellationToken);
        var certificate = JsonNode.Parse(text);
        var genuine = await HostProcess.RunAsync(folder, settings, cancellationToken, "audit", "certificate", file);
        await File.WriteAllTextAsync(file, text.Replace("\"tickets\": 2", "\"tickets\": 1", StringComparison.Ordinal), cancellationToken);
        var changed = await HostProcess.RunAsync(folder, settings, cancellationToken, "audit", "certificate", file);

        using (Assert.EnterMultipleScope())
        {
            Assert.That(run.ExitCode, Is.Zero, $"{run}");
            Assert.That(run.Output, Does.StartWith("2 tickets, in all "));
            Assert.That((nobody.ExitCode, unknown.ExitCode), Is.EqualTo((2, 1)), $"{nobody} {unknown}");
            Assert.That((staff.ExitCode, both.ExitCode), Is.EqualTo((0, 2)), $"{staff} {both}");
            Assert.That($"{certificate?["tickets"]}", Is.EqualTo("2"));
            Assert.That(genuine.ExitCode, Is.Zero, $"{genuine}");
            Assert.That(genuine.Output, Does.StartWith("The certificate is as it was given: the audit of acme has it at "));
            Assert.That((changed.ExitCode, changed.Output), Is.EqualTo((1, "The certificate was changed: its hash is not that of what it says.")));
            Assert.That(await database.AskAsync<string>("select string_agg(number, ' ') from triages"), Is.EqualTo("3"));
            Assert.That(
                await database.AskAsync<string>("select subject from audit_entries where action = 'person.erased' and helpdesk = 'acme'"),
                Is.EqualTo($"certificate {certificate?["hash"]}"));
        }
    }

    [Test]
    public async Task The_page_asks_for_a_person_and_whether_one_is_sure(CancellationToken cancellationToken)
    {
        await using var console = await SeededConsole.OpenAsync(3, cancellationToken);
        using var browser = await console.SignedInAsync(Roles.Admin, cancellationToken);

        using var nobody = await Door.SubmitAsync(browser, "/erasure", "/erasure", [new("helpdesk", "acme"), new("sure", "yes")], cancellationToken);
        using var unsure = await Door.SubmitAsync(
            browser, "/erasure", "/erasure", [new("helpdesk", "acme"), new("tickets", "3")], cancellationToken);
        using var unknown = await Door.SubmitAsync(
            browser, "/erasure", "/erasure", [new("helpdesk", "elsewhere"), new("tickets", "3"), new("sure", "yes")], cancellationToken);

        using (Assert.EnterMultipleScope())
        {
            Assert.That(await nobody.Content.ReadAsStringAsync(cancellationToken), Does.Contain("Say whom to erase"));
            Assert.That(await unsure.Content.ReadAsStringAsync(cancellationToken), Does.Contain("Nothing was erased"));
            Assert.That(await unknown.Content.ReadAsStringAsync(cancellationToken), Does.Contain("No helpdesk of the name elsewhere"));
            Assert.That(
                ((int)nobody.StatusCode, (int)unsure.StatusCode, (int)unknown.StatusCode), Is.EqualTo((400, 400, 400)));
            Assert.That(await console.Database.AskAsync<long>("select count(*) from triages"), Is.EqualTo(3));
        }
    }
}
