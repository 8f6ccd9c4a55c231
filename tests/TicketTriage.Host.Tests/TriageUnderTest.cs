using System.Net.Http.Json;
using System.Text.Json;
using Microsoft.AspNetCore.Builder;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;
using Npgsql;
using TicketTriage.Helpdesks;
using TicketTriage.Host.Access;
using TicketTriage.Intake;
using TicketTriage.Jobs;
using TicketTriage.Sandbox;
using TicketTriage.Sandbox.Desk;
using TicketTriage.Sandbox.Webhooks;
using TicketTriage.Testing;

namespace TicketTriage.Host.Tests;

/// <summary>
/// The whole service in this process, on a database of its own, beside a sandbox helpdesk that reports to it, all over real HTTP.
/// Disposing it fails the test where the service called what nobody had planned.
/// </summary>
internal sealed class TriageUnderTest : IAsyncDisposable
{
    /// <summary>The helpdesk's name in the configuration.</summary>
    public const string Helpdesk = "acme";

    private static readonly JsonSerializerOptions Strict = new(JsonSerializerDefaults.Web) { RespectRequiredConstructorParameters = true };

    private readonly List<IAsyncDisposable> parts = [];
    private readonly List<House> others = [];
    private readonly List<HttpClient> clients = [];
    private readonly TemporaryFolder folder = new();
    private string database = "";
    private ScriptedModel? model;
    private SandboxHelpdesk? sandbox;
    private House? house;
    private HttpClient? http;
    private HttpClient? agent;

    private TriageUnderTest() { }

    public SandboxHelpdesk Sandbox => sandbox ?? throw NotStarted();

    public ScriptedModel Model => model ?? throw NotStarted();

    public IServiceProvider Services => House.Services;

    /// <summary>Speaks to the service without a key.</summary>
    public HttpClient Http => http ?? throw NotStarted();

    /// <summary>Speaks to the service with an agent's key.</summary>
    public HttpClient Agent => agent ?? throw NotStarted();

    /// <summary>What the service has logged.</summary>
    public KeptLog Log { get; } = new();

    private House House => house ?? throw NotStarted();

    public static async Task<TriageUnderTest> StartAsync(CancellationToken cancellationToken, TriageSetUp? setUp = null)
    {
        var triage = new TriageUnderTest();
        try
        {
            await triage.OpenAsync(setUp ?? new TriageSetUp(), cancellationToken);
            return triage;
        }
        catch
        {
            await triage.DisposeAsync();
            throw;
        }
    }

    /// <summary>Starts another process' worth of the service, on the same database and beside the same helpdesk.</summary>
    /// <returns>Speaks to it without a key.</returns>
    public Task<HttpClient> StartAnotherAsync(Role role, CancellationToken cancellationToken) =>
        StartAnotherAsync(new TriageSetUp { Role = role }, cancellationToken);

    public async Task<HttpClient> StartAnotherAsync(TriageSetUp setUp, CancellationToken cancellationToken)
    {
        var another = Keep(await House.OpenAsync(Configure(database, Sandbox, setUp), setUp.Role, cancellationToken));
        await another.StartAsync(cancellationToken);
        others.Add(another);
        var client = new HttpClient { BaseAddress = another.Address };
        clients.Add(client);
        return client;
    }

    /// <summary>Ends the service and starts it on another database, beside the same helpdesk.</summary>
    public async Task MoveAsync(string toDatabase, CancellationToken cancellationToken)
    {
        await House.StopAsync(cancellationToken);
        database = toDatabase;
        await OpenHouseAsync(Sandbox, new TriageSetUp(), cancellationToken);
    }

    /// <summary>The API key that has this role.</summary>
    public static string KeyOf(string role) => $"key-of-the-test-for-{role}";

    /// <summary>Waits until every webhook is delivered and no ticket is due, now or later; then nothing more happens by itself.</summary>
    public async Task WhenQuietAsync(CancellationToken cancellationToken)
    {
        var queue = Services.GetRequiredService<NpgsqlDataSource>();
        await Eventually.GetAsync(IsQuietAsync, quiet => quiet, cancellationToken);

        async Task<bool> IsQuietAsync()
        {
            var changes = Sandbox.Journal.Changes.Count;
            if (Sandbox.WebhooksUnderWay > 0)
            {
                return false;
            }

            await using var command = queue.CreateCommand("select count(*) = 0 from tickets where next_at is not null");
            return await command.ExecuteScalarAsync(cancellationToken) is true && Sandbox.Journal.Changes.Count == changes;
        }
    }

