namespace TicketTriage.Models;

/// <summary>No budget: for measurements, which have no helpdesk and no database.</summary>
public sealed class UnlimitedTokens : ITokenLedger
{
    public Task<TokenReservation?> ReserveAsync(string? helpdesk, int most, CancellationToken cancellationToken) =>
        Task.FromResult<TokenReservation?>(null);

    public Task SettleAsync(TokenReservation reservation, int used, CancellationToken cancellationToken) => Task.CompletedTask;
}
