using Npgsql;

namespace TicketTriage.Triages;

/// <summary>
/// The months that decisions are kept in. Guarantee: a decision of a month that was not made is kept all the same, in the part for ids of
/// no month; from there it goes by its age, a row at a time.
/// </summary>
public sealed class DecisionMonths(NpgsqlDataSource database)
{
    /// <summary>Long enough for somebody to notice that the job has stopped.</summary>
    private const int Ahead = 3;

    /// <summary>Makes this month and those that come, where they are missing.</summary>
    /// <returns>How many were.</returns>
    public async Task<int> MakeAsync(CancellationToken cancellationToken)
    {
        await using var command = database.CreateCommand("select make_decision_months($1)");
        command.Parameters.Add(new NpgsqlParameter<int> { TypedValue = Ahead });
        return await command.ExecuteScalarAsync(cancellationToken) as int? ?? 0;
    }

    /// <returns>How many months after this one are made, without a gap.</returns>
    public static async Task<int> CountAheadAsync(NpgsqlDataSource database, CancellationToken cancellationToken)
    {
        await using var command = database.CreateCommand(
            """
            with made as materialized (select * from decision_months()), step as (
                select ahead, first_id_at((this + ahead * interval '1 month') at time zone 'UTC') as id
                from generate_series(1, 12) ahead, date_trunc('month', now() at time zone 'UTC') this
            )
            select (coalesce(min(ahead), 13) - 1)::int from step
            where not exists (select from made where first_id <= id and next_id > id)
            """);
        return await command.ExecuteScalarAsync(cancellationToken) as int? ?? 0;
    }
}
