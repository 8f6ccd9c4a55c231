namespace TicketTriage.Models;

/// <summary>Keeps what each helpdesk may have the model read and write in a day.</summary>
public interface ITokenLedger
{
    /// <summary>Sets tokens aside before a call.</summary>
    /// <param name="helpdesk"><see langword="null"/> for a call that is made for nobody's ticket; it counts for no budget.</param>
    /// <param name="most">What the call may use, input and answer.</param>
    /// <returns>What to settle once the call is over; <see langword="null"/> where there is no budget to keep.</returns>
    /// <exception cref="ModelFailedException"><see cref="ModelFailure.Spent"/>: the budget has no room for this call.</exception>
    Task<TokenReservation?> ReserveAsync(string? helpdesk, int most, CancellationToken cancellationToken);

    /// <summary>Books what the call has really used in place of what was set aside.</summary>
    Task SettleAsync(TokenReservation reservation, int used, CancellationToken cancellationToken);
}

/// <summary>Tokens set aside for one call. One that is never settled stays spent.</summary>
public sealed record TokenReservation(string Helpdesk, DateOnly Day, int Tokens);
