using Npgsql;
using TicketTriage.Chaos.Helpdesks;
using TicketTriage.Chaos.Judging;
using TicketTriage.Chaos.Post;
using TicketTriage.Chaos.Reports;
using TicketTriage.Chaos.Trapdoors;
using TicketTriage.Sandbox;
using TicketTriage.Testing;

namespace TicketTriage.Chaos.Sites;

/// <summary>
/// The whole product as it runs in earnest: a database, a helpdesk, a web process and workers, each a process of its own, and the post
/// between helpdesk and product. Begins without a worker.
/// </summary>
internal sealed class Site : IAsyncDisposable
{
    private const int Carriers = 16;
    private const int Heap = 40;
    private static readonly TimeSpan Pace = TimeSpan.FromMilliseconds(25);
    private static readonly TimeSpan PatienceWithHeap = TimeSpan.FromSeconds(10);
    private static readonly TimeSpan LookEvery = TimeSpan.FromMilliseconds(100);
    private static readonly TimeSpan Quiet = TimeSpan.FromMilliseconds(700);

    /// <summary>Longer than any lease and the minute's job; what waits for its own time, as a failing ticket does, waits beside it.</summary>
    private static readonly TimeSpan PatienceWithoutProgress = TimeSpan.FromSeconds(100);

    private readonly SitePlan plan;
    private readonly ServiceProcess sandbox;
    private readonly List<ServiceProcess> started = [];
    private int launched;

    private Site(SitePlan plan, SiteDatabase database, ServiceProcess sandbox, HelpdeskClient helpdesk, Uri webAddress, Postman postman)
    {
        this.plan = plan;
        this.sandbox = sandbox;
        Database = database;
        Helpdesk = helpdesk;
        WebAddress = webAddress;
        Postman = postman;
        Ledger = new Ledger(database);
        Customers = new Customers(helpdesk, plan.Seed);
        RunsEarlier = plan.BeginsEarlier;
        Chance = new Random(plan.Seed);
    }

    /// <summary>How often customers are to write.</summary>
    public int Deliveries => plan.Deliveries;

    /// <summary>The time in which customers write, at a pace that two processor cores can keep up with.</summary>
    public TimeSpan WritingTime => Pace * plan.Deliveries;

    public Random Chance { get; }

    public ThrowawayCluster Server => plan.Cluster;

    public SiteDatabase Database { get; }

    public HelpdeskClient Helpdesk { get; }

    public Customers Customers { get; }

    public Postman Postman { get; }

    public Ledger Ledger { get; }

    public Uri WebAddress { get; }

    public ServiceProcess? Web { get; private set; }

    /// <summary>Workers that run or stand still.</summary>
    public IEnumerable<ServiceProcess> Workers => started.Where(process => process != Web && !process.HasEnded);

    /// <summary>Whether what is started is the earlier version.</summary>
    public bool RunsEarlier { get; set; }

    /// <summary>The last word over the usual settings, for what is started from now on.</summary>
    public Dictionary<string, string> Settings { get; } = [];

    /// <summary>The clock of the product and its helpdesk.</summary>
    public TimeProvider Clock => new ClockAhead(plan.ClockAhead);

    /// <summary>What the scenario has measured.</summary>
    public List<Figure> Figures { get; } = [];

    /// <summary>Tickets for which nothing but parking is right.</summary>
    public List<long> ExpectedParked { get; } = [];

    public static async Task<Site> OpenAsync(SitePlan plan, CancellationToken cancellationToken)
    {
        var site = await PrepareAsync(plan, cancellationToken);
        try
        {
            await site.StartWebAsync(cancellationToken);
            return site;
        }
        catch
        {
            await site.DisposeAsync();
            throw;
        }
    }

    /// <summary>Starts the web process, always at the same address.</summary>
    public async Task StartWebAsync(CancellationToken cancellationToken) =>
        Web = await StartAsync("web", WebAddress, trapdoor: null, cancellationToken);

    /// <summary>Starts another web process, leads the post to it, and has the one before end in good order.</summary>
    /// <returns>How long that one took to end.</returns>
    public async Task<TimeSpan> ReplaceWebAsync(CancellationToken cancellationToken)
    {
        var before = Web ?? throw new InvalidOperationException("There is no web process to replace.");
        Web = await StartAsync("web", FreeAddress.Find(), trapdoor: null, cancellationToken);
        Postman.Target = SiteSettings.WebhookTarget(Web.Address);
        return await before.StopAsync(cancellationToken);
    }

    /// <summary>Runs the product's <c>migrate</c>.</summary>
    public Task MigrateAsync(CancellationToken cancellationToken) =>
        ServiceProcess.RunAsync(LaunchOf(["migrate"], FreeAddress.Find(), "migrate"), cancellationToken);

