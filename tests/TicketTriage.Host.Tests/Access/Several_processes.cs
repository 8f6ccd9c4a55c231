using System.Net;
using Microsoft.AspNetCore.DataProtection;
using Microsoft.Extensions.DependencyInjection;
using TicketTriage.Host.Access;
using TicketTriage.Testing;

namespace TicketTriage.Host.Tests.Access;

/// <summary>Processes for the web on one database, each with a folder of its own, as on several machines.</summary>
[CancelAfter(180_000)]
internal sealed class Several_processes
{
    private const string Admin = "key-of-an-admin-0123456789";

    [Test]
    public async Task Take_each_others_sign_ins_and_forms(CancellationToken cancellationToken)
    {
        await using var database = await TriageDatabase.CreateAsync();
        using TemporaryFolder here = new(), there = new();
        await using var first = await OpenAsync(here, database, cancellationToken);
        await using var second = await OpenAsync(there, database, cancellationToken);
        var cookies = new CookieContainer();
        using var atFirst = Browser(first, cookies);
        using var atSecond = Browser(second, cookies);

        using var signedIn = await Door.SubmitAsync(atFirst, "/sign-in", "/sign-in", [new("key", Admin)], cancellationToken);
        using var read = await atSecond.GetAsync("/access", cancellationToken);
        var form = ShownFormToken(await atFirst.GetStringAsync("/access", cancellationToken));
        using var fields = new FormUrlEncodedContent([new("__RequestVerificationToken", form), new("name", "robot"), new("role", Roles.Agent)]);
        using var made = await atSecond.PostAsync("/access/keys", fields, cancellationToken);

        using (Assert.EnterMultipleScope())
        {
            Assert.That(signedIn.StatusCode, Is.EqualTo(HttpStatusCode.Redirect));
            Assert.That(read.StatusCode, Is.EqualTo(HttpStatusCode.OK));
            Assert.That(made.StatusCode, Is.EqualTo(HttpStatusCode.OK), "a form of the one is taken by the other");
            Assert.That(await database.AskAsync<long>("select count(*) from sign_in_keys"), Is.EqualTo(1));
            Assert.That(Directory.Exists(Path.Combine(here.Path, "sign-in")), Is.False, "nothing of it lies on a disk");
        }
    }

    [Test]
    public async Task Agree_on_one_key_when_they_start_at_once(CancellationToken cancellationToken)
    {
        await using var database = await TriageDatabase.CreateAsync();
        using TemporaryFolder one = new(), two = new(), three = new(), four = new();

        var houses = await Task.WhenAll(new[] { one, two, three, four }.Select(folder => OpenAsync(folder, database, cancellationToken)));
        var shut = houses.Select(house => Protector(house).Protect("hello")).ToList();
        var opened = houses.SelectMany(house => shut.Select(Protector(house).Unprotect)).ToList();
        foreach (var house in houses)
        {
            await house.DisposeAsync();
        }

        Assert.That(opened, Has.Count.EqualTo(16).And.All.EqualTo("hello"));
        Assert.That(await database.AskAsync<long>("select count(*) from sign_in_keys"), Is.EqualTo(1));
    }

    [Test]
    public async Task Keep_the_sign_ins_of_the_version_before_which_has_its_keys_in_a_folder(CancellationToken cancellationToken)
    {
        await using var database = await TriageDatabase.CreateAsync();
        using TemporaryFolder here = new(), there = new();
        var before = VersionBefore(here).Protect("signed in before");

        await using var first = await OpenAsync(here, database, cancellationToken);
        await using var second = await OpenAsync(there, database, cancellationToken);
        var after = Protector(second).Protect("signed in after");

        using (Assert.EnterMultipleScope())
        {
            Assert.That(Protector(first).Unprotect(before), Is.EqualTo("signed in before"));
            Assert.That(Protector(second).Unprotect(before), Is.EqualTo("signed in before"));
            Assert.That(VersionBefore(here).Unprotect(after), Is.EqualTo("signed in after"), "both versions run side by side");
            Assert.That(await database.AskAsync<long>("select count(*) from sign_in_keys"), Is.EqualTo(1));
        }
    }

    [Test]
    public async Task Take_the_folder_over_once_so_that_what_is_deleted_stays_so(CancellationToken cancellationToken)
    {
        await using var database = await TriageDatabase.CreateAsync();
        using var here = new TemporaryFolder();
        var before = VersionBefore(here).Protect("signed in before");
        await using (await OpenAsync(here, database, cancellationToken))
        {
            await database.AskAsync<long>("with gone as (delete from sign_in_keys returning 1) select count(*) from gone");
        }

        await using var again = await OpenAsync(here, database, cancellationToken);

        using (Assert.EnterMultipleScope())
        {
            Assert.That(() => Protector(again).Unprotect(before), Throws.InstanceOf<System.Security.Cryptography.CryptographicException>());
            Assert.That(await database.AskAsync<long>("select count(*) from sign_in_keys"), Is.EqualTo(1), "a new one");
        }
    }

