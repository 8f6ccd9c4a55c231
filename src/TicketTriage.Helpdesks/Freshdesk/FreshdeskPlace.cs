using System.Globalization;

namespace TicketTriage.Helpdesks.Freshdesk;

/// <summary>
/// Where to go on in the list of changed tickets: the second up to which all is known, and the page within what has changed since.
/// <para>
/// Pages alone would skip tickets: one that changes while the list is read moves to its end, and all behind it move up a place. They
/// would end, too, at page 300. So each page is asked for anew from the last second known, and only where one page can't hold what
/// changed in that second are pages counted; then reading goes on from the first new second on the page, and not from the last.
/// The second itself is asked for again each time, since tickets of it may come late and Freshdesk doesn't say whether "since" includes it.
/// </para>
/// </summary>
/// <param name="Until">Whole seconds.</param>
/// <param name="Page">From 1.</param>
internal sealed record FreshdeskPlace(DateTimeOffset Until, int Page)
{
    private static readonly TimeSpan Overlap = TimeSpan.FromSeconds(1);

    public DateTimeOffset Since => Until - Overlap;

    /// <returns><see langword="null"/> for text that is none.</returns>
    public static FreshdeskPlace? Read(string? cursor) =>
        cursor?.Split('/') is [var until, var page]
        && DateTimeOffset.TryParse(until, CultureInfo.InvariantCulture, DateTimeStyles.AssumeUniversal, out var moment)
        && int.TryParse(page, NumberStyles.None, CultureInfo.InvariantCulture, out var number)
        && number >= 1
            ? new FreshdeskPlace(moment, number)
            : null;

    /// <param name="changes">The moments of a page that was read from here, in their order.</param>
    /// <param name="isLast">No further page follows.</param>
    public FreshdeskPlace After(IReadOnlyList<DateTimeOffset> changes, bool isLast)
    {
        var newer = changes.Where(change => change > Until).ToList();
        if (newer.Count > 0)
        {
            return new FreshdeskPlace(Page == 1 ? newer.Max() : newer.Min(), 1);
        }

        if (isLast)
        {
            return this with { Page = 1 };
        }

        // Thirty thousand tickets in one second: Freshdesk shows no more of them.
        return Page < FreshdeskApi.LastTicketPage ? this with { Page = Page + 1 } : new FreshdeskPlace(Until + Overlap, 1);
    }

    public override string ToString() =>
        string.Create(CultureInfo.InvariantCulture, $"{Until.UtcDateTime:yyyy-MM-dd'T'HH:mm:ss'Z'}/{Page}");
}
