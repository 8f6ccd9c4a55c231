using Npgsql;
using TicketTriage.Audits;

namespace TicketTriage.Jobs;

/// <summary>The tables <c>job_runs</c> and <c>job_pauses</c>: what has run, and what shall not.</summary>
internal static class JobRecords
{
    /// <summary>
    /// Counts an attempt, before it is made. An earlier run that never came to an end is closed: whoever calls holds the job's
    /// lock, so nobody is at it. Of each job the latest thousand runs are kept.
    /// </summary>
    /// <returns>The attempt's number, from 1; <see langword="null"/> when the run has ended already.</returns>
    public static async Task<int?> BeginAttemptAsync(
        NpgsqlConnection session, JobBeat beat, string process, DateTimeOffset now, CancellationToken cancellationToken)
    {
        const string sql = """
            update job_runs
            set ended_at = @now, outcome = null, error = 'It was cut off: its process or its connection to the database ended.'
            where name = @name and ended_at is null and due_at <> @due;

            delete from job_runs
            where name = @name and due_at < (
                select due_at from job_runs where name = @name order by due_at desc offset 1000 limit 1);

            insert into job_runs (name, due_at, started_at, attempts, process)
            values (@name, @due, @now, 1, @process)
            on conflict (name, due_at) do update
            set attempts = job_runs.attempts + 1, process = excluded.process
            where job_runs.ended_at is null
            returning attempts
            """;
        await using var command = new NpgsqlCommand(sql, session)
        {
            Parameters = { new("name", beat.Job), new("due", Utc(beat.DueAt)), new("now", Utc(now)), new("process", process) },
        };
        return await command.ExecuteScalarAsync(cancellationToken) as int?;
    }

    public static Task EndDoneAsync(NpgsqlConnection session, JobBeat beat, string outcome, DateTimeOffset now) =>
        WriteAsync(session, beat, "ended_at = @now, outcome = @text, error = null", outcome, now);

    public static Task EndFailedAsync(NpgsqlConnection session, JobBeat beat, string error, DateTimeOffset now) =>
        WriteAsync(session, beat, "ended_at = @now, outcome = null, error = @text", error, now);

    /// <summary>Notes why an attempt failed while another is still to come.</summary>
    public static Task NoteFailureAsync(NpgsqlConnection session, JobBeat beat, string error, DateTimeOffset now) =>
        WriteAsync(session, beat, "error = @text", error, now);

    /// <summary>Leaves the run open for another process; the attempt doesn't count, since the job had no part in its end.</summary>
    public static Task HandBackAsync(NpgsqlConnection session, JobBeat beat, DateTimeOffset now) =>
        WriteAsync(session, beat, "attempts = attempts - 1, error = @text", "Its process was stopped; another takes it up.", now);

    /// <summary>True where the job is paused, unless the run had begun before.</summary>
    public static async Task<bool> IsHeldUpAsync(NpgsqlConnection session, JobBeat beat, CancellationToken cancellationToken)
    {
        const string sql = """
            select exists (select from job_pauses where name = @name)
               and not exists (select from job_runs where name = @name and due_at = @due and ended_at is null)
            """;
        await using var command = new NpgsqlCommand(sql, session) { Parameters = { new("name", beat.Job), new("due", Utc(beat.DueAt)) } };
        return await command.ExecuteScalarAsync(cancellationToken) is true;
    }

    public static async Task PauseAsync(
        NpgsqlDataSource database, string name, string by, DateTimeOffset now, CancellationToken cancellationToken)
    {
        await using var command = database.CreateCommand(
            "insert into job_pauses (name, paused_at, paused_by) values (@name, @now, @by) on conflict (name) do nothing");
        command.Parameters.AddRange(new NpgsqlParameter[] { new("name", name), new("now", Utc(now)), new("by", by) });
        await command.ExecuteNonQueryAsync(cancellationToken);
    }

    public static async Task ResumeAsync(NpgsqlDataSource database, string name, string by, CancellationToken cancellationToken)
    {
        await using var command = database.CreateCommand($"delete from job_pauses where name = @name and {AuditLedger.By("@by")}");
        command.Parameters.AddRange(new NpgsqlParameter[] { new("name", name), new("by", by) });
        await command.ExecuteNonQueryAsync(cancellationToken);
    }

