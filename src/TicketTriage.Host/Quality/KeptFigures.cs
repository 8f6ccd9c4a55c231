using Microsoft.Extensions.Caching.Memory;

namespace TicketTriage.Host.Quality;

/// <summary>
/// Figures that go through all decisions of months, kept for a minute: who reloads a page or goes back and forth between two reports
/// doesn't have a hundred thousand rows read for each look. Pages say how old they are.
/// </summary>
internal sealed class KeptFigures(TimeProvider clock) : IDisposable
{
    private static readonly TimeSpan Kept = TimeSpan.FromMinutes(1);

    private readonly MemoryCache figures = new(new MemoryCacheOptions());

    /// <param name="key">Of the page with all that its reader can choose.</param>
    public async Task<(DateTimeOffset At, T Figures)> ReadAsync<T>(object key, Func<DateTimeOffset, Task<T>> readAsync)
    {
        var now = clock.GetUtcNow();
        if (figures.TryGetValue(key, out var found) && found is ValueTuple<DateTimeOffset, T> known && now - known.Item1 < Kept)
        {
            return known;
        }

        return figures.Set(key, (now, await readAsync(now)), Kept);
    }

    public void Dispose() => figures.Dispose();
}
