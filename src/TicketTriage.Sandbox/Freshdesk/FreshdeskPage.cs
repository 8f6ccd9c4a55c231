using System.Globalization;
using System.Text.Json.Serialization.Metadata;
using Microsoft.AspNetCore.Http;
using TicketTriage.Sandbox.Doors;

namespace TicketTriage.Sandbox.Freshdesk;

/// <summary>A page by number; whether there is another stands in the header <c>link</c>, and nowhere else.</summary>
internal static class FreshdeskPage
{
    private const int UsualSize = 30;
    private const int MostSize = 100;

    /// <param name="mostPages"><see langword="null"/> for no end.</param>
    public static Answer Take<TItem, TWire>(
        ApiRequest request, string address, IReadOnlyList<TItem> all, Func<TItem, TWire> write, JsonTypeInfo<IReadOnlyList<TWire>> type,
        int? mostPages = null)
    {
        if (FindFault(request, mostPages) is { } fault)
        {
            return FreshdeskRefusal.Invalid([fault]);
        }

        var size = (int)(request.AskNumber("per_page") ?? UsualSize);
        var page = (int)(request.AskNumber("page") ?? 1);
        var taken = all.Skip((page - 1) * size).Take(size).Select(write).ToArray();
        var answer = Answer.Json(taken, type);
        return page * size < all.Count && page < (mostPages ?? int.MaxValue)
            ? answer.With("link", $"<{address}{request.Route.Path}{QueryFor(request.Query, page + 1)}>; rel=\"next\"")
            : answer;
    }

    private static FieldErrorWire? FindFault(ApiRequest request, int? mostPages)
    {
        if (request.Ask("per_page") is not null && request.AskNumber("per_page") is not (>= 1 and <= MostSize))
        {
            return new("per_page", $"It is a whole number from 1 to {MostSize}.", "invalid_value");
        }

        if (request.Ask("page") is not null && request.AskNumber("page") is not >= 1)
        {
            return new("page", "It is a whole number from 1 on.", "invalid_value");
        }

        return request.AskNumber("page") > mostPages ? new("page", $"No more than {mostPages} pages are given.", "invalid_value") : null;
    }

    private static QueryString QueryFor(IQueryCollection query, int page) =>
        QueryString.Create(query
            .Where(part => part.Key != "page")
            .SelectMany(part => part.Value, (part, value) => KeyValuePair.Create(part.Key, value))
            .Append(KeyValuePair.Create<string, string?>("page", page.ToString(CultureInfo.InvariantCulture))));
}
