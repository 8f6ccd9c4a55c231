using System.Collections.Concurrent;
using System.Threading.Channels;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using TicketTriage.Agents;
using TicketTriage.Policies;

namespace TicketTriage.Rehearsals;

/// <summary>
/// Runs trials beside the pages that ask for them, one at a time, so that no lead's curiosity slows the others' pages. A trial is kept in
/// this process alone and for the last ones: after a restart it is made anew in seconds.
/// </summary>
public sealed partial class TrialDesk(TrialReader reader, BacktestStage stage, TimeProvider clock, ILogger<TrialDesk> logger)
    : BackgroundService
{
    private const int MostKept = 50;
    private const int MostWaiting = 10;

    /// <summary>Of so many the whole list of what changes is kept: one may be as long as a year's tickets.</summary>
    private const int MostWhole = 5;

    private readonly ConcurrentDictionary<Guid, Trial> trials = new();
    private readonly Channel<Trial> waiting = Channel.CreateBounded<Trial>(MostWaiting);

    /// <returns><see langword="null"/> where too many are waiting.</returns>
    public Trial? Begin(TrialPlan plan)
    {
        foreach (var old in trials.Values.OrderByDescending(trial => trial.AskedAt).Skip(MostKept - 1))
        {
            if (trials.TryRemove(old.Id, out var removed) && removed.IsOver)
            {
                removed.Dispose();
            }
        }

        var now = clock.GetUtcNow();
        var trial = new Trial(Guid.CreateVersion7(now), plan, now);
        if (!waiting.Writer.TryWrite(trial))
        {
            return null;
        }

        trials[trial.Id] = trial;
        return trial;
    }

    public Trial? Find(Guid id) => trials.GetValueOrDefault(id);

    /// <summary>The last finished trial of a version.</summary>
    public Trial? FindDone(string kind, string version) => trials.Values
        .Where(trial => trial.State == TrialState.Done && trial.Plan.Kind == kind && trial.Plan.Version == version)
        .MaxBy(trial => trial.AskedAt);

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        try
        {
            await foreach (var trial in waiting.Reader.ReadAllAsync(stoppingToken))
            {
                await RunAsync(trial, stoppingToken);
            }
        }
        catch (OperationCanceledException) when (stoppingToken.IsCancellationRequested)
        {
            return;
        }
    }

    private async Task RunAsync(Trial trial, CancellationToken stoppingToken)
    {
        using var either = CancellationTokenSource.CreateLinkedTokenSource(trial.Cancelled, stoppingToken);
        try
        {
            either.Token.ThrowIfCancellationRequested();
            trial.Read();
            var (plan, stop) = (trial.Plan, either.Token);
            var decisions = await reader.ListAsync(plan.Helpdesk, plan.Since, plan.Taxonomies, trial.Tell, stop);
            trial.Decide(decisions.Count);
            var figures = plan.Decide(decisions, trial.Tell, stop);
            if (figures.ToPlay is { } routed)
            {
                trial.Play(2 * routed.Count);
                figures = figures with
                {
                    ToPlay = null,
                    Effect = await stage.PlayAsync(routed, plan.Helpdesk, plan.Roster?.Agents, trial.Tell, stop),
                };
            }

            trial.End(figures, clock.GetUtcNow());
            foreach (var older in trials.Values.Where(one => one.State == TrialState.Done).OrderByDescending(one => one.AskedAt).Skip(MostWhole))
            {
                older.Shorten();
            }
        }
        catch (OperationCanceledException) when (!stoppingToken.IsCancellationRequested)
        {
            trial.End(TrialState.Cancelled, "");
        }
        catch (Exception e) when (!stoppingToken.IsCancellationRequested)
        {
            // Whatever a draft or an old record brings about, the lead hears of it, and the next trial has its turn.
            NotTried(trial.Plan.Kind, trial.Plan.Version, e.Message);
            trial.End(TrialState.Failed, e.Message);
        }
    }

    [LoggerMessage(LogLevel.Warning, "A trial of the {Kind} document of version {Version} ended without figures. {Reason}")]
    private partial void NotTried(string kind, string version, string reason);
}

