using Microsoft.Extensions.DependencyInjection.Extensions;
using Microsoft.Extensions.Options;
using TicketTriage.Agents;
using TicketTriage.Audits;
using TicketTriage.Drafting;
using TicketTriage.Drafting.Style;
using TicketTriage.Escalations;
using TicketTriage.Forgetting;
using TicketTriage.Helpdesks;
using TicketTriage.History;
using TicketTriage.Host.Access;
using TicketTriage.Host.Api;
using TicketTriage.Host.Audits;
using TicketTriage.Host.Commands;
using TicketTriage.Host.Connections;
using TicketTriage.Host.Escalations;
using TicketTriage.Host.Feedback;
using TicketTriage.Host.Forgetting;
using TicketTriage.Host.Health;
using TicketTriage.Host.Jobs;
using TicketTriage.Host.Knowledge;
using TicketTriage.Host.Live;
using TicketTriage.Host.Metrics;
using TicketTriage.Host.Pages;
using TicketTriage.Host.Policies;
using TicketTriage.Host.Quality;
using TicketTriage.Host.Skills;
using TicketTriage.Host.Tickets;
using TicketTriage.Host.Today;
using TicketTriage.Host.Webhooks;
using TicketTriage.Insights;
using TicketTriage.Intake;
using TicketTriage.Jobs;
using TicketTriage.Journey;
using TicketTriage.Knowledge;
using TicketTriage.Models;
using TicketTriage.Policies;
using TicketTriage.Prioritisation;
using TicketTriage.Quotas;
using TicketTriage.Reading;
using TicketTriage.Rehearsals;
using TicketTriage.Routing;
using TicketTriage.ServiceLevels;
using TicketTriage.Storage;
using TicketTriage.Triages;
using TicketTriage.Understanding;
using TicketTriage.Understanding.Local;
using TicketTriage.WriteBack;

namespace TicketTriage.Host;

/// <summary>The whole service in one process: rooms in the order of a ticket's way, then the doors.</summary>
internal sealed class House : IAsyncDisposable
{
    private readonly WebApplication app;
    private readonly OwnDatabase? database;

    private House(WebApplication app, OwnDatabase? database)
    {
        this.app = app;
        this.database = database;
    }

    /// <summary>False in a house to look at alone, where a private database would only be made at the start.</summary>
    public bool HasDatabase { get; private init; } = true;

    public IServiceProvider Services => app.Services;

    /// <summary>Where it listens, once started.</summary>
    public Uri Address => new(app.Urls.First());

    /// <summary>Builds it, with its database upgraded; nothing runs yet.</summary>
    public static Task<House> OpenAsync(WebApplicationBuilder builder, Role role, CancellationToken cancellationToken)
    {
        AddConfiguration(builder);
        return OpenConfiguredAsync(builder, role, cancellationToken);
    }

    /// <summary>
    /// The same for a command about what is there. A database that would only be made for it holds nothing, and to say that nothing is
    /// wrong or parked in it would be to speak of the wrong one.
    /// </summary>
    /// <exception cref="InvalidOperationException">No database is named, and none was made here.</exception>
    public static Task<House> OpenWhatIsThereAsync(WebApplicationBuilder builder, Role role, CancellationToken cancellationToken)
    {
        AddConfiguration(builder);
        return OwnDatabase.IsGivenOrMade(builder.Configuration)
            ? OpenConfiguredAsync(builder, role, cancellationToken)
            : throw new InvalidOperationException(
                $"No database is named, and there is none in {DataDirectory.Of(builder.Configuration)}: "
                + "run this where the service's appsettings.json is, with the service's environment.");
    }

    /// <summary>
    /// Builds it as it would be built, to look whether all is well; it is not to be started. The database stays as it is, with the tables
    /// of the version before where those are there, and without any where there are none.
    /// </summary>
    public static async Task<House> OpenToLookAsync(WebApplicationBuilder builder, Role role, CancellationToken cancellationToken)
    {
        AddConfiguration(builder);
        var hasDatabase = OwnDatabase.IsGivenOrMade(builder.Configuration);
        return await BuildAsync(
            builder,
            role,
            looksOnly: true,
            await OwnDatabase.FindWhereNoneIsGivenAsync(builder.Configuration, cancellationToken),
            hasDatabase);
    }

    public async Task StartAsync(CancellationToken cancellationToken)
    {
        await TakePoliciesAsync(cancellationToken);
        await app.StartAsync(cancellationToken);
    }

    /// <summary>
    /// Puts in force what decides in a service that runs: what leads have published, else what is configured. Commands that look at
    /// tickets ask for it too, or they would tell of other rules than those by which tickets are decided.
    /// </summary>
    public async Task TakePoliciesAsync(CancellationToken cancellationToken)
    {
        // Publications first: a configured file may name what only the published taxonomy has.
        await app.Services.GetRequiredService<PublicationWatch>().LookAsync(cancellationToken);
        await app.Services.GetRequiredService<PoliciesInForce>().KeepAsync(cancellationToken);
        await app.Services.GetRequiredService<EscalationPolicies>().KeepAsync(cancellationToken);
        await app.Services.GetRequiredService<StyleGuides>().FindCurrentAsync(cancellationToken);
    }

    public Task WaitForShutdownAsync(CancellationToken cancellationToken) => app.WaitForShutdownAsync(cancellationToken);

