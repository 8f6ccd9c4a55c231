using System.Text.Json.Nodes;
using Microsoft.AspNetCore.Http;
using TicketTriage.Sandbox.Doors;

namespace TicketTriage.Sandbox.Zendesk;

/// <summary>Answers that are built by hand: lists, by cursor or by offset as they are asked for, and single things.</summary>
internal static class ZendeskList
{
    public static Answer Answer(JsonNode content, int status = StatusCodes.Status200OK) =>
        Doors.Answer.Json(content, ZendeskJson.Default.JsonNode, status);

    /// <param name="beside">Adds to the answer what belongs to the items of this page.</param>
    public static Answer Answer<T>(
        ApiRequest request, string address, string name, IReadOnlyList<T> all, Func<T, JsonNode> write,
        Action<JsonObject, IReadOnlyList<T>>? beside = null)
    {
        // A place in the list stands for an id: not everything that is listed has a number.
        IReadOnlyList<(int Place, T Item)> numbered = [.. all.Select((item, place) => (place + 1, item))];
        if (Page<(int Place, T Item)>.Take(numbered, item => item.Place, request, address) is not { } page)
        {
            return BadPage();
        }

        var items = page.Items.Select(item => item.Item).ToArray();
        var content = new JsonObject { [name] = new JsonArray([.. items.Select(write)]) };
        beside?.Invoke(content, items);
        if (page.Meta is { } meta)
        {
            content["meta"] = new JsonObject
            {
                ["has_more"] = meta.HasMore,
                ["after_cursor"] = meta.AfterCursor,
                ["before_cursor"] = meta.BeforeCursor,
            };
            content["links"] = new JsonObject { ["prev"] = page.Links?.Prev, ["next"] = page.Links?.Next };
        }
        else
        {
            content["count"] = page.Count;
            content["next_page"] = page.NextPage;
            content["previous_page"] = page.PreviousPage;
        }

        return Answer(content);
    }

    public static Answer BadPage() => ZendeskRefusal.Because(
        StatusCodes.Status400BadRequest, "InvalidPaginationParameter", "page[size] must be 1 to 100 and page[after] a cursor.");

    public static string Time(DateTimeOffset at) =>
        at.UtcDateTime.ToString("yyyy-MM-dd'T'HH:mm:ss'Z'", System.Globalization.CultureInfo.InvariantCulture);
}
