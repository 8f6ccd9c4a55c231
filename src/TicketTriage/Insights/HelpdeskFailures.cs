using System.Net;
using Npgsql;
using TicketTriage.Helpdesks;
using static TicketTriage.Storage.SqlValues;

namespace TicketTriage.Insights;

/// <summary>Keeps the last failure of each helpdesk, for whoever has to mend it: what it said, and what kind of fault that is.</summary>
public sealed class HelpdeskFailures(NpgsqlDataSource database)
{
    /// <summary>Keeps it in the place of the one before. Where a helpdesk fails for many tickets at once, one of them is enough.</summary>
    /// <param name="failure">Anything else than a helpdesk's failure is none, and neither is being asked to slow down.</param>
    public async Task KeepAsync(string helpdesk, Exception? failure, CancellationToken cancellationToken)
    {
        if (KindOf(failure) is not { } kind || failure is null)
        {
            return;
        }

        await using var command = database.CreateCommand(
            """
            insert into helpdesk_failures as f (helpdesk, kind, message) values ($1, $2, $3)
            on conflict (helpdesk) do update set kind = excluded.kind, message = excluded.message, at = excluded.at
            where f.at < now() - interval '5 seconds' or f.kind <> excluded.kind
            """);
        command.Parameters.Add(Text(helpdesk));
        command.Parameters.Add(Text(kind));
        command.Parameters.Add(Text(failure.Message));
        await command.ExecuteNonQueryAsync(cancellationToken);
    }

    /// <returns>The kinds of failure that helpdesks' last ones were, where that is not longer ago.</returns>
    public async Task<IReadOnlyList<string>> ListSinceAsync(TimeSpan ago, CancellationToken cancellationToken)
    {
        await using var command = database.CreateCommand("select distinct kind from helpdesk_failures where at >= now() - $1 order by kind");
        command.Parameters.Add(new NpgsqlParameter<TimeSpan> { TypedValue = ago });
        await using var reader = await command.ExecuteReaderAsync(cancellationToken);
        var kinds = new List<string>();
        while (await reader.ReadAsync(cancellationToken))
        {
            kinds.Add(reader.GetString(0));
        }

        return kinds;
    }

    /// <returns><see langword="null"/> for what is no failure of a helpdesk's.</returns>
    public static string? KindOf(Exception? failure) => failure switch
    {
        HelpdeskAwayException { AsksToSlowDown: true } or HelpdeskAwayException { IsLeftAlone: true } => null,
        HelpdeskAwayException => "away",
        HelpdeskRefusedException { Status: HttpStatusCode.Unauthorized } => "credentials",
        HelpdeskRefusedException { Status: HttpStatusCode.Forbidden } => "rights",
        HelpdeskRefusedException { Status: HttpStatusCode.NotFound, IsUnknownRecord: false } => "address",
        HelpdeskRefusedException { Status: >= HttpStatusCode.MultipleChoices and < HttpStatusCode.BadRequest } => "address",
        HelpdeskRefusedException => "refused",
        _ => null,
    };
}

/// <summary>What a helpdesk failed with last.</summary>
/// <param name="Kind"><c>away</c>, <c>credentials</c>, <c>rights</c>, <c>address</c> or <c>refused</c>.</param>
/// <param name="Message">One sentence, as it was logged.</param>
public sealed record HelpdeskFailure(string Kind, string Message, DateTimeOffset At);