    /// <summary>Takes nothing in any more, and returns when what is under way has ended.</summary>
    public Task StopAsync(CancellationToken cancellationToken) => app.StopAsync(cancellationToken);

    /// <summary>Starts, and returns when the process is asked to stop.</summary>
    public async Task RunAsync(CancellationToken cancellationToken)
    {
        await StartAsync(cancellationToken);
        await WaitForShutdownAsync(cancellationToken);
    }

    public async ValueTask DisposeAsync()
    {
        await app.DisposeAsync();
        if (database is not null)
        {
            await database.DisposeAsync();
        }
    }

    private static async Task<House> OpenConfiguredAsync(WebApplicationBuilder builder, Role role, CancellationToken cancellationToken)
    {
        var house = await BuildAsync(
            builder, role, looksOnly: false, await OwnDatabase.StartWhereNoneIsGivenAsync(builder.Configuration, cancellationToken));
        try
        {
            await house.Services.GetRequiredService<SchemaUpgrade>().RunAsync(cancellationToken);
            return house;
        }
        catch
        {
            await house.DisposeAsync();
            throw;
        }
    }

    private static void AddConfiguration(WebApplicationBuilder builder)
    {
        Settings.AddDefaults(builder.Configuration);
        ConfigurationKeys.Check(builder.Configuration);
    }

    private static async Task<House> BuildAsync(
        WebApplicationBuilder builder, Role role, bool looksOnly, OwnDatabase? started, bool hasDatabase = true)
    {
        try
        {
            AddRooms(builder, role, looksOnly);
            AddDoors(builder, role);
            var built = builder.Build();
            built.Services.GetRequiredService<IStartupValidator>().Validate();
            MapDoors(built, role);
            return new House(built, started) { HasDatabase = hasDatabase };
        }
        catch when (started is not null)
        {
            await started.DisposeAsync();
            throw;
        }
    }

    private static void AddRooms(WebApplicationBuilder builder, Role role, bool looksOnly)
    {
        builder.Services.TryAddSingleton(TimeProvider.System);
        builder.AddStorage(onlyReads: looksOnly);
        builder.AddAudits(
            Path.Combine(DataDirectory.Of(builder.Configuration), "audit-heads"), seals: role is Role.All or Role.Worker);
        builder.AddQuotas(alone: looksOnly);
        builder.AddPolicies(keeps: !looksOnly);
        builder.AddHelpdesks();
        builder.AddIntake(takesIn: role is Role.All or Role.Web);
        builder.AddReading();
        builder.AddAttachedFiles(PdfTextCommand.Program);
        builder.AddHistory();
        builder.AddModels();
        builder.AddLocalUnderstanding(
            Path.Combine(DataDirectory.Of(builder.Configuration), "models", "starter"), prepares: role is Role.All or Role.Worker);
        builder.AddUnderstanding();
        builder.AddPrioritisation();
        builder.AddServiceLevels();
        builder.AddAgents();
        builder.AddRouting();
        builder.AddKnowledge();
        builder.AddDrafting();
        builder.AddTriages();
        builder.AddRehearsals(tries: role is Role.All or Role.Web);
        builder.AddWriteBack();
        builder.AddEscalations(works: role is Role.All or Role.Worker);
        builder.AddInsights();
        builder.AddJourney(works: role is Role.All or Role.Worker);
        builder.AddForgetting();
        builder.AddJobs();
    }

    private static void AddDoors(WebApplicationBuilder builder, Role role)
    {
        builder.AddConnectionLimits();
        builder.AddAccess();
        builder.AddJobEngine(runs: role is Role.All or Role.Worker);
        builder.AddMetrics();
        builder.AddPages();
        builder.Services.AddProblemDetails();
        builder.Services.AddSingleton<WebhookDoor>();
        builder.Services.AddSingleton<LiveFeed>();
        builder.Services.AddSingleton<HealthLook>();
        builder.Services.AddSingleton<ErasureDesk>();
        builder.Services.AddSingleton<PolicyPlaces>();
        builder.Services.AddSingleton<PolicyDraftDesk>();
        builder.Services.AddSingleton<GapArticles>();
    }

    private static void MapDoors(WebApplication app, Role role)
    {
        app.UseAccess();
        app.MapHealth();
        app.MapMetrics();
        if (role is Role.Worker)
        {
            return;
        }

        app.MapPost("/webhooks/{helpdesk}", app.Services.GetRequiredService<WebhookDoor>().HandleAsync).AllowAnonymous();
        app.MapGet("/api/tickets/{helpdesk}/{id}", TicketApi.GetAsync).RequireAuthorization(Roles.Agent);
        app.MapPost("/api/tickets/{helpdesk}/{id}/replay", TicketApi.ReplayAsync).RequireAuthorization(Roles.Ops)
            .RequireRateLimiting(Paces.Replay);
        app.MapEscalations();
        app.MapEscalationPages();
        app.MapFeedback();
        app.MapJobPages();
        app.MapTodayPages();
        app.MapTicketPages();
        app.MapPolicyPages();
        app.MapSkillPages();
        app.MapRosterPages();
        app.MapKnowledgePages();
        app.MapQualityPages();
        app.MapReportPages();
        app.MapConnectionPages();
        app.MapKeyPages();
        app.MapAuditPages();
        app.MapErasurePages();
    }
}