    /// <summary>Adds a ticket, and waits until nothing more happens.</summary>
    public async Task<SandboxTicket> TriageAsync(NewTicket ticket, CancellationToken cancellationToken)
    {
        var number = Sandbox.AddTicket(ticket).Number;
        await WhenQuietAsync(cancellationToken);
        return Sandbox.GetTicket(number);
    }

    /// <summary>Adds a ticket of which no webhook tells.</summary>
    public SandboxTicket AddUnheard(NewTicket ticket, Action<SandboxTicket>? andThen = null)
    {
        var plan = Sandbox.Webhooks;
        Sandbox.Webhooks = plan with { IsOn = false };
        var added = Sandbox.AddTicket(ticket);
        andThen?.Invoke(added);
        Sandbox.Webhooks = plan;
        return Sandbox.GetTicket(added.Number);
    }

    /// <summary>The record of a ticket that was heard of.</summary>
    public async Task<TicketAnswer> GetRecordAsync(long number, CancellationToken cancellationToken) =>
        await Agent.GetFromJsonAsync<TicketAnswer>($"api/tickets/{Helpdesk}/{number}", Strict, cancellationToken)
            ?? throw new InvalidOperationException($"The record of ticket {number} is null.");

    public Task<TicketAnswer> WaitForRecordAsync(long number, Func<TicketAnswer, bool> isThere, CancellationToken cancellationToken) =>
        Eventually.GetAsync(() => GetRecordAsync(number, cancellationToken), isThere, cancellationToken);

    public async Task<HttpResponseMessage> DeliverAsync(SignedDelivery delivery, CancellationToken cancellationToken)
    {
        using var request = delivery.ToRequest(Helpdesk);
        return await Http.SendAsync(request, cancellationToken);
    }

    /// <summary>Delivers an event of a ticket, which has to be accepted.</summary>
    public async Task TellOfAsync(long number, CancellationToken cancellationToken)
    {
        using var response = await DeliverAsync(SignedDelivery.OfTicket(number), cancellationToken);
        response.EnsureSuccessStatusCode();
    }

    /// <summary>Runs a statement and returns its first value.</summary>
    public async Task<T> AskAsync<T>(string sql, CancellationToken cancellationToken)
    {
        await using var command = Services.GetRequiredService<NpgsqlDataSource>().CreateCommand(sql);
        return await command.ExecuteScalarAsync(cancellationToken) is T value
            ? value
            : throw new InvalidOperationException($"No {typeof(T).Name} came of: {sql}");
    }

    public async ValueTask DisposeAsync()
    {
        foreach (var running in house is null ? others : [house, .. others])
        {
            await running.StopAsync(CancellationToken.None);
        }

        clients.ForEach(client => client.Dispose());

        var unplanned = sandbox?.Journal.UnplannedCalls ?? [];
        foreach (var part in Enumerable.Reverse(parts))
        {
            await part.DisposeAsync();
        }

        folder.Dispose();
        foreach (var line in Log.Lines.Where(line => line.Level >= LogLevel.Warning))
        {
            await TestContext.Out.WriteLineAsync($"{line.Level}: {line.Text}");
        }

        Assert.That(unplanned, Is.Empty, "calls that the sandbox doesn't know");
    }

    private async Task OpenAsync(TriageSetUp setUp, CancellationToken cancellationToken)
    {
        // The model's disposal may fail the test, so it comes last.
        if (setUp.AsksModel)
        {
            model = Keep(await ScriptedModel.StartAsync());
        }

        database = setUp.ConnectionString ?? Keep(await TriageDatabase.CreateAsync()).ConnectionString;
        var options = setUp.Sandbox with { TimeProvider = setUp.Clock, SigningSecret = SandboxCredentials.WebhookSecret };
        sandbox = Keep(await SandboxHelpdesk.StartAsync(options, cancellationToken));
        await OpenHouseAsync(sandbox, setUp, cancellationToken);
    }

