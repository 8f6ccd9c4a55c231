using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using TicketTriage.Sandbox.Desk;
using TicketTriage.Sandbox.Doors;
using TicketTriage.Sandbox.Faults;
using TicketTriage.Sandbox.Freshdesk;
using TicketTriage.Sandbox.Journal;
using TicketTriage.Sandbox.Page;
using TicketTriage.Sandbox.Persons;
using TicketTriage.Sandbox.Samples;
using TicketTriage.Sandbox.Webhooks;
using TicketTriage.Sandbox.Zendesk;

namespace TicketTriage.Sandbox;

/// <summary>
/// A helpdesk that speaks Zendesk's or Freshdesk's dialect and remembers: over real HTTP in this process, everything in memory. What is
/// done to it from here (<see cref="AddTicket(NewTicket)"/>, <see cref="EditAsPerson"/>) is done as a customer or an agent would, and
/// raises the same webhooks.
/// </summary>
public sealed class SandboxHelpdesk : IAsyncDisposable
{
    private readonly WebApplication application;
    private readonly TicketDesk desk;
    private readonly DeskKnowledge knowledge;
    private readonly ZendeskAccess access;
    private readonly WebhookSender sender;
    private readonly PageEvents pages;
    private readonly SampleTickets samples;
    private readonly TimeProvider clock;
    private readonly CancellationTokenSource stopping = new();
    private readonly List<Task> drips = [];

    private SandboxHelpdesk(SandboxOptions options, WebApplication application)
    {
        this.application = application;
        clock = options.TimeProvider;
        Address = new(application.Urls.First());

        Kind = options.Kind;
        var people = new DeskPeople(options.Groups, options.Email, options.ServiceRole);
        var fields = new DeskFields(clock);
        foreach (var field in options.Fields)
        {
            fields.Add(field);
        }

        Faults = new(options.Seed);
        Journal = new();
        samples = new();
        pages = new(clock);
        access = new(options);
        sender = new(options, people, Journal);
        desk = new(people, fields, DeskHabits.Of(options), clock, options.FirstTicketNumber, Tell);
        knowledge = new(clock);
        Persons = new((number, edit) => desk.Edit(number, edit, Person));

        var address = Address.GetLeftPart(UriPartial.Authority);
        IDialect dialect = options.Kind switch
        {
            SandboxKind.Zendesk => new ZendeskDialect(options, access, desk, knowledge, Journal, sender.Add, address),
            SandboxKind.Freshdesk => new FreshdeskDialect(options, desk, knowledge, Journal, sender.Add, address),
        };
        Api = new(dialect, Faults, Persons, Journal, clock);
        Files = new(desk);
        Page = new(desk, new InboxView(desk), samples, pages, Faults, Persons, Journal);
    }

    /// <summary>Where it listens, with the port it got.</summary>
    public Uri Address { get; }

    public SandboxKind Kind { get; }

    public SandboxJournal Journal { get; }

    public FaultPlan Faults { get; }

    /// <summary>What persons will edit when certain calls come in, such as just before a change of the service.</summary>
    public PersonPlan Persons { get; }

    /// <summary>How well webhooks work; takes effect with the next change of a ticket.</summary>
    public WebhookPlan Webhooks
    {
        get => sender.Plan;
        set => sender.Plan = value;
    }

    public IReadOnlyList<SandboxGroup> Groups => desk.People.Groups;

    /// <summary>The user behind the API's credentials.</summary>
    public SandboxPerson Integration => desk.People.Integration;

    /// <summary>The person who <see cref="EditAsPerson"/> edits as.</summary>
    public SandboxPerson TeamLead => desk.People.TeamLead;

    /// <summary>Agents and administrators.</summary>
    public IReadOnlyList<SandboxPerson> Staff => desk.People.Staff;

    /// <summary>The custom fields of tickets.</summary>
    public IReadOnlyList<SandboxField> Fields => desk.Fields.All;

    /// <summary>Webhooks that are not yet delivered, lost or given up.</summary>
    public int WebhooksUnderWay => sender.UnderWay;

    /// <summary>The sample tickets; <see cref="SampleTickets.Take"/> gives the next.</summary>
    public SampleTickets Samples => samples;

    private ApiDoor Api { get; }

    private FileDoor Files { get; }

    private PageDoor Page { get; }

    public static async Task<SandboxHelpdesk> StartAsync(SandboxOptions options, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(options);
        var builder = WebApplication.CreateEmptyBuilder(new());
        builder.WebHost.UseKestrelCore().ConfigureKestrel(kestrel => kestrel.AddServerHeader = false).UseUrls(options.Url);
        builder.Services.AddSingleton<IHostLifetime, OwnersLifetime>();
        builder.Services.Configure<HostOptions>(host => host.ShutdownTimeout = TimeSpan.FromSeconds(1));

        SandboxHelpdesk? helpdesk = null;
        var web = builder.Build();
        web.Run(context => helpdesk is { } started ? started.HandleAsync(context) : AnswerNotYet(context.Response));
        await web.StartAsync(cancellationToken);
        helpdesk = new(options, web);

        if (options.WithSamples)
        {
            foreach (var sample in helpdesk.samples.All)
            {
                helpdesk.AddTicket(sample);
            }
        }

        if (options.Drip is { } drip)
        {
            helpdesk.StartDrip(drip);
        }

        return helpdesk;
    }

    /// <summary>Reports changes to this target from now on.</summary>
    public void ConnectWebhook(SandboxWebhook webhook) => sender.Connect(webhook);

