using System.Globalization;
using System.Text;
using TicketTriage.Sandbox.Doors;

namespace TicketTriage.Sandbox.Zendesk;

/// <summary>One page of a list whose ids rise, by cursor or by offset, oldest or newest first.</summary>
/// <param name="Meta"><see langword="null"/> on a page by offset.</param>
/// <param name="NextPage">The next page's address on a page by offset.</param>
internal sealed record Page<T>(IReadOnlyList<T> Items, PageMeta? Meta, PageLinks? Links, int? Count, string? NextPage, string? PreviousPage)
{
    private const int MostOnPage = 100;

    /// <param name="all">Oldest first.</param>
    /// <returns>The page, or <see langword="null"/> where the cursor or the size isn't one.</returns>
    public static Page<T>? Take(IReadOnlyList<T> all, Func<T, long> idOf, ApiRequest request, string address)
    {
        var isNewestFirst = request.Ask("sort") is { } sort ? sort.StartsWith('-') : request.Ask("sort_order") == "desc";
        var url = $"{address}{request.Route.Path}.json";
        return request.Query.ContainsKey("page[size]") || request.Query.ContainsKey("page[after]")
            ? TakeByCursor(all, idOf, request, isNewestFirst, url)
            : TakeByOffset(all, request, isNewestFirst, url);
    }

    private static Page<T>? TakeByCursor(IReadOnlyList<T> all, Func<T, long> idOf, ApiRequest request, bool isNewestFirst, string url)
    {
        var size = request.Ask("page[size]") is null ? MostOnPage : request.AskNumber("page[size]");
        long? after = null;
        if (request.Ask("page[after]") is { } cursor && (after = Cursor.Read(cursor)) is null)
        {
            return null;
        }

        if (size is not (>= 1 and <= MostOnPage))
        {
            return null;
        }

        IEnumerable<T> rest = isNewestFirst ? all.Reverse() : all;
        if (after is { } seen)
        {
            rest = rest.Where(item => isNewestFirst ? idOf(item) < seen : idOf(item) > seen);
        }

        T[] taken = [.. rest.Take((int)size.Value + 1)];
        var hasMore = taken.Length > size;
        var items = hasMore ? taken[..^1] : taken;
        var next = items.Length > 0 ? Cursor.Write(idOf(items[^1])) : null;
        var direction = isNewestFirst ? "&sort=-created_at" : "";
        return new(
            items,
            new PageMeta(hasMore, next, items.Length > 0 ? Cursor.Write(idOf(items[0])) : null),
            new PageLinks(null, hasMore ? $"{url}?page%5Bsize%5D={size}&page%5Bafter%5D={next}{direction}" : null),
            null, null, null);
    }

    private static Page<T> TakeByOffset(IReadOnlyList<T> all, ApiRequest request, bool isNewestFirst, string url)
    {
        var size = (int)Math.Clamp(request.AskNumber("per_page") ?? MostOnPage, 1, MostOnPage);
        var page = (int)Math.Clamp(request.AskNumber("page") ?? 1, 1, 100);
        IEnumerable<T> ordered = isNewestFirst ? all.Reverse() : all;
        IReadOnlyList<T> items = [.. ordered.Skip((page - 1) * size).Take(size)];
        return new(
            items, null, null, all.Count,
            page * size < all.Count ? $"{url}?page={page + 1}&per_page={size}" : null,
            page > 1 ? $"{url}?page={page - 1}&per_page={size}" : null);
    }
}

/// <summary>A place in a list, opaque to the caller as the vendor's cursors are.</summary>
internal static class Cursor
{
    private const string Mark = "sandbox:";

    public static string Write(long place)
    {
        var text = Mark + place.ToString(CultureInfo.InvariantCulture);
        return Convert.ToBase64String(Encoding.ASCII.GetBytes(text)).TrimEnd('=').Replace('+', '-').Replace('/', '_');
    }

    /// <returns>The place, or <see langword="null"/> where the text isn't a cursor of this sandbox.</returns>
    public static long? Read(string cursor)
    {
        var padded = cursor.Replace('-', '+').Replace('_', '/').PadRight((cursor.Length + 3) / 4 * 4, '=');
        var bytes = new byte[padded.Length];
        if (!Convert.TryFromBase64String(padded, bytes, out var length))
        {
            return null;
        }

        var text = Encoding.ASCII.GetString(bytes, 0, length);
        return text.StartsWith(Mark, StringComparison.Ordinal)
            && long.TryParse(text.AsSpan(Mark.Length), NumberStyles.None, CultureInfo.InvariantCulture, out var place)
                ? place
                : null;
    }
}
