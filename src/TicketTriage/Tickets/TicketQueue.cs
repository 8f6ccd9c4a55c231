using Npgsql;
using NpgsqlTypes;
using static TicketTriage.Storage.SqlValues;

namespace TicketTriage.Tickets;

/// <summary>
/// The tickets as a queue. The statements that carry its guarantees stand here, each with the condition of its
/// <see cref="TicketTransition"/>:
/// <list type="bullet">
/// <item>a ticket is claimed by one worker at a time, and each claim raises its fence;</item>
/// <item>a claim counts as an attempt that is committed before the work, so that a ticket that kills its process is seen;</item>
/// <item>whatever ends a claim carries its fence: a worker that slept past its lease changes nothing;</item>
/// <item>what was wanted while the ticket was worked on makes it due again.</item>
/// </list>
/// Time is the database's, so that the clocks of several machines don't matter.
/// </summary>
/// <param name="clock">Tells how long a claim has been held, in this process.</param>
public sealed class TicketQueue(NpgsqlDataSource database, TimeProvider clock)
{
    /// <summary>The channel on which waiting work is announced.</summary>
    public const string Channel = "tickettriage_work";

    /// <summary>Claims that may die without an end before the ticket is parked.</summary>
    public const int MostAttempts = 3;

    /// <summary>Tickets in one claim at most.</summary>
    public const int MostClaimed = 512;

    /// <summary>How long a passing failure is met with another try before a person has to look.</summary>
    public static readonly TimeSpan Horizon = TimeSpan.FromHours(72);

    /// <summary>
    /// What a ticket was wanted for while it was worked on waits so long: ten messages within a second are two triages at most, the first at once and
    /// one of the newest state.
    /// </summary>
    private static readonly TimeSpan Gathering = TimeSpan.FromSeconds(1);

    // Who has changed the ticket is looked up only where it was decided before: a new ticket costs nothing. The limit on "due" cuts
    // nothing off: it tells the planner that the rows are few, which it can't see in a parameter; else it reads the whole queue.
    internal static string ClaimStatement { get; } =
        $"""
        with fresh as (
            select helpdesk, number from tickets
            where next_at <= now() and attempts = 0
            order by next_at
            limit $1
            for update skip locked
        ), suspect as (
            select helpdesk, number from tickets
            where next_at <= now() and attempts > 0 and attempts < {MostAttempts}
            order by next_at
            limit $2
            for update skip locked
        ), due as (
            select helpdesk, number from (select * from fresh union all select * from suspect) both_kinds limit {MostClaimed}
        )
        update tickets t
        set lease_until = now() + $3, next_at = now() + $3, claimed_at = now(),
            fence = t.fence + 1, attempts = t.attempts + 1, tries = t.tries + 1, awaits_helpdesk = false
        from due
        where t.helpdesk = due.helpdesk and t.number = due.number and t.{TicketTransition.Claim.Condition}
        returning t.helpdesk, t.number, t.wanted, t.fence, t.attempts, t.failures, t.stamp, t.content_hash,
            (select w.triage_id from write_backs w
             where w.helpdesk = t.helpdesk and w.number = t.number and w.state = 'sent'),
            case when t.decided_from is not null then
                array(select distinct d.actor_id from deliveries d
                      where d.helpdesk = t.helpdesk and d.number = t.number and d.received_at > t.decided_from)
            end,
            t.trace
        """;

    private static readonly string ReadStatement =
        $"update tickets set last_read = $4, last_read_of = $5 where helpdesk = $1 and number = $2 and {TicketTransition.Read.Condition}";

    private static readonly string RetryStatement =
        $"""
        update tickets
        set attempts = 0, lease_until = null, reason = $5, changed_at = now(),
            awaits_helpdesk = $7,
            next_at = case when failing_since < now() - $6 then null else now() + $4 end,
            outcome = case when failing_since < now() - $6 then 'parked' else outcome end,
            failures = case when failing_since < now() - $6 then 0 when $8 then failures + 1 else failures end,
            tries = case when $8 then tries else tries - 1 end,
            failing_since = case when failing_since < now() - $6 then null else coalesce(failing_since, now()) end
        where helpdesk = $1 and number = $2 and {TicketTransition.Retry.Condition}
        returning next_at is null
        """;

