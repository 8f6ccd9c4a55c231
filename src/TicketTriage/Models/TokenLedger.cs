using Microsoft.Extensions.Options;
using Npgsql;

namespace TicketTriage.Models;

/// <summary>The budgets of all helpdesks in one table, so that all processes share them. A day is a UTC day.</summary>
public sealed class TokenLedger(NpgsqlDataSource database, IOptions<ModelOptions> options, TimeProvider clock) : ITokenLedger
{
    /// <summary>
    /// The guarantee: however many set aside at once, in whichever process, what is set aside and used on a day never exceeds the budget.
    /// It holds because the sum is read and raised in one statement, on a row that the second comer waits for. Only a call that used more
    /// than it had set aside can pass the budget, and by no more than that difference.
    /// </summary>
    private const string ReserveStatement =
        """
        insert into token_spending as s (helpdesk, day, tokens)
        select $1, $2, $3 where $3 <= $4
        on conflict (helpdesk, day) do update
        set tokens = s.tokens + excluded.tokens
        where s.tokens + excluded.tokens <= $4
        returning tokens
        """;

    private const string SettleStatement = "update token_spending set tokens = tokens + $3 where helpdesk = $1 and day = $2";

    public async Task<TokenReservation?> ReserveAsync(string? helpdesk, int most, CancellationToken cancellationToken)
    {
        if (helpdesk is null || options.Value.DailyTokensFor(helpdesk) is not { } budget)
        {
            return null;
        }

        var reservation = new TokenReservation(helpdesk, DateOnly.FromDateTime(clock.GetUtcNow().UtcDateTime), most);
        await using var command = database.CreateCommand(ReserveStatement);
        Add(command, reservation, most);
        command.Parameters.Add(new NpgsqlParameter<long> { TypedValue = budget });
        return await command.ExecuteScalarAsync(cancellationToken) is long
            ? reservation
            : throw new ModelFailedException(
                $"The tokens of helpdesk {helpdesk} are used up for {reservation.Day:yyyy-MM-dd} (UTC): {budget} a day.",
                ModelFailure.Spent);
    }

    public async Task SettleAsync(TokenReservation reservation, int used, CancellationToken cancellationToken)
    {
        await using var command = database.CreateCommand(SettleStatement);
        Add(command, reservation, used - reservation.Tokens);
        await command.ExecuteNonQueryAsync(cancellationToken);
    }

    private static void Add(NpgsqlCommand command, TokenReservation reservation, long tokens)
    {
        command.Parameters.Add(new NpgsqlParameter<string> { TypedValue = reservation.Helpdesk });
        command.Parameters.Add(new NpgsqlParameter<DateOnly> { TypedValue = reservation.Day });
        command.Parameters.Add(new NpgsqlParameter<long> { TypedValue = tokens });
    }
}