/// <summary>What is tried, on which tickets.</summary>
/// <param name="Version">The document's, as it would be published.</param>
/// <param name="By">Who wants to know.</param>
/// <param name="Helpdesk"><see langword="null"/> for all.</param>
/// <param name="Decide">Decides the tickets both ways; hears a number to call with how many are done.</param>
public sealed record TrialPlan(
    string Kind,
    string Version,
    string By,
    string? Helpdesk,
    DateTimeOffset Since,
    Func<IReadOnlyList<PastDecision>, Action<int>, CancellationToken, TrialFigures> Decide)
{
    /// <summary>Where not rules are tried but a taxonomy: by these two each ticket is understood anew before.</summary>
    public TaxonomyPair? Taxonomies { get; init; }

    /// <summary>Where it is tried who works: their waiting and breaches are simulated with these agents instead.</summary>
    public TriedRoster? Roster { get; init; }
}

/// <summary>A roster in a trial, with what says it to whoever puts it in force then.</summary>
/// <param name="Text">As it was typed; empty where it is one of those that were replaced.</param>
/// <param name="Kept">The version of such a one.</param>
public sealed record TriedRoster(IReadOnlyList<RosterLine> Agents, string Text, string Kept)
{
    /// <summary>Of a trial, beside those of policies.</summary>
    public const string Kind = "roster";
}

public sealed record TaxonomyPair(Taxonomy InForce, Taxonomy Candidate);

/// <summary>A trial, under way or over. One thread works on it, and others look.</summary>
public sealed class Trial(Guid id, TrialPlan plan, DateTimeOffset askedAt) : IDisposable
{
    private readonly CancellationTokenSource cancelling = new();
    private readonly Lock ending = new();
    private volatile TrialFigures? figures;
    private volatile string message = "";
    private volatile int done;
    private volatile int total;
    private volatile TrialState state;

    public Guid Id => id;

    public TrialPlan Plan => plan;

    public DateTimeOffset AskedAt => askedAt;

    public DateTimeOffset? EndedAt { get; private set; }

    public TrialState State => state;

    public bool IsOver => state is TrialState.Done or TrialState.Cancelled or TrialState.Failed;

    /// <summary>Tickets that are decided so far, of <see cref="Total"/>.</summary>
    public int Done => done;

    /// <summary>0 while they are being read.</summary>
    public int Total => total;

    /// <summary><see langword="null"/> until it is <see cref="TrialState.Done"/>.</summary>
    public TrialFigures? Figures => figures;

    /// <summary>Why it failed.</summary>
    public string Message => message;

    internal CancellationToken Cancelled => cancelling.Token;

    /// <summary>It is over at once for whoever looks. What works on it stops at the next ticket, and nobody hears what it found.</summary>
    public void Cancel()
    {
        lock (ending)
        {
            if (!IsOver)
            {
                state = TrialState.Cancelled;
                cancelling.Cancel();
            }
        }
    }

    public void Dispose() => cancelling.Dispose();

    internal void Read() => GoOn(plan.Taxonomies is null ? TrialState.Reading : TrialState.Understanding, 0);

    internal void Decide(int count) => GoOn(TrialState.Deciding, count);

    /// <param name="count">Each ticket counts twice: before and after.</param>
    internal void Play(int count) => GoOn(TrialState.Playing, count);

    internal void Tell(int count) => done = count;

    internal void End(TrialFigures found, DateTimeOffset now)
    {
        lock (ending)
        {
            if (!IsOver)
            {
                (figures, EndedAt, state) = (found, now, TrialState.Done);
            }
        }
    }

    internal void Shorten()
    {
        if (figures is { Changes.Count: > TrialFigures.MostShown } whole)
        {
            figures = whole with { Changes = [.. whole.Changes.Take(TrialFigures.MostShown)] };
        }
    }