    public static async Task<IReadOnlyDictionary<string, JobPause>> ListPausesAsync(
        NpgsqlDataSource database, CancellationToken cancellationToken)
    {
        await using var command = database.CreateCommand("select name, paused_at, paused_by from job_pauses");
        await using var reader = await command.ExecuteReaderAsync(cancellationToken);
        var pauses = new Dictionary<string, JobPause>();
        while (await reader.ReadAsync(cancellationToken))
        {
            var at = await reader.GetFieldValueAsync<DateTimeOffset>(1, cancellationToken);
            pauses.Add(reader.GetString(0), new JobPause(at, reader.GetString(2)));
        }

        return pauses;
    }

    /// <summary>What changes with the latest runs of these jobs, or when one is paused or goes on.</summary>
    /// <param name="runs">How many of each count.</param>
    public static async Task<string> MarkAsync(
        NpgsqlDataSource database, string[] names, int runs, CancellationToken cancellationToken)
    {
        const string sql = """
            select concat_ws('/',
                (select md5(string_agg(concat_ws(' ', j.name, r.due_at, r.ended_at, r.attempts, r.process, r.outcome, r.error), '/'
                            order by j.name, r.due_at))
                 from unnest(@names) j (name)
                 cross join lateral (select * from job_runs where name = j.name order by due_at desc limit @runs) r),
                (select string_agg(concat_ws(' ', name, paused_at), '/' order by name) from job_pauses))
            """;
        await using var command = database.CreateCommand(sql);
        command.Parameters.AddRange(new NpgsqlParameter[] { new("names", names), new("runs", runs) });
        return await command.ExecuteScalarAsync(cancellationToken) as string ?? "";
    }

    /// <summary>The job's latest runs, newest first.</summary>
    public static async Task<IReadOnlyList<JobRun>> ListRunsAsync(
        NpgsqlDataSource database, string name, int most, CancellationToken cancellationToken)
    {
        const string sql = $"""
            select due_at, started_at, ended_at, attempts, process, outcome, error,
                   ended_at is null and exists (
                       select from pg_locks
                       where locktype = 'advisory' and granted and objsubid = 1
                         and database = (select oid from pg_database where datname = current_database())
                         and (classid::bigint << 32 | objid::bigint) = {JobLock.Key})
            from job_runs where name = @name order by due_at desc limit @most
            """;
        await using var command = database.CreateCommand(sql);
        command.Parameters.AddRange(new NpgsqlParameter[] { new("name", name), new("most", most) });
        await using var reader = await command.ExecuteReaderAsync(cancellationToken);
        var runs = new List<JobRun>();
        while (await reader.ReadAsync(cancellationToken))
        {
            runs.Add(Read(reader));
        }

        return runs;
    }

    private static JobRun Read(NpgsqlDataReader row)
    {
        var endedAt = row.IsDBNull(2) ? (DateTimeOffset?)null : row.GetFieldValue<DateTimeOffset>(2);
        var outcome = row.IsDBNull(5) ? null : row.GetString(5);
        return new JobRun
        {
            DueAt = row.GetFieldValue<DateTimeOffset>(0),
            StartedAt = row.GetFieldValue<DateTimeOffset>(1),
            EndedAt = endedAt,
            Attempts = row.GetInt32(3),
            Process = row.GetString(4),
            Outcome = outcome,
            Error = row.IsDBNull(6) ? null : row.GetString(6),
            State = (endedAt, outcome, IsHeld: row.GetBoolean(7)) switch
            {
                (not null, not null, _) => JobRunState.Done,
                (not null, null, _) => JobRunState.Failed,
                (null, _, true) => JobRunState.Running,
                (null, _, false) => JobRunState.CutOff,
            },
        };
    }

    // Recorded also while the host is stopping: what has happened has happened.
    private static async Task WriteAsync(NpgsqlConnection session, JobBeat beat, string change, string text, DateTimeOffset now)
    {
        await using var command = new NpgsqlCommand($"update job_runs set {change} where name = @name and due_at = @due", session)
        {
            Parameters = { new("name", beat.Job), new("due", Utc(beat.DueAt)), new("now", Utc(now)), new("text", text) },
        };
        await command.ExecuteNonQueryAsync(CancellationToken.None);
    }

    private static DateTime Utc(DateTimeOffset at) => at.UtcDateTime;
}

/// <summary>Since when a job is paused, and by whom.</summary>
public sealed record JobPause(DateTimeOffset At, string By);