    private static readonly string PostponeStatement =
        $"""
        update tickets
        set attempts = 0, tries = tries - 1, lease_until = null, next_at = now() + $4, reason = $5, changed_at = now()
        where helpdesk = $1 and number = $2 and {TicketTransition.Postpone.Condition}
        """;

    private static readonly string GiveBackStatement =
        $"""
        update tickets
        set attempts = 0, tries = tries - 1, lease_until = null, next_at = now()
        where helpdesk = $1 and number = $2 and {TicketTransition.GiveBack.Condition}
        """;

    private static readonly string WakeStatement =
        $"""
        with first as (
            select helpdesk, number from tickets
            where helpdesk = $1 and awaits_helpdesk and next_at > now()
            order by next_at
            limit $2
            for update skip locked)
        update tickets t
        set next_at = now()
        from first
        where t.helpdesk = first.helpdesk and t.number = first.number and t.{TicketTransition.Wake.Condition}
        """;

    // A ticket that is parked here and wanted again by a delivery gets one more attempt, not as many again.
    private static readonly string ReturnStatement =
        $"""
        with ended as (
            select helpdesk, number from tickets
            where next_at <= now() and attempts > 0 and lease_until <= now()
            for update skip locked)
        update tickets t
        set lease_until = null, changed_at = now(),
            attempts = case when t.attempts >= {MostAttempts} then {MostAttempts - 1} else t.attempts end,
            next_at = case when t.attempts >= {MostAttempts} then null else t.next_at end,
            outcome = case when t.attempts >= {MostAttempts} then 'parked' else t.outcome end,
            reason = case when t.attempts >= {MostAttempts} then $1 else t.reason end
        from ended
        where t.helpdesk = ended.helpdesk and t.number = ended.number and t.{TicketTransition.Return.Condition}
        returning t.next_at is null
        """;

    /// <summary>The statement that ends a claim, for a room that ends its own record in the same transaction.</summary>
    internal static string FinishStatement { get; } =
        $"""
        update tickets
        set done = $4, outcome = $5, reason = $6, stamp = coalesce($7, stamp), content_hash = coalesce($8, content_hash),
            decided_from = case when $5 = 'parked' then decided_from else claimed_at end,
            attempts = 0, failures = 0, failing_since = null, lease_until = null, changed_at = now(),
            tries = case when $5 = 'parked' then tries else 0 end,
            last_read = case when $5 = 'parked' then last_read end, last_read_of = case when $5 = 'parked' then last_read_of end,
            next_at = case when wanted > $4 then now() + interval '{Gathering.TotalSeconds} seconds' end,
            trace = case when wanted > $4 then trace end
        where helpdesk = $1 and number = $2 and {TicketTransition.Finish.Condition}
        """;

    /// <summary>
    /// The statement that gives a claim back with an earlier claim's change as the ticket's last. Neither what is done nor from when on
    /// others' doings count moves: a customer may have written since that change was decided.
    /// </summary>
    internal static string SettleStatement { get; } =
        $"""
        update tickets
        set outcome = 'written', reason = null, stamp = coalesce($5, stamp), content_hash = $6,
            attempts = 0, tries = 0, failures = 0, failing_since = null, lease_until = null, next_at = now(), changed_at = now()
        where helpdesk = $1 and number = $2 and {TicketTransition.Settle.Condition}
        """;

