using System.Net;
using System.Text.Json;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;
using TicketTriage.Host.Access;
using TicketTriage.Host.Tests.Access;
using TicketTriage.Jobs;
using TicketTriage.Testing;

namespace TicketTriage.Host.Tests.Pages;

/// <summary>The whole house with its pages on a database of its own, in which tickets were decided; no helpdesk answers.</summary>
internal sealed class SeededConsole : IAsyncDisposable
{
    /// <summary>Two leads beside the four roles.</summary>
    public const string SecondLead = "lotte";

    private readonly TriageDatabase database;
    private readonly House house;
    private readonly TemporaryFolder folder;

    private readonly KeptLog log;

    private SeededConsole(TriageDatabase database, House house, TemporaryFolder folder, KeptLog log)
    {
        this.log = log;
        this.database = database;
        this.house = house;
        this.folder = folder;
    }

    public IServiceProvider Services => house.Services;

    public TriageDatabase Database => database;

    /// <param name="more">Settings beside the usual ones; none of the helpdesks that they name answers.</param>
    public static async Task<SeededConsole> OpenAsync(
        int tickets, CancellationToken cancellationToken, IEnumerable<KeyValuePair<string, string?>>? more = null)
    {
        var database = await TriageDatabase.CreateAsync();
        await SeedAsync(database, tickets);
        var folder = new TemporaryFolder();
        var settings = new Dictionary<string, string?>
        {
            ["ConnectionStrings:TicketTriage"] = database.ConnectionString,
            ["Urls"] = "http://127.0.0.1:0",
            ["Escalations:Enabled"] = "false",
            [$"Access:ApiKeys:{SecondLead}:Key"] = KeyOf(SecondLead),
            [$"Access:ApiKeys:{SecondLead}:Role"] = Roles.Lead,
        };
        foreach (var role in Roles.All)
        {
            settings[$"Access:ApiKeys:{role}:Key"] = KeyOf(role);
            settings[$"Access:ApiKeys:{role}:Role"] = role;
        }

        foreach (var (key, value) in more ?? [])
        {
            settings[key] = value;
        }

        var builder = InMemory.CreateBuilder(folder, settings);
        var log = new KeptLog();
        builder.Logging.ClearProviders().AddProvider(log);
        builder.Services.AddSingleton(new JobSchedule([]));
        var house = await House.OpenAsync(builder, Role.Web, cancellationToken);
        await house.StartAsync(cancellationToken);
        return new SeededConsole(database, house, folder, log);
    }

    public static string KeyOf(string name) => $"key-of-the-console-test-for-{name}";

    /// <summary>A browser in which nobody has signed in.</summary>
    public HttpClient Browser()
    {
        var client = new HttpClient(new SocketsHttpHandler { AllowAutoRedirect = false }) { BaseAddress = house.Address };
        client.DefaultRequestHeaders.Accept.ParseAdd("text/html");
        return client;
    }

    public async Task<HttpClient> SignedInAsync(string name, CancellationToken cancellationToken)
    {
        var browser = Browser();
        using var answer = await Door.SubmitAsync(browser, "/sign-in", "/sign-in", [new("key", KeyOf(name))], cancellationToken);
        Assert.That(answer.StatusCode, Is.EqualTo(HttpStatusCode.Redirect));
        return browser;
    }

    public IReadOnlyList<Microsoft.AspNetCore.Http.Endpoint> ListEndpoints() =>
        [.. house.Services.GetServices<Microsoft.AspNetCore.Routing.EndpointDataSource>().SelectMany(source => source.Endpoints)];

    public async ValueTask DisposeAsync()
    {
        await house.StopAsync(CancellationToken.None);
        await house.DisposeAsync();
        await database.DisposeAsync();
        folder.Dispose();
        foreach (var line in log.Lines.Where(line => line.Level >= LogLevel.Warning))
        {
            await TestContext.Out.WriteLineAsync($"{line.Level}: {line.Text}");
        }
    }

    /// <summary>Every third is about billing, the others about orders; markup stands wherever a customer may write.</summary>
    private static async Task SeedAsync(TriageDatabase database, int tickets)
    {
        var understanding = JsonSerializer.Serialize(new
        {
            intent = new { value = "INTENT", confidence = 0.9, reasons = (string[])["<b>Because</b>."] },
            nearest = Array.Empty<string>(),
            product = new { value = "unclear", confidence = 0.0, reasons = Array.Empty<string>() },
            sentiment = new { value = "neutral", confidence = 0.8, reasons = Array.Empty<string>() },
            language = new { value = "de", confidence = 0.99, reasons = Array.Empty<string>() },
            summary = "Wants <script>alert(1)</script> back.",
            missing = Array.Empty<string>(),
            signals = Array.Empty<string>(),
            provider = "local",
            modelVersion = "local-2-test",
        });
        await using var command = database.Pool.CreateCommand(
            """
            with seeded as (
                insert into tickets (helpdesk, number, wanted, done, outcome, first_seen_at, changed_at)
                select 'acme', n::text, 1, 1, 'written', now() - n * interval '1 minute', now() from generate_series(1, $1) n
                returning number
            )
            insert into triages (id, helpdesk, number, decided_at, stamp, content_hash, conversation, understanding, priority, route, draft, versions)
            select gen_random_uuid(), 'acme', number, now() - number::int * interval '1 minute', 's', 'h',
                   jsonb_build_object('id', jsonb_build_object('helpdesk', 'acme', 'number', number), 'subject', '<i>Rechnung</i> ' || number,
                       'language', jsonb_build_object('value', 'de', 'confidence', 1, 'reasons', '[]'::jsonb), 'contentHash', 'h',
                       'names', '[]'::jsonb, 'warnings', '[]'::jsonb, 'tags', '[]'::jsonb, 'createdAt', now(), 'messages', jsonb_build_array(jsonb_build_object('isFromCustomer', true, 'isPublic', true,
                           'text', 'Hallo <img src=x onerror=alert(1)> [NAME_1]', 'at', now(), 'attachments', '[]'::jsonb))),
                   replace($2, 'INTENT', case when number::int % 3 = 0 then 'billing/refund' else 'orders/late' end)::jsonb,
                   '{"value":"normal","confidence":1,"reasons":["Usual."]}',
                   jsonb_build_object('group', case when number::int % 3 = 0 then 'Billing' else 'Orders' end, 'rule', 'r', 'reasons', '[]'::jsonb),
                   '{"text":"","language":"de","citations":[],"nextSteps":[]}',
                   '{"product":"1","provider":"local","model":"m","taxonomy":"t","priority":"p","routing":"r"}'
            from seeded
            """);
        command.Parameters.Add(new Npgsql.NpgsqlParameter<int> { TypedValue = tickets });
        command.Parameters.Add(new Npgsql.NpgsqlParameter<string> { TypedValue = understanding });
        await command.ExecuteNonQueryAsync();
    }
}
