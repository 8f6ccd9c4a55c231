using TicketTriage.Audits;
using TicketTriage.Forgetting;
using TicketTriage.Testing;

namespace TicketTriage.Tests.Forgetting;

[CancelAfter(60_000)]
public sealed class CertificateCheckTests
{
    private static readonly ErasureCertificate Given = new(
        Guid.Parse("0199c0de-0000-7000-8000-000000000001"), "acme",
        new DateTimeOffset(2026, 11, 22, 14, 3, 7, 123, TimeSpan.Zero).AddTicks(4567), "ada", Tickets: 2, new Dictionary<string, long> { ["triages"] = 3, ["deliveries"] = 5 });

    [Test]
    public async Task One_that_the_audit_has_is_genuine_until_a_character_is_changed(CancellationToken cancellationToken)
    {
        await using var database = await TriageDatabase.CreateAsync();
        var audit = new AuditLedger(database.Pool);
        var check = new CertificateCheck(audit);
        await audit.AddAsync("acme", AuditActions.PersonErased, "ada", CertificateCheck.Subject(Given.Hash), "{}", cancellationToken);

        var genuine = await check.RunAsync(Given.ToJson(), cancellationToken);
        var changes = new Dictionary<string, string>
        {
            ["\"acme\""] = "\"acne\"", ["ada"] = "eve", ["\"tickets\": 2"] = "\"tickets\": 3", ["\"deliveries\": 5"] = "\"deliveries\": 4",
        };
        var changed = new List<bool>();
        foreach (var (from, to) in changes)
        {
            changed.Add((await check.RunAsync(Given.ToJson().Replace(from, to, StringComparison.Ordinal), cancellationToken)).IsGenuine);
        }

        using (Assert.EnterMultipleScope())
        {
            Assert.That(genuine.IsGenuine, Is.True, genuine.Text);
            Assert.That(changed, Is.All.False);
        }
    }

    [Test]
    public async Task One_that_the_audit_does_not_have_is_not(CancellationToken cancellationToken)
    {
        await using var database = await TriageDatabase.CreateAsync();

        var finding = await new CertificateCheck(new AuditLedger(database.Pool)).RunAsync(Given.ToJson(), cancellationToken);

        Assert.That((finding.IsGenuine, finding.Text), Is.EqualTo((false,
            "The audit of acme doesn't know this certificate: it was made elsewhere, or its line is older than Retention:Audit.")));
    }

    [TestCase("")]
    [TestCase("[]")]
    [TestCase("{}")]
    [TestCase("""{"hash": 1}""")]
    [TestCase("""{"hash": "x"}""")]
    [TestCase("""{"hash": "x", "id": "no"}""")]
    public async Task What_is_no_certificate_is_said_to_be_none(string text)
    {
        await using var database = await TriageDatabase.CreateAsync();
        var check = new CertificateCheck(new AuditLedger(database.Pool));

        Assert.That(
            () => check.RunAsync(text, CancellationToken.None),
            Throws.ArgumentException.With.Message.StartsWith("This is no certificate of an erasure"));
    }
}