    /// <summary>Makes every token that was granted invalid, as an administrator may at any time.</summary>
    public void WithdrawTokens() => access.Withdraw();

    /// <summary>Lets the sample tickets arrive by themselves, until all are there or the sandbox is stopped.</summary>
    public void StartDrip(SampleDrip drip) => drips.Add(DripAsync(drip, stopping.Token));

    public SandboxTicket AddTicket(NewTicket ticket) => desk.Add(ticket);

    public SandboxTicket AddTicket(string subject, string body) => desk.Add(new() { Subject = subject, Body = body });

    /// <summary>Makes a custom field, as an administrator would.</summary>
    public SandboxField AddField(NewField field) => desk.Fields.Add(field);

    /// <summary>Changes a field in any way: its name, its choices, whether it is active. Tickets keep the values they have.</summary>
    public void ChangeField(SandboxField field) => desk.Fields.Replace(field);

    /// <summary>Changes a person: availability, capacity, skills, groups.</summary>
    public void ChangePerson(SandboxPerson person) => desk.People.Replace(person);

    public SandboxArticle AddArticle(NewArticle article) => knowledge.Add(article);

    /// <summary>Adds a message of the requester.</summary>
    public SandboxTicket AddComment(long number, NewComment comment)
    {
        var requester = GetTicket(number).RequesterId;
        return Expect(desk.Edit(number, new() { Comment = comment }, new(requester, "email")));
    }

    /// <summary>Edits as an agent at the screen would, without asking for a stamp.</summary>
    /// <exception cref="InvalidOperationException">The ticket is closed or gone, or a value is none of the allowed.</exception>
    public SandboxTicket EditAsPerson(long number, TicketEdit edit) => Expect(desk.Edit(number, edit, Person));

    /// <returns>The ticket, or <see langword="null"/> where there never was one; a removed one has the status deleted.</returns>
    public SandboxTicket? FindTicket(long number) => desk.Find(number);

    /// <exception cref="ArgumentOutOfRangeException">There never was a ticket with this number.</exception>
    public SandboxTicket GetTicket(long number) =>
        desk.Find(number) ?? throw new ArgumentOutOfRangeException(nameof(number), number, "The sandbox has no ticket with this number.");

    /// <returns>The ticket's messages and notes, oldest first; none where the helpdesk doesn't have it.</returns>
    public IReadOnlyList<SandboxComment> ListComments(long number) => desk.ListComments(number) ?? [];

    /// <summary>Ends the ticket for good: every further change is refused.</summary>
    public void Close(long number) => EditAsPerson(number, new() { Status = "closed" });

    public void Delete(long number) => desk.Remove(number, DeskHappening.Deleted, Person);

    public void MarkAsSpam(long number) => desk.Remove(number, DeskHappening.MarkedAsSpam, Person);

    /// <summary>Puts a closed ticket where only Freshdesk's calls for archived tickets find it.</summary>
    public void Archive(long number) => desk.Archive(number);

    /// <summary>The customer's word on the help.</summary>
    public void Rate(long number, bool isGood) => desk.Rate(number, isGood, Person);

    /// <summary>Closes the first ticket in favour of the second.</summary>
    public void Merge(long number, long into) => desk.Merge(number, into, Person);

    public async ValueTask DisposeAsync()
    {
        await stopping.CancelAsync();
        await Task.WhenAll(drips);
        pages.Close();
        await application.StopAsync();
        await sender.DisposeAsync();
        await application.DisposeAsync();
        stopping.Dispose();
    }

    private Editor Person => new(desk.People.TeamLead.Id, "web");

    private Task HandleAsync(HttpContext context) =>
        Api.Owns(context.Request.Path) ? Api.HandleAsync(context, context.RequestAborted)
            : FileDoor.Owns(context.Request.Path) ? Files.HandleAsync(context, context.RequestAborted)
            : Page.HandleAsync(context, context.RequestAborted);

    private static Task AnswerNotYet(HttpResponse response)
    {
        response.StatusCode = StatusCodes.Status503ServiceUnavailable;
        return Task.CompletedTask;
    }

    private void Tell(DeskEvent happening)
    {
        Journal.Note(happening, clock.GetUtcNow());
        sender.Publish(happening);
        pages.Publish(happening.After.Number);
    }

    private async Task DripAsync(SampleDrip drip, CancellationToken cancellationToken)
    {
        try
        {
            await Task.Delay(drip.After, clock, cancellationToken);
            for (var sent = 0; sent < samples.All.Count; sent++)
            {
                AddTicket(samples.Take());
                await Task.Delay(sent < drip.First ? drip.FirstPause : drip.Pause, clock, cancellationToken);
            }
        }
        catch (OperationCanceledException) when (cancellationToken.IsCancellationRequested)
        {
            // Stopped before all had arrived.
        }
    }

    private static SandboxTicket Expect(EditOutcome outcome) => outcome switch
    {
        { Verdict: EditVerdict.Applied or EditVerdict.Unchanged, Ticket: { } ticket } => ticket,
        { Verdict: EditVerdict.Refused, Faults: { } faults } =>
            throw new InvalidOperationException(string.Join("; ", faults.Select(fault => fault.Description))),
        _ => throw new InvalidOperationException("The sandbox doesn't have this ticket any more."),
    };

    /// <summary>Signals to the process are its owner's business: the sandbox lives until it is disposed.</summary>
    private sealed class OwnersLifetime : IHostLifetime
    {
        public Task WaitForStartAsync(CancellationToken cancellationToken) => Task.CompletedTask;

        public Task StopAsync(CancellationToken cancellationToken) => Task.CompletedTask;
    }
}
