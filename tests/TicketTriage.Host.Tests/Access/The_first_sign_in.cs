using System.Net;
using System.Text.Json.Nodes;
using Microsoft.Extensions.DependencyInjection;
using TicketTriage.Host.Access;
using TicketTriage.Host.Tests.Commands;
using TicketTriage.Testing;

namespace TicketTriage.Host.Tests.Access;

[CancelAfter(180_000)]
internal sealed class The_first_sign_in
{
    private const string Words = "/sign-in/";
    private const string NobodyCan = "Nobody can sign in";

    [Test]
    public async Task Is_by_a_link_on_the_terminal_that_opens_once_and_is_not_printed_again(CancellationToken cancellationToken)
    {
        using var folder = new TemporaryFolder();
        await using var database = await TriageDatabase.CreateAsync();
        var settings = SettingsOf.Database(database.ConnectionString);
        HostRun run;
        HttpStatusCode opened, again, access;
        await using (var service = HostProcess.Start(folder, settings, "serve", "--role", "web"))
        {
            var address = new Uri(await service.WaitForLineAsync("Now listening on: ", cancellationToken));
            var link = Words + await service.WaitForLineAsync(Words, cancellationToken);
            using var first = Browser(address);
            using var second = Browser(address);
            opened = await StatusAsync(first, link, cancellationToken);
            again = await StatusAsync(second, link, cancellationToken);
            access = await StatusAsync(first, "/access", cancellationToken);
            run = await service.StopAsync(cancellationToken);
        }

        await using var later = HostProcess.Start(folder, settings, "serve", "--role", "web");
        await later.WaitForLineAsync(NobodyCan, cancellationToken);
        var laterRun = await later.StopAsync(cancellationToken);

        using (Assert.EnterMultipleScope())
        {
            Assert.That(run.Output, Does.Contain("once, within an hour"));
            Assert.That((opened, again, access), Is.EqualTo((HttpStatusCode.Redirect, HttpStatusCode.Unauthorized, HttpStatusCode.OK)));
            Assert.That(laterRun.Output, Does.Not.Contain(Words));
            Assert.That(
                await database.AskAsync<string>("select subject from audit_entries where action = 'person.signed-in'"), Is.EqualTo("role admin"));
        }
    }

    [Test]
    public async Task Is_a_line_of_json_among_others_where_a_program_reads_the_logs(CancellationToken cancellationToken)
    {
        using var folder = new TemporaryFolder();
        await using var database = await TriageDatabase.CreateAsync();
        var settings = SettingsOf.Database(database.ConnectionString).With("Logging__Console__FormatterName", "json");
        await using var service = HostProcess.Start(folder, settings, "serve", "--role", "web");
        var address = new Uri((await service.WaitForLineAsync("Now listening on: ", cancellationToken)).Split('"')[0]);
        var rest = await service.WaitForLineAsync(Words, cancellationToken);
        using var browser = Browser(address);
        var opened = await StatusAsync(browser, Words + rest.Split(' ')[0], cancellationToken);
        var run = await service.StopAsync(cancellationToken);

        var lines = run.Output.Split('\n').Select(line => JsonNode.Parse(line) as JsonObject).ToList();
        var told = lines.Where(line => $"{line?["Message"]}".Contains(Words, StringComparison.Ordinal)).ToList();
        using (Assert.EnterMultipleScope())
        {
            Assert.That(opened, Is.EqualTo(HttpStatusCode.Redirect));
            Assert.That(lines, Has.Count.GreaterThan(1).And.All.Not.Null);
            Assert.That(told.Select(line => $"{line?["Category"]}"), Is.EqualTo((string[])[typeof(FirstSignIn).FullName ?? ""]));
            Assert.That(told.Single()?.Select(part => part.Key), Is.SubsetOf(lines[0]?.Select(part => part.Key) ?? []));
            Assert.That($"{told.Single()?["Message"]}", Does.Contain("once, within an hour"));
        }
    }

    [TestCase("Access:ApiKeys:lea:Key=key-of-lea-0123456789", "Access:ApiKeys:lea:Role=lead")]
    [TestCase(
        "Access:OpenIdConnect:Authority=https://login.example", "Access:OpenIdConnect:ClientId=t", "Access:OpenIdConnect:ClientSecret=s",
        "Access:OpenIdConnect:Roles:admin=admins")]
    [TestCase(
        "Access:Proxy:Header=X-Token", "Access:Proxy:Secret=a-secret-of-more-than-thirty-two-characters", "Access:Proxy:Audience=t",
        "Access:Proxy:Roles:admin=admins")]
    [TestCase("stored")]
    public async Task Needs_no_link_where_there_is_another_way_in(params string[] settings)
    {
        var cancellationToken = TestContext.CurrentContext.CancellationToken;
        using var folder = new TemporaryFolder();
        await using var database = await TriageDatabase.CreateAsync();
        if (settings is ["stored"])
        {
            await database.AskAsync<string>("insert into api_keys (name, role, hash, made_by) values ('lea', 'lead', '\\x00', 'root') returning name");
        }

        await using var house = await OpenAsync(folder, database, settings.Where(setting => setting.Contains('=', StringComparison.Ordinal)), cancellationToken);

        Assert.That(await WordsAsync(house, cancellationToken), Is.Null);
    }

    [TestCase("http://[::]:8080", "http://localhost:8080/sign-in/")]
    [TestCase("http://0.0.0.0:8080", "http://localhost:8080/sign-in/")]
    [TestCase("https://triage.acme.example", "https://triage.acme.example/sign-in/")]
    public async Task Names_an_address_that_a_browser_can_open(string address, string expected)
    {
        using var folder = new TemporaryFolder();
        await using var database = await TriageDatabase.CreateAsync();
        await using var house = await OpenAsync(folder, database, [], CancellationToken.None);

        var words = await house.Services.GetRequiredService<FirstSignIn>().FindWordsAsync(new Uri(address), CancellationToken.None);

        Assert.That(words, Does.Contain(expected));
    }

    private static Task<string?> WordsAsync(House house, CancellationToken cancellationToken) =>
        house.Services.GetRequiredService<FirstSignIn>().FindWordsAsync(new Uri("http://127.0.0.1:1"), cancellationToken);

    private static Task<House> OpenAsync(
        TemporaryFolder folder, TriageDatabase database, IEnumerable<string> settings, CancellationToken cancellationToken)
    {
        var all = new Dictionary<string, string?> { ["ConnectionStrings:TicketTriage"] = database.ConnectionString };
        foreach (var setting in settings.Select(setting => setting.Split('=', 2)))
        {
            all[setting[0]] = setting[1];
        }

        return House.OpenAsync(InMemory.CreateBuilder(folder, all), Role.Web, cancellationToken);
    }

    private static HttpClient Browser(Uri address)
    {
        var client = new HttpClient(new SocketsHttpHandler { AllowAutoRedirect = false }) { BaseAddress = address };
        client.DefaultRequestHeaders.Accept.ParseAdd("text/html");
        return client;
    }

    private static async Task<HttpStatusCode> StatusAsync(HttpClient client, string path, CancellationToken cancellationToken)
    {
        using var answer = await client.GetAsync(path, cancellationToken);
        return answer.StatusCode;
    }
}
