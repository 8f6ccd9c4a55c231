using System.Text.Json.Nodes;

namespace TicketTriage.Host.Policies.Parts;

/// <summary>What table editors do to a list. A place that isn't there changes nothing: a table may be older than the list.</summary>
internal static class JsonRows
{
    public static JsonObject? FindRow(this JsonArray rows, int place) =>
        place >= 0 && place < rows.Count ? rows[place] as JsonObject : null;

    /// <param name="to">The place that it has afterwards.</param>
    public static bool MoveRow(this JsonArray rows, int place, int to)
    {
        if (place < 0 || place >= rows.Count || to < 0 || to >= rows.Count)
        {
            return false;
        }

        var row = rows[place];
        rows.RemoveAt(place);
        rows.Insert(to, row);
        return true;
    }

    public static bool RemoveRow(this JsonArray rows, int place)
    {
        if (rows.FindRow(place) is null)
        {
            return false;
        }

        rows.RemoveAt(place);
        return true;
    }

    /// <param name="place"><see langword="null"/> for a new one, which comes last.</param>
    public static void PutRow(this JsonArray rows, int? place, JsonObject row)
    {
        if (place is { } known && rows.FindRow(known) is not null)
        {
            rows[known] = row;
        }
        else
        {
            rows.Add((JsonNode)row);
        }
    }
}