    /// <summary>Claims tickets that are due, the longest waiting first.</summary>
    public async Task<IReadOnlyList<ClaimedTicket>> ClaimAsync(ClaimOrder order, CancellationToken cancellationToken)
    {
        var claimedAt = clock.GetTimestamp();
        await using var command = database.CreateCommand(ClaimStatement);
        command.Parameters.Add(new NpgsqlParameter<int> { TypedValue = order.Most });
        command.Parameters.Add(new NpgsqlParameter<int> { TypedValue = order.MostSuspects });
        command.Parameters.Add(new NpgsqlParameter<TimeSpan> { TypedValue = order.Lease });

        var claimed = new List<ClaimedTicket>();
        await using var reader = await command.ExecuteReaderAsync(cancellationToken);
        while (await reader.ReadAsync(cancellationToken))
        {
            claimed.Add(new ClaimedTicket(
                new TicketId(reader.GetString(0), reader.GetString(1)), Wanted: reader.GetInt64(2), Fence: reader.GetInt64(3))
            {
                Attempt = reader.GetInt32(4),
                Failures = reader.GetInt32(5),
                Stamp = reader[6] as string,
                ContentHash = reader[7] as string,
                OpenTriage = reader[8] as Guid?,
                Actors = reader[9] as string?[] ?? [],
                Trace = reader[10] as string,
                Lease = order.Lease,
                ClaimedAt = claimedAt,
            });
        }

        return claimed;
    }

    /// <summary>Keeps what was read of a ticket, until it is decided.</summary>
    /// <param name="reading">JSON, with personal data replaced.</param>
    /// <param name="requesterId">Whose ticket it is.</param>
    /// <exception cref="LeaseLostException">Another worker has the ticket by now.</exception>
    public async Task KeepReadingAsync(ClaimedTicket claim, string reading, string? requesterId, CancellationToken cancellationToken)
    {
        await using var command = database.CreateCommand(ReadStatement);
        AddClaim(command.Parameters, claim);
        command.Parameters.Add(new NpgsqlParameter<string> { TypedValue = reading, NpgsqlDbType = NpgsqlDbType.Jsonb });
        command.Parameters.Add(Text(requesterId));
        LeaseLostException.ThrowIfNone(await command.ExecuteNonQueryAsync(cancellationToken), claim);
    }

    /// <summary>Ends a claim: decided for what was wanted when it was claimed. Due again at once if more was wanted since.</summary>
    /// <param name="stamp">The version of the ticket that the decision stands for; <see langword="null"/> leaves the last.</param>
    /// <param name="contentHash">What the customer had said; <see langword="null"/> leaves the last.</param>
    /// <exception cref="LeaseLostException">Another worker has the ticket by now.</exception>
    public async Task FinishAsync(
        ClaimedTicket claim, TicketOutcome outcome, string? reason, string? stamp, string? contentHash, CancellationToken cancellationToken)
    {
        await using var command = database.CreateCommand(FinishStatement);
        AddFinishParameters(command.Parameters, claim, outcome, reason, stamp, contentHash);
        LeaseLostException.ThrowIfNone(await command.ExecuteNonQueryAsync(cancellationToken), claim);
    }

    internal static void AddFinishParameters(
        NpgsqlParameterCollection parameters, ClaimedTicket claim, TicketOutcome outcome, string? reason, string? stamp, string? contentHash)
    {
        AddClaim(parameters, claim);
        parameters.Add(new NpgsqlParameter<long> { TypedValue = claim.Wanted });
        parameters.Add(Text(outcome.Word()));
        parameters.Add(Text(reason));
        parameters.Add(Text(stamp));
        parameters.Add(Text(contentHash));
    }

    /// <summary>Gives a claim back to be tried again, or parks it once nothing has come of it for <see cref="Horizon"/>.</summary>
    /// <returns>True where the ticket was parked.</returns>
    /// <exception cref="LeaseLostException">Another worker has the ticket by now.</exception>
    public async Task<bool> RetryAsync(ClaimedTicket claim, NextTry next, CancellationToken cancellationToken)
    {
        await using var command = database.CreateCommand(RetryStatement);
        AddClaim(command.Parameters, claim);
        command.Parameters.Add(new NpgsqlParameter<TimeSpan> { TypedValue = next.Delay });
        command.Parameters.Add(Text(next.Reason));
        command.Parameters.Add(new NpgsqlParameter<TimeSpan> { TypedValue = Horizon });
        command.Parameters.Add(new NpgsqlParameter<bool> { TypedValue = next.AwaitsHelpdesk });
        command.Parameters.Add(new NpgsqlParameter<bool> { TypedValue = next.IsFailure });
        var parked = (bool?)await command.ExecuteScalarAsync(cancellationToken);
        return parked ?? throw new LeaseLostException(claim);
    }

