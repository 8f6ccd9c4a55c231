using Npgsql;
using NpgsqlTypes;

namespace TicketTriage.Tickets;

/// <summary>
/// The tickets as a queue. All statements that carry its guarantees stand here:
/// <list type="bullet">
/// <item>a ticket is claimed by one worker at a time, and each claim raises its fence;</item>
/// <item>a claim counts as an attempt that is committed before the work, so that a ticket that kills its process is seen;</item>
/// <item>whatever ends a claim carries its fence: a worker that slept past its lease changes nothing;</item>
/// <item>what was wanted while the ticket was worked on makes it due again.</item>
/// </list>
/// Time is the database's, so that the clocks of several machines don't matter.
/// </summary>
public sealed class TicketQueue(NpgsqlDataSource database)
{
    /// <summary>The channel on which waiting work is announced.</summary>
    public const string Channel = "tickettriage_work";

    /// <summary>Claims that may die without an end before the ticket is parked.</summary>
    public const int MostAttempts = 3;

    /// <summary>
    /// How long a claim holds. Longer than the longest journey (<see cref="WorkLimit"/>), so that a living worker never outlives it.
    /// </summary>
    public static readonly TimeSpan Lease = TimeSpan.FromSeconds(100);

    /// <summary>How long one journey may take before it is given up and tried again later.</summary>
    public static readonly TimeSpan WorkLimit = TimeSpan.FromSeconds(80);

    /// <summary>How long a passing failure is met with another try before a person has to look.</summary>
    public static readonly TimeSpan Horizon = TimeSpan.FromHours(72);

    /// <summary>Claims tickets that are due, the longest waiting first.</summary>
    public async Task<IReadOnlyList<ClaimedTicket>> ClaimAsync(int most, CancellationToken cancellationToken)
    {
        await using var command = database.CreateCommand(
            """
            with due as (
                select helpdesk, number from tickets
                where next_at <= now() and attempts < $3
                order by next_at
                limit $1
                for update skip locked)
            update tickets t
            set lease_until = now() + $2, next_at = now() + $2, fence = t.fence + 1, attempts = t.attempts + 1
            from due
            where t.helpdesk = due.helpdesk and t.number = due.number
            returning t.helpdesk, t.number, t.wanted, t.fence, t.failures, t.stamp, t.content_hash,
                (select w.triage_id from write_backs w
                 where w.helpdesk = t.helpdesk and w.number = t.number and w.state = 'sent')
            """);
        command.Parameters.Add(new NpgsqlParameter<int> { TypedValue = most });
        command.Parameters.Add(new NpgsqlParameter<TimeSpan> { TypedValue = Lease });
        command.Parameters.Add(new NpgsqlParameter<int> { TypedValue = MostAttempts });

        var claimed = new List<ClaimedTicket>();
        await using var reader = await command.ExecuteReaderAsync(cancellationToken);
        while (await reader.ReadAsync(cancellationToken))
        {
            claimed.Add(new ClaimedTicket(
                new TicketId(reader.GetString(0), reader.GetString(1)),
                Wanted: reader.GetInt64(2),
                Fence: reader.GetInt64(3),
                Failures: reader.GetInt32(4),
                Stamp: reader[5] as string,
                ContentHash: reader[6] as string,
                OpenTriage: reader[7] as Guid?));
        }

        return claimed;
    }

    /// <summary>Ends a claim: decided for what was wanted when it was claimed. Due again at once if more was wanted since.</summary>
    /// <param name="outcome"><see langword="null"/> leaves it as it was: nothing has changed.</param>
    /// <param name="stamp">The version of the ticket that the decision stands for.</param>
    /// <exception cref="LeaseLostException">Another worker has the ticket by now.</exception>
    public async Task FinishAsync(
        ClaimedTicket claim, TicketOutcome? outcome, string? reason, string? stamp, string? contentHash, CancellationToken cancellationToken)
    {
        await using var command = database.CreateCommand(FinishStatement);
        AddFinishParameters(command.Parameters, claim, outcome, reason, stamp, contentHash);
        LeaseLostException.ThrowIfNone(await command.ExecuteNonQueryAsync(cancellationToken), claim);
    }

    /// <summary>The statement that ends a claim, for a room that ends its own record in the same transaction.</summary>
    internal const string FinishStatement =
        """
        update tickets
        set done = $4, outcome = coalesce($5, outcome), reason = $6, stamp = coalesce($7, stamp), content_hash = coalesce($8, content_hash),
            attempts = 0, failures = 0, failing_since = null, lease_until = null, changed_at = now(),
            next_at = case when wanted > $4 then now() end
        where helpdesk = $1 and number = $2 and fence = $3
        """;