    public Task KillWebAsync() => Web?.KillAsync() ?? Task.CompletedTask;

    public Task<ServiceProcess> StartWorkerAsync(CancellationToken cancellationToken) =>
        StartAsync("worker", FreeAddress.Find(), trapdoor: null, cancellationToken);

    /// <summary>Starts a worker that will be struck.</summary>
    public Task<ServiceProcess> StartWorkerAsync(Trapdoor trapdoor, CancellationToken cancellationToken) =>
        StartAsync("worker", FreeAddress.Find(), trapdoor, cancellationToken);

    /// <summary>
    /// Lets customers write, and go on writing until the worker has met its fate. It all comes in heaps, too much for one worker: a
    /// worker that is warm is always faster than one that has just begun.
    /// </summary>
    /// <returns>What it had in hand then.</returns>
    public async Task<Orphans> WriteUntilStruckAsync(ServiceProcess doomed, int deliveries, CancellationToken cancellationToken)
    {
        var struck = StrikeAsync(doomed, cancellationToken);
        await WriteHeapAsync(deliveries, cancellationToken);
        while (await Task.WhenAny(struck, Task.Delay(PatienceWithHeap, TimeProvider.System, cancellationToken)) != struck)
        {
            if (await TryLookAsync(cancellationToken) is { Open: < Heap })
            {
                await WriteHeapAsync(Heap, cancellationToken);
            }
        }

        return await struck;
    }

    /// <summary>
    /// Returns when everything that customers have written was handed over and every ticket is at rest; or, for the judge to say what is
    /// missing, when nothing has moved for too long.
    /// </summary>
    public async Task SettleAsync(CancellationToken cancellationToken)
    {
        var last = default(LedgerProgress);
        var lastTaken = -1;
        var lastChange = TimeProvider.System.GetTimestamp();
        while (true)
        {
            var now = await TryLookAsync(cancellationToken);
            var taken = Postman.Book.Accepted + Postman.Outstanding;
            if (now != last || taken != lastTaken || now is { Open: > 0, Busy: 0 })
            {
                (last, lastTaken, lastChange) = (now, taken, TimeProvider.System.GetTimestamp());
            }

            var still = TimeProvider.System.GetElapsedTime(lastChange);
            var isDone = now is { Open: 0 } && Postman.Outstanding == 0 && Postman.Book.TakenFromCustomers == Customers.Written;
            if (still > PatienceWithoutProgress || (isDone && still > Quiet))
            {
                return;
            }

            await Task.Delay(LookEvery, TimeProvider.System, cancellationToken);
        }
    }

    /// <returns>How long it takes until the next change arrives in the helpdesk and is saved.</returns>
    public async Task<TimeSpan> WaitForProgressAsync(CancellationToken cancellationToken)
    {
        var began = TimeProvider.System.GetTimestamp();
        var before = await TryLookAsync(cancellationToken);
        while (TimeProvider.System.GetElapsedTime(began) is var waited && waited < PatienceWithoutProgress)
        {
            await Task.Delay(LookEvery, TimeProvider.System, cancellationToken);
            var now = await TryLookAsync(cancellationToken);
            before ??= now;
            if (now?.Applied > before?.Applied)
            {
                return waited;
            }
        }

        return PatienceWithoutProgress;
    }

    /// <summary>
    /// Returns when others have finished what a killed worker had: whoever is struck next must not have it too. Three deaths, and the product
    /// takes a ticket for their cause.
    /// </summary>
    public async Task WaitForSuspectsAsync(CancellationToken cancellationToken)
    {
        await Task.Delay(SiteSettings.Lease, TimeProvider.System, cancellationToken);
        while (await Ledger.CountSuspectsAsync(cancellationToken) > 0)
        {
            await Task.Delay(LookEvery, TimeProvider.System, cancellationToken);
        }
    }

    public async Task<Evidence> GatherAsync(CancellationToken cancellationToken)
    {
        var (accepted, totals) = await CountDeliveriesAsync(cancellationToken);
        return new Evidence(
            (await Helpdesk.ReadJournalAsync(cancellationToken)).Changes,
            Customers.Tickets,
            accepted,
            await Ledger.ListEntriesAsync(cancellationToken),
            totals,
            await Ledger.ListMessagesAsync(cancellationToken),
            [.. await Ledger.ListParkedAsync(cancellationToken)],
            ExpectedParked);
    }

