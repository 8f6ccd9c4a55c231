using System.Security.Cryptography;
using Microsoft.AspNetCore.DataProtection;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Options;
using TicketTriage.Storage;
using TicketTriage.Testing;

namespace TicketTriage.Host.Tests.Access;

[CancelAfter(120_000)]
internal sealed class Keeping_secrets
{
    [Test]
    public async Task With_a_key_file_neither_the_database_nor_the_disk_has_them_in_the_clear(CancellationToken cancellationToken)
    {
        using var folder = new TemporaryFolder();
        await using var database = await TriageDatabase.CreateAsync();
        var key = await KeyFileAsync(folder, cancellationToken);
        byte[] made;
        string shielded;
        await using (var house = await OpenAsync(folder, database, key, cancellationToken))
        {
            made = await house.Services.GetRequiredService<SigningKeys>().FindAsync("acknowledge", cancellationToken);
            shielded = house.Services.GetDataProtector("test").Protect("hello");
        }

        var stored = await database.AskAsync<byte[]>("select key from signing_keys where name = 'acknowledge'");
        var cookies = await database.AskAsync<string>("select string_agg(convert_from(key, 'UTF8'), ' ') from sign_in_keys");
        await using var another = await OpenAsync(folder, database, key, cancellationToken);

        using (Assert.EnterMultipleScope())
        {
            Assert.That(stored, Is.Not.EqualTo(made).And.Property("Length").GreaterThan(made.Length));
            Assert.That(cookies, Does.Contain("<sealed").And.Not.Contain("<value>"));
            Assert.That(await another.Services.GetRequiredService<SigningKeys>().FindAsync("acknowledge", cancellationToken), Is.EqualTo(made));
            Assert.That(another.Services.GetDataProtector("test").Unprotect(shielded), Is.EqualTo("hello"));
        }
    }

    [Test]
    public async Task What_was_made_before_stays_good_and_is_encrypted_from_then_on(CancellationToken cancellationToken)
    {
        using var folder = new TemporaryFolder();
        await using var database = await TriageDatabase.CreateAsync();
        var plain = await new SigningKeys(database.Pool, Box(null)).FindAsync("note", cancellationToken);
        var file = await KeyFileAsync(folder, cancellationToken);

        var found = await new SigningKeys(database.Pool, Box(file)).FindAsync("note", cancellationToken);
        var stored = await database.AskAsync<byte[]>("select key from signing_keys") ?? [];

        using (Assert.EnterMultipleScope())
        {
            Assert.That(found, Is.EqualTo(plain));
            Assert.That(SecretBox.IsSealed(stored), Is.True);
            Assert.That(await new SigningKeys(database.Pool, Box(file)).FindAsync("note", cancellationToken), Is.EqualTo(plain));
            Assert.That(
                () => new SigningKeys(database.Pool, Box(null)).FindAsync("note", cancellationToken),
                Throws.InvalidOperationException.With.Message.Contains("Secrets:KeyFile"));
        }
    }

    [Test]
    public async Task Keys_of_cookies_that_were_made_before_stay_good_and_are_encrypted_at_the_next_start(CancellationToken cancellationToken)
    {
        using var folder = new TemporaryFolder();
        await using var database = await TriageDatabase.CreateAsync();
        string shielded;
        await using (var open = await OpenAsync(folder, database, keyFile: null, cancellationToken))
        {
            await open.StartAsync(cancellationToken);
            shielded = open.Services.GetDataProtector("test").Protect("hello");
        }

        var before = await database.AskAsync<string>("select string_agg(convert_from(key, 'UTF8'), ' ') from sign_in_keys");
        await using var shut = await OpenAsync(folder, database, await KeyFileAsync(folder, cancellationToken), cancellationToken);
        await shut.StartAsync(cancellationToken);
        var after = await database.AskAsync<string>("select string_agg(convert_from(key, 'UTF8'), ' ') from sign_in_keys");

        using (Assert.EnterMultipleScope())
        {
            Assert.That(before, Does.Contain("<value>"));
            Assert.That(after, Does.Contain("<sealed").And.Not.Contain("<value>"));
            Assert.That(shut.Services.GetDataProtector("test").Unprotect(shielded), Is.EqualTo("hello"));
            Assert.That(await database.AskAsync<long>("select count(*) from sign_in_keys"), Is.EqualTo(1));
        }
    }

    [Test]
    public async Task A_box_opens_with_its_own_key_for_its_own_purpose_and_unchanged(CancellationToken cancellationToken)
    {
        using var folder = new TemporaryFolder();
        var box = Box(await KeyFileAsync(folder, cancellationToken));
        var other = Box(await KeyFileAsync(folder, cancellationToken));
        var secret = RandomNumberGenerator.GetBytes(32);

        var shut = box.Seal(secret, "note");
        var changed = shut.ToArray();
        changed[^1] ^= 1;

        using (Assert.EnterMultipleScope())
        {
            Assert.That(box.Open(shut, "note"), Is.EqualTo(secret));
            Assert.That(box.Seal(secret, "note"), Is.Not.EqualTo(shut), "two boxes of one secret don't look alike");
            Assert.That(() => box.Open(shut, "acknowledge"), Throws.InvalidOperationException);
            Assert.That(() => box.Open(changed, "note"), Throws.InvalidOperationException);
            Assert.That(() => other.Open(shut, "note"), Throws.InvalidOperationException.With.Message.Contains("another key"));
        }
    }

    [TestCase("")]
    [TestCase("c2hvcnQ=")]
    [TestCase("no Base64 at all")]
    public async Task A_file_that_is_no_key_stops_the_start_and_is_not_repeated(string content, CancellationToken cancellationToken)
    {
        using var folder = new TemporaryFolder();
        await using var database = await TriageDatabase.CreateAsync();
        var file = Path.Combine(folder.Path, "secrets.key");
        await File.WriteAllTextAsync(file, content, cancellationToken);

        var refusal = await Assert.ThrowsAsync<OptionsValidationException>(() => OpenAsync(folder, database, file, cancellationToken));

        Assert.That(refusal?.Message, Does.Contain("Secrets:KeyFile").And.Contain("openssl rand"));
        Assert.That(content.Length == 0 || refusal?.Message.Contains(content, StringComparison.Ordinal) == false);
    }

    private static Task<House> OpenAsync(TemporaryFolder folder, TriageDatabase database, string? keyFile, CancellationToken cancellationToken) =>
        House.OpenAsync(
            InMemory.CreateBuilder(folder, new Dictionary<string, string?>
            {
                ["ConnectionStrings:TicketTriage"] = database.ConnectionString,
                ["Urls"] = "http://127.0.0.1:0",
                ["Secrets:KeyFile"] = keyFile,
            }),
            Role.Web,
            cancellationToken);

    private static SecretBox Box(string? file) => new(Options.Create(new SecretsOptions { KeyFile = file }));

    private static async Task<string> KeyFileAsync(TemporaryFolder folder, CancellationToken cancellationToken)
    {
        var file = Path.Combine(folder.Path, $"{Convert.ToHexString(RandomNumberGenerator.GetBytes(4))}.key");
        await File.WriteAllTextAsync(file, Convert.ToBase64String(RandomNumberGenerator.GetBytes(32)) + "\n", cancellationToken);
        return file;
    }
}