    internal static void AddFinishParameters(
        NpgsqlParameterCollection parameters, ClaimedTicket claim, TicketOutcome? outcome, string? reason, string? stamp, string? contentHash)
    {
        AddClaim(parameters, claim);
        parameters.Add(new NpgsqlParameter<long> { TypedValue = claim.Wanted });
        parameters.Add(Text(outcome?.Word()));
        parameters.Add(Text(reason));
        parameters.Add(Text(stamp));
        parameters.Add(Text(contentHash));
    }

    /// <summary>Gives a claim back to be tried again, or parks it once failures have gone on for <see cref="Horizon"/>.</summary>
    /// <returns>True where the ticket was parked.</returns>
    /// <exception cref="LeaseLostException">Another worker has the ticket by now.</exception>
    public async Task<bool> RetryAsync(ClaimedTicket claim, TimeSpan delay, string reason, CancellationToken cancellationToken)
    {
        await using var command = database.CreateCommand(
            """
            update tickets
            set attempts = 0, lease_until = null, reason = $5, changed_at = now(),
                next_at = case when failing_since < now() - $6 then null else now() + $4 end,
                outcome = case when failing_since < now() - $6 then 'parked' else outcome end,
                failures = case when failing_since < now() - $6 then 0 else failures + 1 end,
                failing_since = case when failing_since < now() - $6 then null else coalesce(failing_since, now()) end
            where helpdesk = $1 and number = $2 and fence = $3
            returning next_at is null
            """);
        AddClaim(command.Parameters, claim);
        command.Parameters.Add(new NpgsqlParameter<TimeSpan> { TypedValue = delay });
        command.Parameters.Add(Text(reason));
        command.Parameters.Add(new NpgsqlParameter<TimeSpan> { TypedValue = Horizon });
        var parked = (bool?)await command.ExecuteScalarAsync(cancellationToken);
        return parked ?? throw new LeaseLostException(claim);
    }

    /// <summary>Gives a claim back to be taken up later, although nothing failed.</summary>
    /// <exception cref="LeaseLostException">Another worker has the ticket by now.</exception>
    public async Task PostponeAsync(ClaimedTicket claim, TimeSpan delay, string reason, CancellationToken cancellationToken)
    {
        await using var command = database.CreateCommand(
            """
            update tickets
            set attempts = 0, lease_until = null, next_at = now() + $4, reason = $5, changed_at = now()
            where helpdesk = $1 and number = $2 and fence = $3
            """);
        AddClaim(command.Parameters, claim);
        command.Parameters.Add(new NpgsqlParameter<TimeSpan> { TypedValue = delay });
        command.Parameters.Add(Text(reason));
        LeaseLostException.ThrowIfNone(await command.ExecuteNonQueryAsync(cancellationToken), claim);
    }

    /// <summary>Gives a claim back untouched, at once: the process is stopping.</summary>
    public async Task GiveBackAsync(ClaimedTicket claim, CancellationToken cancellationToken)
    {
        await using var command = database.CreateCommand(
            "update tickets set attempts = 0, lease_until = null, next_at = now() where helpdesk = $1 and number = $2 and fence = $3");
        AddClaim(command.Parameters, claim);
        await command.ExecuteNonQueryAsync(cancellationToken);
    }

    /// <summary>Parks what died under its worker too often, and shows as waiting again what a dead worker has left behind.</summary>
    /// <returns>How many were parked, and how many leases had ended.</returns>
    public async Task<(int Parked, int Returned)> ReturnLeasesAsync(CancellationToken cancellationToken)
    {
        await using var command = database.CreateCommand(
            """
            with ended as (
                select helpdesk, number from tickets
                where next_at <= now() and (lease_until <= now() or attempts >= $1)
                for update skip locked)
            update tickets t
            set lease_until = null, changed_at = now(),
                attempts = case when t.attempts >= $1 then 0 else t.attempts end,
                next_at = case when t.attempts >= $1 then null else t.next_at end,
                outcome = case when t.attempts >= $1 then 'parked' else t.outcome end,
                reason = case when t.attempts >= $1 then $2 else t.reason end
            from ended
            where t.helpdesk = ended.helpdesk and t.number = ended.number
            returning t.next_at is null
            """);
        command.Parameters.Add(new NpgsqlParameter<int> { TypedValue = MostAttempts });
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

    private static NpgsqlParameter Text(string? value) =>
        new() { Value = (object?)value ?? DBNull.Value, NpgsqlDbType = NpgsqlDbType.Text };
}