    /// <summary>Gives a claim back to be taken up later, although nothing failed.</summary>
    /// <exception cref="LeaseLostException">Another worker has the ticket by now.</exception>
    public async Task PostponeAsync(ClaimedTicket claim, TimeSpan delay, string reason, CancellationToken cancellationToken)
    {
        await using var command = database.CreateCommand(PostponeStatement);
        AddClaim(command.Parameters, claim);
        command.Parameters.Add(new NpgsqlParameter<TimeSpan> { TypedValue = delay });
        command.Parameters.Add(Text(reason));
        LeaseLostException.ThrowIfNone(await command.ExecuteNonQueryAsync(cancellationToken), claim);
    }

    /// <summary>Gives a claim back untouched, at once: the process is stopping, or the database was away. Does nothing where it is lost.</summary>
    public async Task GiveBackAsync(ClaimedTicket claim, CancellationToken cancellationToken)
    {
        await using var command = database.CreateCommand(GiveBackStatement);
        AddClaim(command.Parameters, claim);
        await command.ExecuteNonQueryAsync(cancellationToken);
    }

    /// <summary>
    /// Makes due at once what waits for nothing but its helpdesk's return, in the order in which it would have come.
    /// </summary>
    /// <param name="most">Tickets at most.</param>
    /// <returns>How many were woken.</returns>
    public async Task<int> WakeAsync(string helpdesk, int most, CancellationToken cancellationToken)
    {
        await using var command = database.CreateCommand(WakeStatement);
        command.Parameters.Add(new NpgsqlParameter<string> { TypedValue = helpdesk });
        command.Parameters.Add(new NpgsqlParameter<int> { TypedValue = most });
        return await command.ExecuteNonQueryAsync(cancellationToken);
    }

    /// <summary>Parks what died under its worker too often, and shows as waiting again what a dead worker has left behind.</summary>
    /// <returns>How many were parked, and how many leases had ended.</returns>
    public async Task<(int Parked, int Returned)> ReturnLeasesAsync(CancellationToken cancellationToken)
    {
        await using var command = database.CreateCommand(ReturnStatement);
        command.Parameters.Add(Text(
            $"Its worker ended without a word {MostAttempts} times while working on it; look at the log of that time, then replay it."));

        int parked = 0, returned = 0;
        await using var reader = await command.ExecuteReaderAsync(cancellationToken);
        while (await reader.ReadAsync(cancellationToken))
        {
            if (reader.GetBoolean(0))
            {
                parked++;
            }
            else
            {
                returned++;
            }
        }

        return (parked, returned);
    }

    private static void AddClaim(NpgsqlParameterCollection parameters, ClaimedTicket claim)
    {
        parameters.Add(new NpgsqlParameter<string> { TypedValue = claim.Id.Helpdesk });
        parameters.Add(new NpgsqlParameter<string> { TypedValue = claim.Id.Number });
        parameters.Add(new NpgsqlParameter<long> { TypedValue = claim.Fence });
    }
}

/// <summary>When a ticket that could not be finished is tried again.</summary>
/// <param name="Reason">One sentence: what has failed.</param>
public sealed record NextTry(TimeSpan Delay, string Reason)
{
    /// <summary>
    /// False where the ticket only has to wait its turn: that makes no later wait longer, but time goes by towards <see cref="TicketQueue.Horizon"/>.
    /// </summary>
    public bool IsFailure { get; init; } = true;

    /// <summary>
    /// True where the helpdesk was not even asked, since it had failed too often: the ticket may come earlier once others get through. One
    /// that was asked for and failed has its own time, or it would be tried again with everybody who gets through.
    /// </summary>
    public bool AwaitsHelpdesk { get; init; }
}