    [Test]
    public async Task Leave_a_file_that_is_no_key_where_it_is(CancellationToken cancellationToken)
    {
        await using var database = await TriageDatabase.CreateAsync();
        using var here = new TemporaryFolder();
        var before = VersionBefore(here).Protect("signed in before");
        await File.WriteAllTextAsync(Path.Combine(here.Path, "sign-in", "key-broken.xml"), "<key", cancellationToken);

        await using var house = await OpenAsync(here, database, cancellationToken);

        Assert.That(Protector(house).Unprotect(before), Is.EqualTo("signed in before"));
        Assert.That(await database.AskAsync<string>("select string_agg(name, ' ') from sign_in_keys"), Does.Not.Contain("broken"));
    }

    [TestCase("delete from api_keys where name = 'robin' returning name", Description = "withdrawn")]
    [TestCase("update api_keys set role = 'agent' where name = 'robin' returning name", Description = "another role")]
    public async Task End_a_session_at_the_next_request_whichever_of_them_took_its_key_away(string ending)
    {
        var cancellationToken = TestContext.CurrentContext.CancellationToken;
        await using var database = await TriageDatabase.CreateAsync();
        using TemporaryFolder here = new(), there = new();
        await using var first = await OpenAsync(here, database, cancellationToken);
        await using var second = await OpenAsync(there, database, cancellationToken);
        var key = await first.Services.GetRequiredService<StoredKeys>().MakeAsync("robin", Roles.Lead, "root", cancellationToken) ?? "";
        using var browser = Browser(second, new CookieContainer());
        using var signedIn = await Door.SubmitAsync(browser, "/sign-in", "/sign-in", [new("key", key)], cancellationToken);
        using var program = Browser(second, new CookieContainer());
        program.DefaultRequestHeaders.Authorization = new("Bearer", key);
        using var read = await browser.GetAsync("/rules", cancellationToken);
        using var fetched = await program.GetAsync("/rules", cancellationToken);

        await database.AskAsync<string>(ending);
        using var gone = await browser.GetAsync("/rules", cancellationToken);
        using var refused = await program.GetAsync("/rules", cancellationToken);

        using (Assert.EnterMultipleScope())
        {
            Assert.That((read.StatusCode, fetched.StatusCode), Is.EqualTo((HttpStatusCode.OK, HttpStatusCode.OK)));
            Assert.That(gone.StatusCode, Is.EqualTo(HttpStatusCode.Redirect));
            Assert.That(gone.Headers.Location?.AbsolutePath, Is.EqualTo("/sign-in"));
            Assert.That(refused.StatusCode, Is.EqualTo(HttpStatusCode.Unauthorized));
        }
    }

    private static async Task<House> OpenAsync(TemporaryFolder folder, TriageDatabase database, CancellationToken cancellationToken)
    {
        var builder = InMemory.CreateBuilder(folder, new Dictionary<string, string?>
        {
            ["ConnectionStrings:TicketTriage"] = database.ConnectionString,
            ["Urls"] = "http://127.0.0.1:0",
            ["Escalations:Enabled"] = "false",
            ["Access:ApiKeys:root:Key"] = Admin,
            ["Access:ApiKeys:root:Role"] = Roles.Admin,
        });
        builder.Services.AddSingleton(new TicketTriage.Jobs.JobSchedule([]));
        var house = await House.OpenAsync(builder, Role.Web, cancellationToken);
        await house.StartAsync(cancellationToken);
        return house;
    }

    private static IDataProtector Protector(House house) => house.Services.GetDataProtector("test");

    private static IDataProtector VersionBefore(TemporaryFolder folder) => DataProtectionProvider.Create(
        Directory.CreateDirectory(Path.Combine(folder.Path, "sign-in")), setup => setup.SetApplicationName("TicketTriage")).CreateProtector("test");

    private static HttpClient Browser(House house, CookieContainer cookies)
    {
        var client = new HttpClient(new SocketsHttpHandler { AllowAutoRedirect = false, CookieContainer = cookies }) { BaseAddress = house.Address };
        client.DefaultRequestHeaders.Accept.ParseAdd("text/html");
        return client;
    }

    private static string ShownFormToken(string page) =>
        WebUtility.HtmlDecode(page.Split("name=\"__RequestVerificationToken\" value=\"")[1].Split('"')[0]);
}