    private async Task OpenHouseAsync(SandboxHelpdesk helpdesk, TriageSetUp setUp, CancellationToken cancellationToken)
    {
        house = Keep(await House.OpenAsync(Configure(database, helpdesk, setUp), setUp.Role, cancellationToken));
        await house.StartAsync(cancellationToken);
        http = new HttpClient(new SocketsHttpHandler { MaxConnectionsPerServer = 64 }) { BaseAddress = house.Address };
        agent = new HttpClient { BaseAddress = house.Address };
        clients.AddRange([http, agent]);
        agent.DefaultRequestHeaders.Authorization = new("Bearer", KeyOf(Roles.Agent));

        if (setUp.Role != Role.Worker)
        {
            var address = new Uri(house.Address, $"webhooks/{Helpdesk}");
            if (setUp.IsConnected)
            {
                await ConnectAsync(house, address, cancellationToken);
            }
            else
            {
                helpdesk.ConnectWebhook(new SandboxWebhook(address) { Kind = setUp.WebhookKind });
            }

            var own = house.Services.GetRequiredService<OwnUsers>();
            var userId = $"{helpdesk.Integration.Id}";
            await Eventually.TrueAsync(() => own.IsOwn(Helpdesk, userId), cancellationToken);
        }
    }

    /// <summary>Does what <c>connect</c> does, without the fields.</summary>
    private static async Task ConnectAsync(House house, Uri address, CancellationToken cancellationToken)
    {
        var setup = house.Services.GetRequiredService<HelpdeskDirectory>().Find(Helpdesk)?.Setup ?? throw NotStarted();
        var wish = new SetupWish(
            address, SandboxCredentials.WebhookSecret, "triage_", new Dictionary<TriageField, IReadOnlyList<string>>());
        foreach (var step in await setup.PlanAsync(wish, cancellationToken))
        {
            if (!step.Name.StartsWith("field-", StringComparison.Ordinal))
            {
                await setup.CarryOutAsync(step, wish, cancellationToken);
            }
        }
    }

    private WebApplicationBuilder Configure(string connectionString, SandboxHelpdesk helpdesk, TriageSetUp setUp)
    {
        var settings = new Dictionary<string, string?>
        {
            ["ConnectionStrings:TicketTriage"] = connectionString,
            ["Urls"] = "http://127.0.0.1:0",
            [$"Helpdesks:{Helpdesk}:Kind"] = $"{helpdesk.Kind}",
            [$"Helpdesks:{Helpdesk}:BaseUrl"] = $"{helpdesk.Address}",
            [$"Helpdesks:{Helpdesk}:WebhookSecret"] = SandboxCredentials.WebhookSecret,
            ["Journey:FirstRetry"] = "00:00:00.050",
            ["Journey:LookEvery"] = "00:00:00.100",
            // Tests that count changes count those of the triage.
            ["Escalations:Enabled"] = "false",
        };
        if (helpdesk.Kind == SandboxKind.Zendesk)
        {
            settings[$"Helpdesks:{Helpdesk}:ClientId"] = SandboxCredentials.ClientId;
            settings[$"Helpdesks:{Helpdesk}:ClientSecret"] = SandboxCredentials.ClientSecret;
        }
        else
        {
            settings[$"Helpdesks:{Helpdesk}:ApiToken"] = SandboxCredentials.ApiToken;
        }

        foreach (var role in Roles.All)
        {
            settings[$"Access:ApiKeys:{role}:Key"] = KeyOf(role);
            settings[$"Access:ApiKeys:{role}:Role"] = role;
        }

        if (model is not null)
        {
            settings["Model:Provider"] = "OpenAI";
            settings["Model:Endpoint"] = $"{new Uri(model.Address, "v1")}";
            settings["Model:ApiKey"] = "key-of-the-test";
            settings["Model:Deployment"] = "gpt-test";
            settings["Model:Retries"] = "0";
        }

        foreach (var (key, value) in setUp.Settings)
        {
            settings[key] = value;
        }

        var builder = InMemory.CreateBuilder(folder, settings);
        builder.Logging.ClearProviders().AddProvider(Log);
        builder.Services.AddSingleton(setUp.Clock);
        // Recurring jobs would act in between; tests run what they do by hand.
        builder.Services.AddSingleton(new JobSchedule([]));
        return builder;
    }

    private T Keep<T>(T part)
        where T : IAsyncDisposable
    {
        parts.Add(part);
        return part;
    }

    private static InvalidOperationException NotStarted() => new("This part was not asked for, or not started yet.");
}