    public async ValueTask DisposeAsync()
    {
        foreach (var process in started)
        {
            await process.DisposeAsync();
        }

        await sandbox.DisposeAsync();
        await Postman.DisposeAsync();
        Helpdesk.Dispose();
        await Database.DisposeAsync();
    }

    /// <summary>
    /// Both for one moment: what the helpdesk tells late of the product's own doing may come between the two, and would be stored without
    /// having been counted.
    /// </summary>
    private async Task<(int Accepted, LedgerTotals Totals)> CountDeliveriesAsync(CancellationToken cancellationToken)
    {
        var began = TimeProvider.System.GetTimestamp();
        while (true)
        {
            var accepted = Postman.Book.Accepted;
            var totals = await Ledger.AddUpAsync(cancellationToken);
            var isStill = Postman.Outstanding == 0 && Postman.Book.Accepted == accepted;
            if (isStill || TimeProvider.System.GetElapsedTime(began) > PatienceWithoutProgress)
            {
                return (accepted, totals);
            }

            await Task.Delay(LookEvery, TimeProvider.System, cancellationToken);
        }
    }

    /// <summary>Everything but the product.</summary>
    private static async Task<Site> PrepareAsync(SitePlan plan, CancellationToken cancellationToken)
    {
        var database = await SiteDatabase.CreateAsync(plan.Cluster, cancellationToken);
        await database.SetClockAheadAsync(plan.ClockAhead, cancellationToken);
        var (post, helpdesk, web) = (FreeAddress.Find(), FreeAddress.Find(), FreeAddress.Find());
        var sandbox = await ServiceProcess.StartAsync(
            new Launch(
                plan.Program, ["sandbox", "--url", helpdesk.ToString(), "--webhook", post.ToString(), "--clock-ahead", plan.ClockAhead.ToString()], helpdesk, "sandbox/tickets",
                plan.Directory, Path.Combine(plan.Directory, "sandbox.log")),
            cancellationToken);
        var client = new HelpdeskClient(helpdesk);
        var own = await client.FindProductsUserAsync(cancellationToken);
        var postman = await Postman.StartAsync(post, SiteSettings.WebhookTarget(web), own, plan.Seed, Carriers, cancellationToken);
        return new Site(plan, database, sandbox, client, web, postman);
    }

    private async Task<ServiceProcess> StartAsync(string role, Uri address, Trapdoor? trapdoor, CancellationToken cancellationToken)
    {
        var name = $"{role}-{Interlocked.Increment(ref launched)}";
        var process = await ServiceProcess.StartAsync(
            LaunchOf(["serve", "--role", role], address, name) with { Trapdoor = trapdoor }, cancellationToken);
        started.Add(process);
        return process;
    }

    private Launch LaunchOf(IReadOnlyList<string> arguments, Uri address, string name)
    {
        var program = !RunsEarlier ? plan.Program
            : plan.Earlier ?? throw new InvalidOperationException("An earlier version is needed: name its assembly with --earlier.");
        var settings = SiteSettings.Of(address, Helpdesk.Address, Database.ConnectionString, plan.Directory);
        ProcessClock.WriteTo(settings, plan.ClockAhead);
        foreach (var (key, value) in Settings)
        {
            settings[key] = value;
        }

        return new Launch(program, arguments, address, "health/live", plan.Directory, Path.Combine(plan.Directory, $"{name}.log"))
        {
            Settings = settings,
        };
    }

    private async Task WriteHeapAsync(int deliveries, CancellationToken cancellationToken)
    {
        Postman.HoldsBack = true;
        await Customers.WriteAsync(deliveries, TimeSpan.Zero, cancellationToken);
        Postman.HoldsBack = false;
    }

    private async Task<Orphans> StrikeAsync(ServiceProcess doomed, CancellationToken cancellationToken)
    {
        await doomed.WaitUntilStruckAsync(cancellationToken);
        return await Orphans.ListAsync(Ledger, cancellationToken);
    }

    private async Task<LedgerProgress?> TryLookAsync(CancellationToken cancellationToken)
    {
        try
        {
            return await Ledger.LookAsync(cancellationToken);
        }
        catch (NpgsqlException)
        {
            // The database is away, as it may be here.
            return null;
        }
    }
}

/// <param name="Program">The assembly of the product.</param>
/// <param name="Directory">For what its processes write.</param>
internal sealed record SitePlan(ThrowawayCluster Cluster, string Program, string Directory, int Deliveries, int Seed)
{
    /// <summary>The assembly of an earlier version.</summary>
    public string? Earlier { get; init; }

    public bool BeginsEarlier { get; init; }

    /// <summary>How far the clocks of the product, its database and its helpdesk are ahead.</summary>
    public TimeSpan ClockAhead { get; init; }
}
