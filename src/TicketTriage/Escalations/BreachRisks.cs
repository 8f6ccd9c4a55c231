using System.Globalization;
using Microsoft.Extensions.Logging;
using Npgsql;
using TicketTriage.Helpdesks;
using TicketTriage.ServiceLevels;
using TicketTriage.ServiceLevels.Risk;

namespace TicketTriage.Escalations;

/// <summary>
/// The chance that a running clock is missed, by what such tickets took in the past on this team under such a load: the group's present
/// queue, and who of it is on shift. Learned anew every day from the imported history, so that it follows how the team works.
/// </summary>
public sealed partial class BreachRisks(
    NpgsqlDataSource database, GroupsAtWork groups, TimeProvider clock, ILogger<BreachRisks> logger)
{
    private static readonly TimeSpan CountEvery = TimeSpan.FromMinutes(5);

    /// <summary>How long all looks wait for helpdesks to name their groups.</summary>
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(2);

    private DurationTable table = new([], DateTimeOffset.MinValue);
    private TeamLoads loads = new([]);
    private Dictionary<string, long> openByGroup = new(StringComparer.Ordinal);
    private IReadOnlyDictionary<string, GroupAtWork> atWorkByGroup = new Dictionary<string, GroupAtWork>();
    private ServiceLevelHours? hoursInForce;
    private DateTimeOffset learnedAt;
    private DateTimeOffset countedAt;

    /// <param name="now">At night nobody is missed.</param>
    /// <returns><see langword="null"/> where too little was learned: then the shares of the target alone decide.</returns>
    public BreachRisk? Find(WatchedTicket ticket, TicketClock clock, DateTimeOffset now)
    {
        if (clock is not { Target: { } target, Elapsed: { } elapsed } || target <= TimeSpan.Zero)
        {
            return null;
        }

        var share = elapsed / target;
        var load = loads.Of(ticket.GroupId, openByGroup.GetValueOrDefault(ticket.GroupId ?? "", 0));
        var thin = hoursInForce?.IsOpen(ticket.Kind, now) == true
            && atWorkByGroup.GetValueOrDefault(ticket.GroupId ?? "") is { IsThin: true } few ? few : null;
        load = thin is not null ? Worse(load) : load;
        return table.Find(clock.Metric, ticket.Kind, ticket.GroupId, load, share) is var (chance, alike)
            ? new BreachRisk(chance, Reasons(chance, alike, share, load, thin))
            : null;
    }

    /// <summary>Learns and counts anew where it is time to.</summary>
    public async Task RefreshAsync(ServiceLevelHours hours, DateTimeOffset now, CancellationToken cancellationToken)
    {
        hoursInForce = hours;
        if (now - learnedAt >= DurationTable.LearnEvery || now < learnedAt)
        {
            var past = await ListPastAsync(cancellationToken);
            loads = new TeamLoads(past.Select(ticket => (ticket.GroupId, ticket.OpenThen)));
            var until = past.SelectMany(ticket => (DateTimeOffset?[])[ticket.CreatedAt, ticket.FirstReplyAt, ticket.SolvedAt]).Max() ?? now;
            table = new DurationTable([.. past.SelectMany(ticket => Durations(ticket, hours, until))], until);
            learnedAt = now;
        }

        if (now - countedAt >= CountEvery || now < countedAt)
        {
            openByGroup = await CountOpenAsync(cancellationToken);
            atWorkByGroup = await CountAtWorkAsync(now, cancellationToken);
            countedAt = now;
        }
    }

    /// <param name="until">The last moment of which the history knows.</param>
    private IEnumerable<PastDuration> Durations(Past past, ServiceLevelHours hours, DateTimeOffset until)
    {
        var kind = new TicketKind(past.Priority, hours.Policy.SegmentOf(past.Tags), past.Intent);
        if (hours.Policy.FindRule(kind) is not { } rule)
        {
            yield break;
        }

        foreach (var (metric, end) in ((ServiceLevelMetric, DateTimeOffset?)[])
            [(ServiceLevelMetric.FirstReplyTime, past.FirstReplyAt), (ServiceLevelMetric.ResolutionTime, past.SolvedAt)])
        {
            if (rule.TargetOf(metric) is { } minutes)
            {
                // Solved without an answer: nobody knows how long the answer would have taken.
                var seen = end ?? past.SolvedAt ?? until;
                var took = BusinessTime.Measure(
                    hours.CalendarOf(rule), NodaTime.Instant.FromDateTimeOffset(past.CreatedAt), NodaTime.Instant.FromDateTimeOffset(seen), []);
                yield return new PastDuration(
                    past.CreatedAt, metric, kind, past.GroupId, loads.Of(past.GroupId, past.OpenThen), took.TotalMinutes / minutes)
                {
                    IsOpen = end is null,
                };
            }
        }
    }

    /// <summary>A queue that half of the people work off is as one that is longer.</summary>
    private static TeamLoad Worse(TeamLoad load) => load == TeamLoad.Low ? TeamLoad.Usual : TeamLoad.High;

    private async Task<IReadOnlyDictionary<string, GroupAtWork>> CountAtWorkAsync(DateTimeOffset now, CancellationToken cancellationToken)
    {
        var counts = await Task.WhenAll(groups.Helpdesks.Select(helpdesk => CountAtWorkAsync(helpdesk, now, cancellationToken)));
        var all = new Dictionary<string, GroupAtWork>(StringComparer.Ordinal);
        foreach (var (group, count) in counts.SelectMany(ofHelpdesk => ofHelpdesk))
        {
            all[group] = count;
        }

        return all;
    }

    private async Task<IReadOnlyDictionary<string, GroupAtWork>> CountAtWorkAsync(
        string helpdesk, DateTimeOffset now, CancellationToken cancellationToken)
    {
        using var limit = new CancellationTokenSource(Patience, clock);
        using var both = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken, limit.Token);
        try
        {
            return await groups.CountAsync(helpdesk, now, both.Token);
        }
        catch (Exception e) when (e is HelpdeskAwayException or HelpdeskRefusedException)
        {
            NotCounted(helpdesk, e.Message);
        }
        catch (OperationCanceledException) when (limit.IsCancellationRequested && !cancellationToken.IsCancellationRequested)
        {
            NotCounted(helpdesk, $"No answer came within {Patience.TotalSeconds} seconds.");
        }

        return new Dictionary<string, GroupAtWork>();
    }

    private static string[] Reasons(double chance, int alike, double share, TeamLoad load, GroupAtWork? thin) =>
    [
        string.Create(
            CultureInfo.InvariantCulture,
            $"Of {alike} like tickets that were open this long ({share:P0} of the target), about {chance:P0} were missed."),
        .. thin is not null
            ? [string.Create(CultureInfo.InvariantCulture, $"Only {thin.AtWork} of the group's {thin.All} agents are at work.")]
            : load == TeamLoad.High ? ["The group has more open tickets than usual."] : (string[])[],
    ];

    private async Task<IReadOnlyList<Past>> ListPastAsync(CancellationToken cancellationToken)
    {
        await using var command = database.CreateCommand(
            """
            select p.priority, p.group_id, p.tags, coalesce(p.fields ->> 'Intent', p.fields ->> 'intent'), p.created_at, p.first_reply_at, p.solved_at
            from past_tickets p where p.created_at > (select max(created_at) from past_tickets) - $1
            order by p.created_at
            """);
        command.Parameters.Add(new NpgsqlParameter<TimeSpan> { TypedValue = DurationTable.Longest });
        var past = new List<Past>();
        var queues = new OpenQueues();
        await using var reader = await command.ExecuteReaderAsync(cancellationToken);
        while (await reader.ReadAsync(cancellationToken))
        {
            var (createdAt, solvedAt) = (await reader.GetFieldValueAsync<DateTimeOffset>(4, cancellationToken), await MomentAsync(reader, 6, cancellationToken));
            var groupId = reader[1] as string;

            past.Add(new Past(
                Enum.TryParse<TicketPriority>(reader.GetString(0), ignoreCase: true, out var priority) ? priority : TicketPriority.None,
                groupId,
                await reader.GetFieldValueAsync<string[]>(2, cancellationToken),
                reader[3] as string,
                createdAt,
                await MomentAsync(reader, 5, cancellationToken),
                solvedAt,
                queues.Enter(groupId, createdAt, solvedAt)));
        }

        return past;
    }

    private async Task<Dictionary<string, long>> CountOpenAsync(CancellationToken cancellationToken)
    {
        await using var command = database.CreateCommand(
            $"select coalesce(group_id, ''), count(*) from watched_tickets where {WatchLedger.IsOpen} group by 1");
        var counts = new Dictionary<string, long>(StringComparer.Ordinal);
        await using var reader = await command.ExecuteReaderAsync(cancellationToken);
        while (await reader.ReadAsync(cancellationToken))
        {
            counts[reader.GetString(0)] = reader.GetInt64(1);
        }

        return counts;
    }

    private static async Task<DateTimeOffset?> MomentAsync(NpgsqlDataReader reader, int column, CancellationToken cancellationToken) =>
        await reader.IsDBNullAsync(column, cancellationToken) ? null : await reader.GetFieldValueAsync<DateTimeOffset>(column, cancellationToken);

    [LoggerMessage(LogLevel.Warning, "Who is at work in {Helpdesk} can't be counted now, and the risk of a breach is judged without it. {Message}")]
    private partial void NotCounted(string helpdesk, string message);

    private sealed record Past(
        TicketPriority Priority,
        string? GroupId,
        IReadOnlyCollection<string> Tags,
        string? Intent,
        DateTimeOffset CreatedAt,
        DateTimeOffset? FirstReplyAt,
        DateTimeOffset? SolvedAt,
        long OpenThen);
}
