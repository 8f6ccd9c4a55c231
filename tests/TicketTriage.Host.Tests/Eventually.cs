namespace TicketTriage.Host.Tests;

/// <summary>Waits for what another thread or process will bring about; a test's [CancelAfter] ends a wait in vain.</summary>
internal static class Eventually
{
    public static async Task<T> GetAsync<T>(Func<Task<T>> look, Func<T, bool> isThere, CancellationToken cancellationToken)
    {
        while (true)
        {
            var seen = await look();
            if (isThere(seen))
            {
                return seen;
            }

            await Task.Delay(TimeSpan.FromMilliseconds(50), TimeProvider.System, cancellationToken);
        }
    }

    public static Task TrueAsync(Func<bool> isThere, CancellationToken cancellationToken) =>
        GetAsync(() => Task.FromResult(isThere()), there => there, cancellationToken);
}
