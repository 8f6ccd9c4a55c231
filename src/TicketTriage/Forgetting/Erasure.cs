using System.Text.Json;
using System.Text.Json.Nodes;
using Npgsql;
using TicketTriage.Audits;
using TicketTriage.Knowledge;
using static TicketTriage.Storage.SqlValues;

namespace TicketTriage.Forgetting;

/// <summary>
/// Erases one person: their tickets with all that is kept of them, and whatever else names them. May be called again, which finds what
/// came in since.
/// </summary>
public sealed class Erasure(NpgsqlDataSource database, AuditLedger audit, KnowledgeLedger knowledge, TimeProvider clock)
{
    /// <summary>A word that is shorter stands in too much else.</summary>
    public const int FewestLetters = 6;

    /// <exception cref="ArgumentException">The request names nobody, or a word that is too short.</exception>
    public async Task<ErasureCertificate> RunAsync(ErasureRequest request, CancellationToken cancellationToken)
    {
        if (request is { RequesterId: null, Tickets.Count: 0, Words.Count: 0, Names.Count: 0 })
        {
            throw new ArgumentException("An erasure needs an id, a ticket or a word that says whom it is about.", nameof(request));
        }

        if (request.Words.FirstOrDefault(word => word.Trim().Length < FewestLetters) is { } tooShort)
        {
            throw new ArgumentException(
                $"\"{tooShort}\" is too short to be replaced everywhere: a word needs {FewestLetters} letters at least.", nameof(request));
        }

        var rows = new Dictionary<string, long>();
        var numbers = await ListTicketsAsync(request, cancellationToken);
        foreach (var number in numbers)
        {
            await TicketErasure.RunAsync(database, request.Helpdesk, number, rows, cancellationToken);
        }

        await ForgetActorAsync(request, rows, cancellationToken);
        foreach (var word in request.Words)
        {
            await WordErasure.RunAsync(database, word.Trim(), rows, cancellationToken);
        }

        foreach (var name in request.Names)
        {
            await StaffErasure.RunAsync(database, name, request.By, rows, cancellationToken);
        }

        await knowledge.ForgetWordsAsync(cancellationToken);
        // Every process keeps the words of articles in memory.
        await knowledge.TellAsync(cancellationToken);
        var names = await FindNamesAsync(request, cancellationToken);
        if (names.Count > 0)
        {
            rows["audit_people"] = names.Count;
        }

        var certificate = new ErasureCertificate(
            Guid.CreateVersion7(clock.GetUtcNow()), request.Helpdesk, clock.GetUtcNow(), request.By, numbers.Count, rows);
        await audit.AddAsync(
            request.Helpdesk,
            AuditActions.PersonErased,
            request.By,
            CertificateCheck.Subject(certificate.Hash),
            DetailsOf(rows, names),
            cancellationToken);
        // After the line that says so: a name that is gone without one is a fault.
        await ForgetNamesAsync(names, cancellationToken);
        return certificate;
    }

    private async Task<IReadOnlyList<string>> ListTicketsAsync(ErasureRequest request, CancellationToken cancellationToken)
    {
        await using var command = database.CreateCommand(
            """
            select number from triages where helpdesk = $1 and requester_id = $2
            union select number from past_tickets where helpdesk = $1 and requester_id = $2
            union select number from assignments where helpdesk = $1 and requester_id = $2
            union select number from agent_choices where helpdesk = $1 and requester_id = $2
            union select number from tickets where helpdesk = $1 and last_read_of = $2
            union select unnest($3)
            order by 1
            """);
        command.Parameters.Add(Text(request.Helpdesk));
        command.Parameters.Add(Text(request.RequesterId));
        command.Parameters.Add(new NpgsqlParameter<string[]> { TypedValue = [.. request.Tickets] });
        return await ReadAsync(command, cancellationToken);
    }

    /// <summary>What the person did to others' tickets, such as writing along, stays without saying who it was.</summary>
    private async Task ForgetActorAsync(ErasureRequest request, Dictionary<string, long> rows, CancellationToken cancellationToken)
    {
        await using var command = database.CreateCommand("update deliveries set actor_id = null where helpdesk = $1 and actor_id = $2");
        command.Parameters.Add(Text(request.Helpdesk));
        command.Parameters.Add(Text(request.RequesterId));
        if (await command.ExecuteNonQueryAsync(cancellationToken) is var changed and > 0)
        {
            rows["deliveries"] = rows.GetValueOrDefault("deliveries") + changed;
        }
    }

    /// <summary>Somebody who has also worked here: the audit keeps what they did, without the name.</summary>
    /// <returns>The keys of the names, as the audit's check looks for them.</returns>
    private async Task<IReadOnlyList<string>> FindNamesAsync(ErasureRequest request, CancellationToken cancellationToken)
    {
        await using var command = database.CreateCommand(
            """
            select encode(id, 'hex') from audit_people
            where name = any($2) or exists (select from unnest($1) w where strpos(lower(name), lower(w)) > 0) order by 1
            """);
        command.Parameters.Add(new NpgsqlParameter<string[]> { TypedValue = [.. request.Words.Select(word => word.Trim())] });
        command.Parameters.Add(new NpgsqlParameter<string[]> { TypedValue = [.. request.Names] });
        return await ReadAsync(command, cancellationToken);
    }

    private async Task ForgetNamesAsync(IReadOnlyList<string> names, CancellationToken cancellationToken)
    {
        await using var command = database.CreateCommand("delete from audit_people where encode(id, 'hex') = any($1)");
        command.Parameters.Add(new NpgsqlParameter<string[]> { TypedValue = [.. names] });
        await command.ExecuteNonQueryAsync(cancellationToken);
    }

    private static async Task<IReadOnlyList<string>> ReadAsync(NpgsqlCommand command, CancellationToken cancellationToken)
    {
        await using var reader = await command.ExecuteReaderAsync(cancellationToken);
        var texts = new List<string>();
        while (await reader.ReadAsync(cancellationToken))
        {
            texts.Add(reader.GetString(0));
        }

        return texts;
    }

    private static string DetailsOf(Dictionary<string, long> rows, IReadOnlyList<string> names) => new JsonObject
    {
        ["rows"] = new JsonObject(rows.Select(table => KeyValuePair.Create<string, JsonNode?>(table.Key, table.Value))),
        ["names"] = new JsonArray([.. names.Select(name => JsonValue.Create(name))]),
    }.ToJsonString(JsonSerializerOptions.Default);
}