    internal void End(TrialState how, string why)
    {
        lock (ending)
        {
            if (!IsOver)
            {
                (message, state) = (why, how);
            }
        }
    }

    private void GoOn(TrialState next, int count)
    {
        lock (ending)
        {
            if (!IsOver)
            {
                (done, total, state) = (0, count, next);
            }
        }
    }
}

public enum TrialState
{
    Waiting = 0,
    Reading,

    /// <summary>Tickets are read and understood anew, each by the taxonomy in force and by the candidate.</summary>
    Understanding,
    Deciding,

    /// <summary>Waiting and breaches are simulated, before and after.</summary>
    Playing,
    Done,
    Cancelled,
    Failed,
}

/// <summary>What a trial found.</summary>
/// <param name="Changed">Tickets that would have been decided otherwise.</param>
/// <param name="Parts">By rule or row: on how many it would have had a say, and how many of those change.</param>
/// <param name="Changes">Each of them; of older trials the first <see cref="MostShown"/>.</param>
public sealed record TrialFigures(int Tickets, int Changed, IReadOnlyList<TrialPart> Parts, IReadOnlyList<TrialChange> Changes)
{
    /// <summary>More than this is seldom meant.</summary>
    public const double LargeShare = 0.3;

    /// <summary>As many as somebody looks through.</summary>
    public const int MostShown = 200;

    /// <summary>
    /// What it would do to waiting and breaches; <see langword="null"/> where no ticket was there, or what was tried routes none.
    /// </summary>
    public BacktestEffect? Effect { get; init; }

    /// <summary>Each ticket with both routes, until it is played; <see langword="null"/> then, and where nothing is to be.</summary>
    internal IReadOnlyList<DecidedTwice>? ToPlay { get; init; }

    /// <summary>In [0, 1].</summary>
    public double Share => Tickets == 0 ? 0 : (double)Changed / Tickets;

    /// <summary>What a backtest of rules found, for people.</summary>
    public static TrialFigures Of(BacktestReport report)
    {
        // Many tickets go the same few ways: each way is kept once.
        var ways = new Dictionary<string, IReadOnlyList<RoutePartValue>>(StringComparer.Ordinal);
        IReadOnlyList<RoutePartValue> Once(IReadOnlyList<RoutePartValue> way)
        {
            var key = string.Join('\n', way);
            return ways.TryGetValue(key, out var same) ? same : ways[key] = way;
        }

        return new TrialFigures(
            report.Tickets,
            report.Changed,
            [.. report.Rules.Select(rule => new TrialPart(rule.Rule, rule.Fires, rule.Changes))],
            [.. report.Decisions.Where(twice => twice.IsChanged).Select(twice => new TrialChange(
                twice.Past.Ticket, twice.Before.Group, twice.After.Group)
            {
                Routes = (Once(twice.Before.List(twice.Changes)), Once(twice.After.List(twice.Changes))),
            })])
        {
            ToPlay = report.Decisions,
        };
    }
}

public sealed record TrialPart(string Name, int Tickets, int Changes);

/// <param name="Before">In short; the same goes for <paramref name="After"/>.</param>
public sealed record TrialChange(Tickets.TicketId Ticket, string Before, string After)
{
    /// <summary>The same part by part, where it is a route that changes.</summary>
    public (IReadOnlyList<RoutePartValue> Before, IReadOnlyList<RoutePartValue> After)? Routes { get; init; }

    /// <summary>The same in words, where it is said in some; <see cref="Before"/> and <see cref="After"/> are names then.</summary>
    public (IReadOnlyList<TrialWord> Before, IReadOnlyList<TrialWord> After)? Words { get; init; }
}

/// <summary>A part of what would be, for a reader of any language.</summary>
/// <param name="English">With <c>{0}</c> in the place of the values.</param>
/// <param name="Values">Names and numbers; words of ours where <paramref name="IsSaid"/>.</param>
public sealed record TrialWord(string English, IReadOnlyList<string> Values, bool IsSaid = false)
{
    public TrialWord(string english, string value) : this(english, [value])
    {
    }
}
